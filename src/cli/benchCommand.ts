import type { Arm } from '../bench/arm.ts';
import { ARMS, DEFAULT_ARMS, modelsOf, parseArms } from '../bench/arm.ts';
import type { BenchResult } from '../bench/benchReport.ts';
import { benchReport } from '../bench/benchReport.ts';
import type { BenchItem } from '../bench/data/benchItem.ts';
import { sameAnswer } from '../core/answer/sameAnswer.ts';
import type { BenchRun } from '../bench/runBench.ts';
import { runBench } from '../bench/runBench.ts';
import { asMentorCollabError, MentorCollabError } from '../core/errors.ts';
import type { ReasoningEngine, SolveProgress, SolveRequest } from '../protocol/engine.ts';
import { benchTable } from './benchTable.ts';
import { readBenchItems } from './benchData.ts';
import type { CommandContext, CommandOutcome } from './commandContext.ts';
import { tell } from './commandContext.ts';
import type { CommandOptions, OptionSpec } from './commandOptions.ts';
import { ProgressLine } from './progressLine.ts';
import type { RunOptionName, RunPlan } from './runOptions.ts';
import { asUsage, planRuns, RUN_OPTIONS } from './runOptions.ts';
import { solveWithAdvice } from './solveWithAdvice.ts';
import { UsageError } from './usageError.ts';

type BenchOptionName = RunOptionName | 'data' | 'arms' | 'limit' | 'json' | 'quiet';

export const BENCH_OPTIONS: readonly OptionSpec<BenchOptionName>[] = [
  {
    name: 'data',
    value: 'FILE',
    help: 'JSON Lines of {question, answer, domain}; demo or demo:math for the problems that ship',
  },
  { name: 'arms', value: 'LIST', help: `what to compare, of ${ARMS.join(', ')} (default ${DEFAULT_ARMS.join(',')})` },
  { name: 'limit', value: 'N', help: 'only the first N questions of each domain' },
  ...RUN_OPTIONS,
  { name: 'json', help: 'print the report as one JSON document instead of tables' },
  { name: 'quiet', help: 'no progress' },
];

/** `bench`: the same questions in several arms, and what differs between them. */
export async function benchCommand(
  options: CommandOptions<BenchOptionName>,
  context: CommandContext,
): Promise<CommandOutcome> {
  const data = options.text('data');
  if (data === undefined) throw new UsageError('Say which questions by --data: a file of JSON Lines, or demo.');
  const [stray] = options.positionals;
  if (stray !== undefined) throw new UsageError(`"${stray}" is not understood.`);
  const list = options.text('arms');
  const arms = list === undefined ? DEFAULT_ARMS : asUsage(() => parseArms(list));
  const plans = new Map(arms.map((arm) => [arm, planArm(arm, options, context)]));
  const items = await readBenchItems(data, options.count('limit', 1, Number.MAX_SAFE_INTEGER), context);

  const bench = new Bench({ arms, plans, items }, context, !options.has('quiet'));
  const error = await bench.run();
  const report = benchReport(arms, bench.results);
  if (bench.results.length > 0 || !error) {
    context.output.write(options.has('json') ? `${JSON.stringify(report)}\n` : benchTable(report));
  }
  if (error) tell(context, error.message);
  const expected = arms.length * items.length;
  if (bench.results.length < expected) tell(context, `${bench.results.length} of ${expected} runs were done.`);
  if (context.signal.aborted) return 'interrupted';
  return error ? 'failed' : 'done';
}

/** One model alone has no preset of its own; what it never uses is that of the default one. */
function planArm(arm: Arm, options: CommandOptions<BenchOptionName>, context: CommandContext): RunPlan {
  return planRuns(options, arm === 'generator' || arm === 'mentor' ? undefined : arm, context);
}

interface BenchInput {
  readonly arms: readonly Arm[];
  readonly plans: ReadonlyMap<Arm, RunPlan>;
  readonly items: readonly BenchItem[];
}

/** A bench under way. */
class Bench {
  /** What is done so far. */
  readonly results: BenchResult[] = [];
  readonly #input: BenchInput;
  readonly #context: CommandContext;
  readonly #progress: ProgressLine;
  readonly #showsProgress: boolean;
  #correct = 0;

  constructor(input: BenchInput, context: CommandContext, showsProgress: boolean) {
    this.#input = input;
    this.#context = context;
    this.#progress = new ProgressLine(context.messages);
    this.#showsProgress = showsProgress;
  }

  /** Runs to the end or the interruption; gives the error that broke it off, or null. */
  async run(): Promise<MentorCollabError | null> {
    try {
      const engine = await this.#context.openEngine();
      try {
        await this.#runAll(engine);
      } finally {
        await engine.dispose();
      }
      return null;
    } catch (thrown) {
      const error = asMentorCollabError(thrown);
      return error.code === 'cancelled' ? null : error;
    } finally {
      this.#progress.clear();
    }
  }

  async #runAll(engine: ReasoningEngine): Promise<void> {
    const { arms, items } = this.#input;
    const { signal } = this.#context;
    const settingsOf = (arm: Arm): RunPlan['settings'] => this.#planOf(arm).settings;
    const listener = {
      onProgress: (progress: SolveProgress): void => {
        if (progress.type === 'remark-made' && this.#showsProgress) this.#tell(progress.remark);
      },
      onLines: () => undefined,
    };
    const solve = (run: BenchRun): ReturnType<ReasoningEngine['solve']> =>
      solveWithAdvice(engine, requestOf(run, this.#planOf(run.arm)), listener, this.#context);
    for await (const result of runBench({ arms, items, settingsOf, solve, signal })) this.#take(result);
  }

  #tell(remark: string): void {
    this.#progress.clear();
    tell(this.#context, remark);
  }

  #planOf(arm: Arm): RunPlan {
    const plan = this.#input.plans.get(arm);
    if (!plan) throw new MentorCollabError('internal', `The arm ${arm} has no plan.`);
    return plan;
  }

  #take(result: BenchResult): void {
    this.results.push(result);
    if (!this.#showsProgress) return;
    const done = (this.results.length - 1) % this.#input.items.length;
    if (done === 0) this.#correct = 0;
    if (sameAnswer(result.ended.answer, result.item.answer)) this.#correct += 1;
    this.#progress.show(`${result.arm}: ${done + 1} of ${this.#input.items.length}, ${this.#correct} right`);
  }
}

function requestOf({ arm, item, settings }: BenchRun, plan: RunPlan): SolveRequest {
  const { generator, hasMentor } = modelsOf(arm);
  return {
    runId: `${arm}-${item.index}`,
    prompt: plan.isRaw ? { form: 'raw', text: item.question } : { form: 'chat', question: item.question },
    generator: generator === 'mentor' ? plan.mentor : plan.generator,
    mentor: hasMentor ? plan.mentor : null,
    verifier: hasMentor ? plan.verifier : null,
    settings,
    options: plan.engine,
    opening: null,
  };
}
