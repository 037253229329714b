import type { MentorCollabError } from '../../core/errors.ts';
import type { Choice } from './benchItem.ts';
import { dataError } from './dataError.ts';
import type { DataRecord } from './dataRecords.ts';

/** Reads the fields of one record, and refuses what is not of the kind that a layout has. */
export class RecordReader {
  readonly #record: DataRecord;
  readonly #layout: string;

  /** @param layout - for messages. */
  constructor(record: DataRecord, layout: string) {
    this.#record = record;
    this.#layout = layout;
  }

  get fields(): Readonly<Record<string, unknown>> {
    return this.#record.fields;
  }

  /** A text that must be there and not be empty. */
  text(name: string, value = this.fields[name]): string {
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    throw this.refused(`"${name}" must be a text`);
  }

  /** A text or a number, as text; null where there is none. */
  optional(name: string, value = this.fields[name]): string | null {
    if (value === undefined || value === null) return null;
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    throw this.refused(`"${name}" must be a text or a number where it is given`);
  }

  /** A list of texts; numbers count as texts. One alone is enough: MMLU-Pro has had questions of one option. */
  texts(name: string, value = this.fields[name]): readonly string[] {
    const isText = (one: unknown): one is string | number => typeof one === 'string' || typeof one === 'number';
    if (Array.isArray(value) && value.length > 0 && value.every(isText)) {
      return value.map((one) => String(one).trim());
    }
    throw this.refused(`"${name}" must be a list of texts`);
  }

  /** Choices, once it is sure that no two have the same label. */
  choices(name: string, choices: readonly Choice[]): readonly Choice[] {
    const labels = choices.map(({ label }) => label);
    const twice = labels.find((label, index) => label === '' || labels.indexOf(label) !== index);
    if (twice !== undefined) throw this.refused(`"${name}" must have labels that differ, but has "${twice}" twice`);
    if (choices.length === 0) throw this.refused(`"${name}" must offer choices, such as a line "A) …" for each`);
    return choices;
  }

  /** The label of the right choice, which must be one of them. */
  rightLabel(name: string, label: string | null, choices: readonly Choice[]): string {
    if (label !== null && choices.some((choice) => choice.label === label)) return label;
    const labels = choices.map((choice) => choice.label).join(', ');
    // Test splits come without answers.
    const given = label === null || label === '' ? 'is missing (is this a split without answers?)' : `is "${label}"`;
    throw this.refused(`"${name}" must be one of ${labels}, but ${given}`);
  }

  /** @param fault - a sentence without its full stop. */
  refused(fault: string): MentorCollabError {
    return dataError(
      this.#record.place,
      `${fault}. It was read as ${this.#layout}. On the command line, --format names another layout, and ` +
        '--field question=…,answer=… says which field is which.',
    );
  }
}

/** `A`, `B`, `C` and so on to each text. */
export function lettered(texts: readonly string[]): readonly Choice[] {
  return texts.map((text, index) => ({ label: String.fromCharCode(65 + index), text }));
}
