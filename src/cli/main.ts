import { constants } from 'node:os';
import { addAbortSignal } from 'node:stream';
import { text } from 'node:stream/consumers';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { asMentorCollabError } from '../core/errors.ts';
import { readMachineMemory } from '../models/memory/machineMemory.ts';
import type { CommandContext, CommandOutcome, TextOutput } from './commandContext.ts';
import { tell } from './commandContext.ts';
import { runCommand } from './commands.ts';
import { UsageError } from './usageError.ts';

/** Put in by the build. */
declare const MENTORCOLLAB_VERSION: string;

const EXIT_CODES = { done: 0, failed: 1, badUsage: 2 } as const;

/** What has told the program to end; the first one counts, and a second signal ends it at once. */
type Interruption = 'SIGINT' | 'SIGTERM' | 'nobody reads';

/** The command line: one process, both models in it, since there is no editor here that a native fault could take down. */
async function main(): Promise<void> {
  const abort = new AbortController();
  let interruption: Interruption | null = null;
  const interrupt = (by: Interruption): void => {
    interruption ??= by;
    abort.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Never removed: libraries that watch for the last handler to go would end the process at once.
    process.on(signal, () => {
      if (interruption !== null) process.exit(exitCodeOf(signal));
      interrupt(signal);
    });
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      interrupt('nobody reads');
    });
  }
  const context: CommandContext = {
    output: textOutput(process.stdout),
    messages: muted(textOutput(process.stderr), () => interruption === 'nobody reads'),
    signal: abort.signal,
    // Beside the bundle's folder, where the package keeps them.
    modelsFolder: fileURLToPath(new URL('../media/models', import.meta.url)),
    workingFolder: process.cwd(),
    environment: process.env,
    machineMemory: () => readMachineMemory(),
    readInput: () => text(addAbortSignal(abort.signal, process.stdin)),
    openEngine: async () => new (await import('../engine/engine.ts')).LlamaEngine(),
    openServing: async () =>
      (await import('../engine/serving/llamaServing.ts')).openLlamaServing({
        onRemark: (remark) => {
          tell(context, remark);
        },
      }),
  };
  const exitCode = await run(context);
  process.exitCode = exitCode ?? exitCodeOf(interruption);
}

/** The exit code; null where it depends on what has interrupted the command. */
async function run(context: CommandContext): Promise<number | null> {
  try {
    const outcome: CommandOutcome = await runCommand(process.argv.slice(2), context, MENTORCOLLAB_VERSION);
    return outcome === 'interrupted' ? null : EXIT_CODES[outcome];
  } catch (thrown) {
    if (context.signal.aborted) return null;
    const error = asMentorCollabError(thrown);
    tell(context, error.message);
    // A defect: its place says more than its message.
    if (error.code === 'internal' && error.cause instanceof Error)
      context.messages.write(`${error.cause.stack ?? ''}\n`);
    return error instanceof UsageError ? EXIT_CODES.badUsage : EXIT_CODES.failed;
  }
}

/** As shells do: 128 and the signal's number. Whoever closed the pipe had all they wanted. */
function exitCodeOf(interruption: Interruption | null): number {
  return interruption === null || interruption === 'nobody reads'
    ? EXIT_CODES.done
    : 128 + constants.signals[interruption];
}

function textOutput(stream: NodeJS.WriteStream & { readonly fd: number }): TextOutput {
  const isTTY = isatty(stream.fd);
  return {
    isTTY,
    hasColour: wantsColour(isTTY),
    write: (written) => {
      if (stream.writable) stream.write(written);
    },
  };
}

/** An output that says nothing more from a moment on: who closed the results' pipe wants no summary either. */
function muted(output: TextOutput, isMuted: () => boolean): TextOutput {
  return {
    ...output,
    write: (written) => {
      if (!isMuted()) output.write(written);
    },
  };
}

/** As Node itself reads them: FORCE_COLOR goes before NO_COLOR (no-color.org), and both before what the stream is. */
function wantsColour(isTTY: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTTY && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb';
}

await main();
