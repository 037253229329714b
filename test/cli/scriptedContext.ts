import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MachineMemory } from '../../src/core/modelMemory.ts';
import type { CommandContext, TextOutput } from '../../src/cli/commandContext.ts';
import type { ServingEngine } from '../../src/engine/serving/servingEngine.ts';
import type { ReasoningEngine } from '../../src/protocol/engine.ts';

/** An output that keeps what is written to it. */
export class KeptOutput implements TextOutput {
  written = '';
  readonly isTTY: boolean;
  readonly hasColour: boolean;

  constructor(options: { readonly isTTY?: boolean; readonly hasColour?: boolean } = {}) {
    this.isTTY = options.isTTY ?? false;
    this.hasColour = options.hasColour ?? false;
  }

  write(text: string): void {
    this.written += text;
  }
}

/** A command's world: a new folder with two files in the place of the demo pair, and outputs that are kept. */
export class ScriptedContext implements CommandContext {
  readonly output: KeptOutput;
  readonly messages: KeptOutput;
  readonly abort = new AbortController();
  readonly signal = this.abort.signal;
  /** Variables that a test sets. */
  readonly environment: Record<string, string | undefined> = {};
  readonly workingFolder = mkdtempSync(join(tmpdir(), 'mentorcollab-cli-'));
  readonly modelsFolder = this.workingFolder;
  readonly #engine: ReasoningEngine;
  readonly #serving: ServingEngine | null;
  readonly #input: string;

  constructor(
    engine: ReasoningEngine,
    options: {
      readonly terminal?: boolean;
      readonly colour?: boolean;
      readonly input?: string;
      readonly serving?: ServingEngine;
    } = {},
  ) {
    this.#engine = engine;
    this.#serving = options.serving ?? null;
    this.#input = options.input ?? '';
    const isTTY = options.terminal ?? false;
    const hasColour = options.colour ?? false;
    this.output = new KeptOutput({ isTTY, hasColour });
    this.messages = new KeptOutput({ isTTY, hasColour });
    for (const name of ['demo-small.gguf', 'demo-mentor.gguf']) writeFileSync(join(this.modelsFolder, name), '');
  }

  machineMemory(): Promise<MachineMemory> {
    return Promise.resolve({ totalBytes: 16 * 2 ** 30, availableBytes: 12 * 2 ** 30 });
  }

  readInput(): Promise<string> {
    return Promise.resolve(this.#input);
  }

  openEngine(): Promise<ReasoningEngine> {
    return Promise.resolve(this.#engine);
  }

  openServing(): Promise<ServingEngine> {
    if (this.#serving) return Promise.resolve(this.#serving);
    return Promise.reject(new Error('This context has no engine for an endpoint.'));
  }
}
