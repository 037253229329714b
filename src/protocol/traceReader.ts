import { z } from 'zod';
import type { RunEvent } from '../core/runEvent.ts';
import { runEventSchema, runHeaderSchema } from './trace.ts';
import type { TraceLine } from './trace.ts';

/** Where reading a trace stopped, and why. */
export interface TraceDamage {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

/** The format read here; a newer minor version only adds fields and event types. */
const MAJOR = 1;
const MINOR = 4;

/** Longest line that is read, in UTF-16 units: hundreds of times what a step of the loop takes. */
export const LONGEST_LINE = 8_000_000;

/** Longest piece of a file that a message quotes, in characters. */
const LONGEST_QUOTE = 40;

/**
 * Reads a trace as its text arrives, cut anywhere: lines are given once they are complete. Never throws: what is wrong is
 * told as `damage`, and nothing behind it is read. It keeps no line it has given, so that a long trace costs no more than
 * its longest line. Steps have to come in order and without gaps; event types that a newer minor version has added are
 * passed over.
 */
export class TraceReader {
  #pending: string[] = [];
  #pendingLength = 0;
  #lineNumber = 0;
  #hasBegun = false;
  #hasHeader = false;
  #hasEnded = false;
  #isNewerMinor = false;
  /** The step that is under way. */
  #step = 0;
  #damage: TraceDamage | null = null;

  /** Where and why reading stopped; null as long as all was sound. */
  get damage(): TraceDamage | null {
    return this.#damage;
  }

  /** Whether the run's last event has been read. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether the text so far ends inside a line. */
  get isInsideLine(): boolean {
    return this.#pendingLength > 0;
  }

  /** Takes the next piece of the text, and gives the lines that are complete with it. */
  read(chunk: string): readonly TraceLine[] {
    const lines: TraceLine[] = [];
    let rest = this.#withoutByteOrderMark(chunk);
    for (let at = rest.indexOf('\n'); at >= 0 && !this.#damage; at = rest.indexOf('\n')) {
      this.#take(this.#completed(rest.slice(0, at)), lines);
      rest = rest.slice(at + 1);
    }
    if (!this.#damage) this.#keep(rest);
    return lines;
  }

  /** The text is over: gives its last line when that has no line feed. */
  end(): readonly TraceLine[] {
    const lines: TraceLine[] = [];
    if (!this.#damage && this.#pendingLength > 0) this.#take(this.#completed(''), lines);
    if (!this.#damage && !this.#hasHeader) {
      this.#damage = { line: 1, message: 'The file is empty, so it is no trace of a run.' };
    }
    return lines;
  }

  #withoutByteOrderMark(chunk: string): string {
    if (this.#hasBegun || chunk === '') return chunk;
    this.#hasBegun = true;
    return chunk.startsWith('\ufeff') ? chunk.slice(1) : chunk;
  }

  #completed(end: string): string {
    this.#keep(end);
    const line = this.#pending.join('');
    this.#pending = [];
    this.#pendingLength = 0;
    return line;
  }

  #keep(part: string): void {
    if (this.#damage || part === '') return;
    this.#pending.push(part);
    this.#pendingLength += part.length;
    if (this.#pendingLength <= LONGEST_LINE) return;
    this.#pending = [];
    this.#pendingLength = 0;
    const most = `${LONGEST_LINE / 1e6} million characters`;
    this.#damage = {
      line: this.#lineNumber + 1,
      message: `The line has more than ${most}, so it is no line of a trace.`,
    };
  }

  #take(text: string, lines: TraceLine[]): void {
    if (this.#damage) return;
    this.#lineNumber += 1;
    if (text.trim() === '') return;
    const line = this.#parse(text);
    if (typeof line === 'string') this.#damage = { line: this.#lineNumber, message: line };
    else if (line) lines.push(line);
  }

  /** The line; null for one to pass over; or what is wrong with it. */
  #parse(text: string): TraceLine | string | null {
    const value = parseJson(text);
    if (value === undefined) return 'The line is no JSON; it may have been cut off while it was written.';
    const parsed = anyLine.safeParse(value);
    if (!parsed.success) return 'The line is no line of a trace: it is no object with a "type".';
    if (!this.#hasHeader) return this.#parseHeader(value);
    return this.#parseEvent(value, parsed.data.type);
  }

  #parseHeader(value: unknown): TraceLine | string {
    const version = versionOf(value);
    if (!version) return 'The file does not begin with the header of a trace ("run-started" with a "formatVersion").';
    if (version.major !== MAJOR) {
      const next = version.major > MAJOR ? ' Update MentorCollab to open it.' : '';
      return `The trace has format ${quote(version.text)}, but this version of MentorCollab reads format ${MAJOR}.${next}`;
    }
    this.#isNewerMinor = version.minor > MINOR;
    const parsed = runHeaderSchema.safeParse(value);
    if (!parsed.success) return this.#describe('The header', parsed.error);
    this.#hasHeader = true;
    return parsed.data;
  }

  #parseEvent(value: unknown, type: string): TraceLine | string | null {
    if (type === 'run-started') return 'Another run begins here; a trace has one.';
    const isKnown = runEventSchema.options.some((option) => option.shape.type.value === type);
    if (!isKnown && this.#isNewerMinor) return null;
    if (this.#hasEnded) return 'There is more after the end of the run.';
    if (!isKnown) return `"${quote(type)}" is no event of a trace.`;
    const parsed = runEventSchema.safeParse(value);
    if (!parsed.success) return this.#describe(`The event "${type}"`, parsed.error);
    return this.#follow(parsed.data);
  }

  /** Everything that is shown of a run counts on its steps being told one after the other. */
  #follow(event: RunEvent): RunEvent | string {
    if ('step' in event && event.step !== this.#step) {
      return `Step ${event.step} comes where step ${this.#step} should be: lines are missing, doubled or in another order.`;
    }
    if (event.type === 'step-taken') this.#step += 1;
    this.#hasEnded = event.type === 'run-ended';
    return event;
  }

  #describe(what: string, error: z.ZodError): string {
    const [issue] = error.issues;
    const place = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
    const newer = this.#isNewerMinor
      ? ' A newer version of MentorCollab wrote this trace; update to read it whole.'
      : '';
    return `${what} is not as it should be${place}: ${issue?.message ?? 'invalid'}.${newer}`;
  }
}

const anyLine = z.looseObject({ type: z.string() });
const versioned = z.object({ type: z.literal('run-started'), formatVersion: z.string() });

function versionOf(value: unknown): { major: number; minor: number; text: string } | null {
  const parsed = versioned.safeParse(value);
  const match = parsed.success ? /^(\d+)\.(\d+)$/.exec(parsed.data.formatVersion) : null;
  return match && { major: Number(match[1]), minor: Number(match[2]), text: match[0] };
}

/** A message stays short, whatever the file holds. */
function quote(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
