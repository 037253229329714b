import type { CommandOutcome, TextOutput } from '../../../src/cli/commandContext.ts';
import { runCommand } from '../../../src/cli/commands.ts';
import type { ServingEngine } from '../../../src/engine/serving/servingEngine.ts';
import { ScriptedContext } from '../scriptedContext.ts';
import { ScriptedEngine } from '../scriptedEngine.ts';

/** An output that tells of the first text written to it. */
class AnnouncedOutput implements TextOutput {
  readonly isTTY = false;
  readonly hasColour = false;
  readonly first: Promise<string>;
  #tell: (text: string) => void = () => undefined;

  constructor() {
    this.first = new Promise((resolve) => {
      this.#tell = resolve;
    });
  }

  write(text: string): void {
    this.#tell(text);
  }
}

export interface ServeTestOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Folder with the models; by default one with two empty files. */
  readonly modelsFolder?: string;
}

/** A server started by its command, in this process. */
export interface Served {
  /** With `/v1`. */
  readonly url: string;
  /** Without. */
  readonly origin: string;
  readonly models: readonly string[];
  /** Lines that were written beside the results. */
  log(): string;
  /** Interrupts it, as Ctrl+C does. */
  interrupt(): void;
  /** How the command ended. */
  readonly ended: Promise<CommandOutcome>;
  /** Interrupts it and waits for its end. */
  stop(): Promise<CommandOutcome>;
}

/** Starts `serve` on a port that is free. */
export async function startServe(
  engine: ServingEngine,
  args: readonly string[] = [],
  options: ServeTestOptions = {},
): Promise<Served> {
  const kept = new ScriptedContext(new ScriptedEngine([]), { serving: engine });
  const output = new AnnouncedOutput();
  const context = {
    output,
    messages: kept.messages,
    signal: kept.signal,
    modelsFolder: options.modelsFolder ?? kept.modelsFolder,
    workingFolder: kept.workingFolder,
    environment: options.environment ?? {},
    machineMemory: () => kept.machineMemory(),
    readInput: () => Promise.resolve(''),
    openEngine: () => Promise.resolve(engine.runs),
    openServing: () => Promise.resolve(engine),
  };
  const ended = runCommand(['serve', '--port', '0', '--json', ...args], context, '0.0.0');
  // A command that fails before it listens has announced nothing.
  const announced = await Promise.race([output.first, ended.then(() => '{}')]);
  // Written by the code under test; its fields are what is checked.
  const { url, models } = JSON.parse(announced) as { url: string; models: readonly string[] };
  const interrupt = (): void => {
    kept.abort.abort();
  };
  return {
    url,
    origin: new URL(url).origin,
    models,
    log: () => kept.messages.written,
    interrupt,
    ended,
    stop: () => {
      interrupt();
      return ended;
    },
  };
}

/** Posts a JSON document. */
export function post(url: string, body: object, init: Pick<RequestInit, 'signal'> = {}): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  return fetch(url, { ...init, method: 'POST', headers, body: JSON.stringify(body) });
}

/** The documents of a stream of events, and whether its end was told. */
export function readEvents(text: string): { readonly documents: readonly unknown[]; readonly isDone: boolean } {
  const events = text.split('\n\n').filter((event) => event !== '');
  const data = events.map((event) => event.replace(/^data: /, ''));
  return {
    documents: data.filter((one) => one !== '[DONE]').map((one): unknown => JSON.parse(one)),
    isDone: data.at(-1) === '[DONE]',
  };
}
