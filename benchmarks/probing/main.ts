// `npm run bench:probing [-- --problems N --max-tokens N --rounds N --generator FILE.gguf --mentor FILE.gguf]`: batched probing
// beside one probe after the other, and two drafts at once beside one after the other, the same problems in turn in one run.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LanguageModel } from '../../src/core/languageModel.ts';
import { DraftPace } from '../../src/core/loop/draftPace.ts';
import { reason } from '../../src/core/loop/reason.ts';
import type { RunSettings } from '../../src/core/runSettings.ts';
import { presetSettings } from '../../src/core/runSettings.ts';
import { demoQuestions } from '../../test/support/models/demoQuestions.ts';
import { openLlamaModel } from '../../test/support/models/openLlamaModel.ts';
import { MeteredText } from '../loop/meteredText.ts';

const MODELS = join(import.meta.dirname, '..', '..', 'media', 'models');
const { values } = parseArgs({
  options: {
    problems: { type: 'string', default: '60' },
    'max-tokens': { type: 'string', default: '512' },
    rounds: { type: 'string', default: '3' },
    generator: { type: 'string', default: join(MODELS, 'demo-small.gguf') },
    mentor: { type: 'string', default: join(MODELS, 'demo-mentor.gguf') },
  },
});

/** What the runs of one way have cost together. */
interface Cost {
  timeMs: number;
  words: number;
  /** Passes of the mentor that read words ahead, that decoded words one by one, and all of them. */
  aheadPasses: number;
  wordPasses: number;
  mentorPasses: number;
  /** Tokens that the generator evaluated. */
  generatorTokens: number;
}

/** Always or never at the same time, whatever has been measured. */
class FixedPace extends DraftPace {
  readonly #isAtOnce: boolean;

  constructor(isAtOnce: boolean) {
    super();
    this.#isAtOnce = isAtOnce;
  }

  override get atOnce(): boolean {
    return this.#isAtOnce;
  }
}

type Way = Partial<Pick<RunSettings, 'readAhead'>> & { readonly pace?: DraftPace };

const CASES: readonly (readonly [name: string, settings: Partial<RunSettings>])[] = [
  ['every word, paper-free', { decision: { policy: 'random', probability: 1 } }],
  ['paper-free', {}],
  ['balanced', presetSettings('balanced')],
  ['surprise', { ...presetSettings('balanced'), decision: { policy: 'surprise', threshold: 1 } }],
];

const generator = await openLlamaModel(values.generator);
const mentor = await openLlamaModel(values.mentor);
const questions = demoQuestions(Number(values.problems));
console.log(
  `${questions.length} problems, up to ${values['max-tokens']} tokens, best of ${values.rounds} rounds in turn`,
);
for (const [name, settings] of CASES) {
  const [plain, ahead] = await compare(settings, [{ readAhead: false }, { readAhead: true }]);
  if (!plain || !ahead) throw new Error('Both ways are measured.');
  console.log(
    `${name.padEnd(24)} time ${ratio(ahead.timeMs, plain.timeMs)}, mentor passes ${ratio(ahead.mentorPasses, plain.mentorPasses)} ` +
      `(${ahead.mentorPasses} for ${plain.mentorPasses}), generator tokens ${ratio(ahead.generatorTokens, plain.generatorTokens)}; ` +
      `${(ahead.words / ahead.aheadPasses).toFixed(1)} words a reading pass, ${ahead.wordPasses} passes for uncertain words`,
  );
}
const [inTurn, atOnce] = await compare({ decision: { policy: 'always' } }, [
  { pace: new FixedPace(false) },
  { pace: new FixedPace(true) },
]);
if (inTurn && atOnce) console.log(`drafts at the same time  time ${ratio(atOnce.timeMs, inTurn.timeMs)}`);
await generator.dispose();
await mentor.dispose();
process.exit(0);

/** Each way's cheapest round by time; what is counted is the same in all of them. */
async function compare(settings: Partial<RunSettings>, ways: readonly Way[]): Promise<readonly Cost[]> {
  const best: Cost[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [index, way] of ways.entries()) {
      const cost = await runAll(settings, way);
      if (!best[index] || cost.timeMs < best[index].timeMs) best[index] = cost;
    }
  }
  return best;
}

async function runAll(settings: Partial<RunSettings>, { pace, ...way }: Way): Promise<Cost> {
  const cost: Cost = { timeMs: 0, words: 0, aheadPasses: 0, wordPasses: 0, mentorPasses: 0, generatorTokens: 0 };
  for (const [index, question] of questions.entries()) {
    const texts = { generator: await open(generator, question), mentor: await open(mentor, question) };
    const maxTokens = Number(values['max-tokens']);
    const all: RunSettings = { ...presetSettings('paper-free'), ...settings, ...way, maxTokens, seed: index + 1 };
    const signal = { aborted: false };
    const startedMs = performance.now();
    const now = (): number => performance.now();
    let text = '';
    for await (const event of reason({ ...texts, settings: all, signal, now, ...(pace && { pace }) })) {
      if (event.type === 'step-taken' && !event.dropped) text += event.text;
      if (event.type === 'run-ended' && event.failure) throw new Error(event.failure.message);
    }
    cost.timeMs += performance.now() - startedMs;
    cost.words += text.trim().split(/\s+/).length;
    cost.aheadPasses += texts.mentor.costOf('readAhead').passes;
    cost.wordPasses += texts.mentor.costOf('nextWord').passes;
    cost.mentorPasses += texts.mentor.usage().passes;
    cost.generatorTokens += texts.generator.usage().evaluated;
  }
  return cost;
}

async function open(model: LanguageModel, question: string): Promise<MeteredText> {
  return new MeteredText(await model.openText({ form: 'chat', question }, { signal: { aborted: false } }));
}

function ratio(value: number, base: number): string {
  return (value / base).toFixed(2);
}
