import { z } from 'zod';
import type { RunEvent } from '../core/runEvent.ts';
import type { RunHeader } from '../core/runHeader.ts';
import type { TraceLine } from './trace.ts';
import { runEventSchema, runHeaderSchema } from './trace.ts';

/** What can be read of a trace file. */
export interface Trace {
  /** Null when the file does not begin with a header that this version understands; `damage` says why. */
  readonly header: RunHeader | null;
  /** Everything up to the end or the damage; without a `run-ended` at its end the run broke off. */
  readonly events: readonly RunEvent[];
  /** Where reading stopped, and why; null for a file that was read whole. */
  readonly damage: { /** Counted from 1. */ readonly line: number; readonly message: string } | null;
}

/** The format read here; a newer minor version only adds fields and event types. */
const MAJOR = 1;
const MINOR = 1;

/** One line of a trace file, its line feed included. */
export function formatTraceLine(line: TraceLine): string {
  return `${JSON.stringify(line)}\n`;
}

/**
 * Reads a trace file's text as far as it is sound. Never throws: what is wrong is told as `damage`. A last line that
 * was cut off in writing costs only itself; event types that a newer minor version has added are passed over.
 */
export function parseTrace(text: string): Trace {
  const reader = new Reader();
  let lineNumber = 0;
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    lineNumber += 1;
    if (line.trim() === '') continue;
    const problem = reader.read(line);
    if (problem !== null) return { ...reader.trace(), damage: { line: lineNumber, message: problem } };
  }
  const damage = reader.isEmpty ? { line: 1, message: 'The file is empty, so it is no trace of a run.' } : null;
  return { ...reader.trace(), damage };
}

const anyLine = z.looseObject({ type: z.string() });

class Reader {
  #header: RunHeader | null = null;
  readonly #events: RunEvent[] = [];
  #isNewerMinor = false;

  get isEmpty(): boolean {
    return this.#header === null;
  }

  trace(): Pick<Trace, 'header' | 'events'> {
    return { header: this.#header, events: this.#events };
  }

  /** Takes one line; says what is wrong with it, or null. */
  read(line: string): string | null {
    const value = parseJson(line);
    const parsed = anyLine.safeParse(value);
    if (value === undefined) return 'The line is no JSON; it may have been cut off while it was written.';
    if (!parsed.success) return 'The line is no line of a trace: it is no object with a "type".';
    if (!this.#header) return this.#readHeader(value);
    if (this.#events.at(-1)?.type === 'run-ended') return 'There is more after the end of the run.';
    return this.#readEvent(value, parsed.data.type);
  }

  #readHeader(value: unknown): string | null {
    const version = versionOf(value);
    if (!version) return 'The file does not begin with the header of a trace ("run-started" with a "formatVersion").';
    if (version.major !== MAJOR) {
      const next = version.major > MAJOR ? ' Update MentorCollab to open it.' : '';
      return `The trace has format ${version.text}, but this version of MentorCollab reads format ${MAJOR}.${next}`;
    }
    this.#isNewerMinor = version.minor > MINOR;
    const parsed = runHeaderSchema.safeParse(value);
    if (!parsed.success) return this.#describe('The header', parsed.error);
    this.#header = parsed.data;
    return null;
  }

  #readEvent(value: unknown, type: string): string | null {
    const isKnown = runEventSchema.options.some((option) => option.shape.type.value === type);
    if (!isKnown && this.#isNewerMinor) return null;
    if (!isKnown) return `"${type}" is no event of a trace.`;
    const parsed = runEventSchema.safeParse(value);
    if (!parsed.success) return this.#describe(`The event "${type}"`, parsed.error);
    this.#events.push(parsed.data);
    return null;
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

const versioned = z.object({ type: z.literal('run-started'), formatVersion: z.string() });

function versionOf(value: unknown): { major: number; minor: number; text: string } | null {
  const parsed = versioned.safeParse(value);
  const match = parsed.success ? /^(\d+)\.(\d+)$/.exec(parsed.data.formatVersion) : null;
  return match && { major: Number(match[1]), minor: Number(match[2]), text: match[0] };
}

/** Undefined for what is no JSON. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
