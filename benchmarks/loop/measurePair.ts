import type { LanguageModel, Prompt } from '../../src/core/languageModel.ts';
import type { RunSettings } from '../../src/core/runSettings.ts';
import type { ArmRun, Endpoint, LoopRun } from './arms.ts';
import { runLoop, runNaive, runPlain, runPublished } from './arms.ts';
import type { ComponentTimes } from './components.ts';
import { measureComponents } from './components.ts';

/** Everything measured of one pair; sums over the problems. */
export interface PairReport {
  readonly pair: string;
  readonly problems: number;
  readonly arms: Readonly<Record<ArmName, ArmReport>>;
  /** Requests that the published way sent, in all. */
  readonly requests: number;
  readonly aims: Aims;
}

/** a: our loop, b: naive, c: the published way over a caching endpoint, d: the generator alone. */
export type ArmName = 'loop' | 'naive' | 'published' | 'plain';

export interface ArmReport {
  readonly wallMs: number;
  readonly finalTokens: number;
  /** Tokens through both models per token of the final text. */
  readonly evaluatedPerToken: number;
  readonly passesPerToken: number;
  /** Wall time / wall time of our loop, over the same problems in the same run. */
  readonly timeRatio: number;
  /** Problems whose text is the same as our loop's, to the letter. */
  readonly sameText: number;
}

/** The three figures that the loop is held to. */
export interface Aims {
  /** Generator tokens evaluated for words per final token; aim: at most 1.15. */
  readonly generatorPerToken: number;
  /** Prompt tokens evaluated / prompt tokens, both models; aim: 1. */
  readonly promptReads: number;
  /** Our loop's wall time / its parts done alone; aim: at most 1.5. */
  readonly timeOverParts: number;
}

export interface PairInput {
  readonly name: string;
  readonly generator: LanguageModel;
  readonly mentor: LanguageModel;
  readonly endpoints: { readonly generator: Endpoint; readonly mentor: Endpoint };
  readonly questions: readonly string[];
  readonly settings: RunSettings;
  readonly onProgress: (done: number) => void;
}

interface Row extends Readonly<Record<Exclude<ArmName, 'loop'>, ArmRun>> {
  readonly loop: LoopRun;
  readonly requests: number;
  readonly parts: ComponentTimes;
}

/** Runs all four arms problem by problem, in turn, so that a machine that slows down slows all of them. */
export async function measurePair(input: PairInput): Promise<PairReport> {
  const rows: Row[] = [];
  for (const [index, question] of input.questions.entries()) {
    rows.push(await measureQuestion(input, { form: 'chat', question }));
    input.onProgress(index + 1);
  }
  const sum = (pick: (row: Row) => number): number => rows.reduce((total, row) => total + pick(row), 0);
  return {
    pair: input.name,
    problems: rows.length,
    arms: {
      loop: armReport(rows, 'loop'),
      naive: armReport(rows, 'naive'),
      published: armReport(rows, 'published'),
      plain: armReport(rows, 'plain'),
    },
    requests: sum((row) => row.requests),
    aims: {
      generatorPerToken: sum((row) => row.loop.generatorWordTokens) / sum((row) => row.loop.finalTokens),
      promptReads:
        sum((row) => row.loop.generatorPrompt.evaluated + row.loop.mentorPrompt.evaluated) /
        sum(
          (row) =>
            row.loop.generatorPrompt.tokens + (row.loop.mentorPrompt.evaluated > 0 ? row.loop.mentorPrompt.tokens : 0),
        ),
      timeOverParts:
        sum((row) => row.loop.wallMs) / sum((row) => row.parts.plainMs + row.parts.draftsMs + row.parts.mentorMs),
    },
  };
}

async function measureQuestion(input: PairInput, prompt: Prompt): Promise<Row> {
  const { settings } = input;
  const loop = await runLoop(input, prompt, settings);
  const naive = await runNaive(input, prompt, settings);
  const prompts = {
    generator: await promptAsSent(input.generator, prompt),
    mentor: await promptAsSent(input.mentor, prompt),
  };
  const published = await runPublished(input.endpoints, prompts, settings);
  const plain = await runPlain(input.generator, prompt, settings);
  const parts = await measureComponents(input.generator, input.mentor, { prompt, settings, events: loop.events });
  return { loop, naive, published, plain, requests: published.requests, parts };
}

async function promptAsSent(model: LanguageModel, prompt: Prompt): Promise<string> {
  return (await model.openText(prompt, { signal: { aborted: false } })).promptAsSent;
}

function armReport(rows: readonly Row[], arm: ArmName): ArmReport {
  const sum = (pick: (run: ArmRun) => number): number => rows.reduce((total, row) => total + pick(row[arm]), 0);
  const wallMs = sum((run) => run.wallMs);
  const finalTokens = sum((run) => run.finalTokens);
  return {
    wallMs,
    finalTokens,
    evaluatedPerToken: sum((run) => run.evaluated) / finalTokens,
    passesPerToken: sum((run) => run.passes) / finalTokens,
    timeRatio: wallMs / rows.reduce((total, row) => total + row.loop.wallMs, 0),
    sameText: rows.filter((row) => row[arm].text === row.loop.text).length,
  };
}
