import type { AbortNotifier } from '../core/languageModel.ts';
import type { MachineMemory } from '../core/modelMemory.ts';
import type { ServingEngine } from '../engine/serving/servingEngine.ts';
import type { ReasoningEngine } from '../protocol/engine.ts';

/** What a command writes to: a terminal, a file, a pipe. */
export interface TextOutput {
  /** Whether a person looks at it. */
  readonly isTTY: boolean;
  /** Whether colours are wanted there. */
  readonly hasColour: boolean;
  write(text: string): void;
}

/** Everything a command has of the world outside. */
export interface CommandContext {
  /** Results. */
  readonly output: TextOutput;
  /** Progress, summaries and complaints. */
  readonly messages: TextOutput;
  /** Aborted when the user interrupts, or nobody reads the output any more. */
  readonly signal: AbortNotifier;
  /** Absolute path of the folder with the demo pair and its problems. */
  readonly modelsFolder: string;
  /** The environment's variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute path that relative paths start from. */
  readonly workingFolder: string;
  /** The memory of this machine, or what its container may use of it. */
  machineMemory(): Promise<MachineMemory>;
  /** The whole standard input. */
  readInput(): Promise<string>;
  /** Loads the engine's code; nothing native before its first run. */
  openEngine(): Promise<ReasoningEngine>;
  /** The same engine with what an endpoint needs beside runs. */
  openServing(): Promise<ServingEngine>;
}

/** How a command ended; `interrupted` is told apart by the caller, which knows what interrupted it. */
export type CommandOutcome = 'done' | 'failed' | 'interrupted';

/** A line of complaint or remark on standard error. */
export function tell(context: Pick<CommandContext, 'messages'>, line: string): void {
  context.messages.write(`mentorcollab: ${line}\n`);
}
