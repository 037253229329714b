import { resolve } from 'node:path';
import type { MentorCollabError } from '../core/errors.ts';
import { asMentorCollabError } from '../core/errors.ts';
import { describeSource } from '../core/modelSource.ts';
import type { Prompt } from '../core/languageModel.ts';
import type { RunEvent } from '../core/runEvent.ts';
import type { Interruption } from '../core/view/brokenRunEnd.ts';
import type { SolveResult } from '../export/solveResult.ts';
import { solveResult } from '../export/solveResult.ts';
import { isDemoModel, isDemoQuestion } from '../models/demoPair.ts';
import type { SolveProgress, SolveRequest } from '../protocol/engine.ts';
import type { TraceLine } from '../protocol/trace.ts';
import type { CommandContext, CommandOutcome } from './commandContext.ts';
import { tell } from './commandContext.ts';
import type { CommandOptions, OptionSpec } from './commandOptions.ts';
import { ProgressLine } from './progressLine.ts';
import { readPrompt } from './questionInput.ts';
import type { RunOptionName, RunPlan } from './runOptions.ts';
import { planRuns, PRESET_OPTION, RUN_OPTIONS } from './runOptions.ts';
import { SolutionStream } from './solutionStream.ts';
import { solveWithAdvice } from './solveWithAdvice.ts';
import { writeSummary } from './solveSummary.ts';
import { TraceFile } from './traceFile.ts';

type SolveOptionName = RunOptionName | 'preset' | 'question' | 'file' | 'trace' | 'json' | 'marks' | 'quiet';

export const SOLVE_OPTIONS: readonly OptionSpec<SolveOptionName>[] = [
  { name: 'question', value: 'TEXT', help: 'the question' },
  { name: 'file', value: 'FILE', help: 'a file with the question; - reads standard input' },
  PRESET_OPTION,
  ...RUN_OPTIONS,
  { name: 'trace', value: 'FILE', help: 'write the trace of the run there (JSON Lines), line by line as it goes on' },
  { name: 'json', help: 'print the result as one JSON document instead of the text' },
  { name: 'marks', help: "put the mentor's words in ⟦brackets⟧, also where the output is no terminal" },
  { name: 'quiet', help: 'no progress and no summary' },
];

/** `solve`: one question, its solution on standard output. */
export async function solveCommand(
  options: CommandOptions<SolveOptionName>,
  context: CommandContext,
): Promise<CommandOutcome> {
  const plan = planRuns(options, options.text('preset'), context);
  const source = { question: options.text('question'), file: options.text('file'), positionals: options.positionals };
  const prompt = await readPrompt(source, plan.isRaw, context);
  if (!options.has('quiet')) warnOfForeignQuestion(plan, prompt, context);
  const tracePath = options.text('trace');
  const trace = tracePath === undefined ? null : TraceFile.open(resolve(context.workingFolder, tracePath));
  try {
    return await new Solve(options, context, trace).run(requestOf(plan, prompt));
  } finally {
    trace?.close();
  }
}

function requestOf(plan: RunPlan, prompt: Prompt): SolveRequest {
  const neverProbes = plan.settings.decision.policy === 'never';
  return {
    runId: crypto.randomUUID(),
    prompt,
    generator: plan.generator,
    mentor: neverProbes ? null : plan.mentor,
    verifier: neverProbes ? null : plan.verifier,
    settings: plan.settings,
    options: plan.engine,
    opening: null,
  };
}

function warnOfForeignQuestion(plan: RunPlan, prompt: Prompt, context: CommandContext): void {
  const isDemo = [plan.generator, plan.mentor].some((source) => isDemoModel(describeSource(source)));
  if (!isDemo || prompt.form !== 'chat' || isDemoQuestion(prompt.question)) return;
  tell(
    context,
    'the demo models know only three kinds of made-up problems, and this is none of them: expect nonsense. ' +
      'Choose real models by --generator and --mentor.',
  );
}

/** One run with everything that is written about it. */
class Solve {
  readonly #options: CommandOptions<SolveOptionName>;
  readonly #context: CommandContext;
  readonly #trace: TraceFile | null;
  readonly #progress: ProgressLine;
  /** Null with `--json`, which prints the result alone. */
  readonly #stream: SolutionStream | null;
  readonly #events: RunEvent[] = [];
  /** Why the trace is not complete; the run goes on without it. */
  #traceError: MentorCollabError | null = null;

  constructor(options: CommandOptions<SolveOptionName>, context: CommandContext, trace: TraceFile | null) {
    this.#options = options;
    this.#context = context;
    this.#trace = trace;
    this.#progress = new ProgressLine(context.messages);
    this.#stream = options.has('json') ? null : new SolutionStream(context.output, { marks: options.has('marks') });
  }

  async run(request: SolveRequest): Promise<CommandOutcome> {
    const interruption = await this.#solve(request);
    this.#progress.clear();
    this.#stream?.end();
    const result = solveResult(this.#events, interruption ?? undefined);
    const failure = result.failure ?? this.#traceError;
    // A run that never began has nothing to show but why.
    const hasBegun = this.#events.length > 0 || result.stop === 'cancelled';
    if (hasBegun) this.#report(result);
    if (failure) tell(this.#context, failure.message);
    if (result.stop === 'cancelled') return 'interrupted';
    return failure ? 'failed' : 'done';
  }

  /** Runs to the end; says how it ended where the run itself can't. */
  async #solve(request: SolveRequest): Promise<Interruption | null> {
    const listener = {
      onProgress: (progress: SolveProgress): void => {
        if (!this.#options.has('quiet')) this.#tellProgress(progress);
      },
      onLines: (lines: readonly TraceLine[]): void => {
        for (const line of lines) this.#take(line);
      },
    };
    try {
      const engine = await this.#context.openEngine();
      try {
        await solveWithAdvice(engine, request, listener, this.#context);
        return null;
      } finally {
        await engine.dispose();
      }
    } catch (thrown) {
      const { code, message } = asMentorCollabError(thrown);
      return code === 'cancelled' ? { stop: code, failure: null } : { stop: 'failed', failure: { code, message } };
    }
  }

  #tellProgress(progress: SolveProgress): void {
    switch (progress.type) {
      case 'model-loading':
        this.#progress.show(`Loading the ${progress.role}… ${Math.floor(progress.fraction * 100)}%`);
        return;
      case 'prompt-reading':
        this.#progress.show('Reading the prompt…');
        return;
      case 'remark-made':
        this.#progress.clear();
        tell(this.#context, progress.remark);
        return;
      case 'backend-chosen':
    }
  }

  #take(line: TraceLine): void {
    this.#writeTrace(line);
    if (line.type === 'run-started') return;
    this.#events.push(line);
    if (line.type !== 'step-taken') return;
    this.#progress.clear();
    if (!line.dropped) this.#stream?.add(line.text, line.source);
  }

  #writeTrace(line: TraceLine): void {
    if (this.#traceError) return;
    try {
      this.#trace?.write(line);
    } catch (thrown) {
      this.#traceError = asMentorCollabError(thrown);
    }
  }

  #report(result: SolveResult): void {
    const tracePath = this.#trace?.path ?? null;
    if (!this.#stream) {
      const printed = tracePath === null ? result : { ...result, tracePath };
      this.#context.output.write(`${JSON.stringify(printed)}\n`);
    } else if (!this.#options.has('quiet')) {
      writeSummary(this.#context.messages, { result, events: this.#events, tracePath });
    }
  }
}
