import assert from 'node:assert/strict';
import type { DecisionSettings, ProbeReason } from '../../src/core/decision/decisionPolicy.ts';
import { firstMargin, lowestProbability } from '../../src/core/decision/wordNumbers.ts';
import type { Word } from '../../src/core/languageModel.ts';
import type { PresetName } from '../../src/core/runSettings.ts';
import { presetSettings } from '../../src/core/runSettings.ts';
import { LlamaEngine } from '../../src/engine/engine.ts';
import { demoRequest, RecordedRun } from '../support/recordedRun.ts';

const never = new AbortController().signal;
/** The demo generator gets this one wrong alone. */
const QUESTION =
  'Paul has 6 eggs. He buys 2 packs with 6 eggs in each pack. Then he triples the number of eggs. He loses 12 of them. He loses 6 of them. How many eggs are left with Paul?';

describe('policies beyond the paper, on the demo pair', () => {
  const engine = new LlamaEngine();
  after(() => engine.dispose());

  async function solve(changes: Parameters<typeof demoRequest>[0]): Promise<RecordedRun> {
    const run = new RecordedRun();
    const { settings, ...rest } = changes ?? {};
    await engine.solve(
      demoRequest({ prompt: { form: 'chat', question: QUESTION }, ...rest, settings: { ...settings } }),
      run,
      never,
    );
    assert.equal(run.view.ended?.failure, null);
    return run;
  }

  /** Whether a policy that looks at nothing but the word probes it. */
  const rules: readonly (readonly [DecisionSettings, (word: Word) => boolean])[] = [
    [{ policy: 'confidence', threshold: 0.9 }, (word) => (lowestProbability(word) ?? NaN) < 0.9],
    [{ policy: 'margin', threshold: 0.99 }, (word) => (firstMargin(word) ?? NaN) < 0.99],
    [{ policy: 'entropy', threshold: 0.2 }, (word) => (word.entropy ?? NaN) >= 0.2],
  ];
  for (const [decision, probes] of rules) {
    it(`${decision.policy} probes the words that its rule names, and no others`, async () => {
      const { view } = await solve({ settings: { decision, verification: 'confidence', patchLength: 'word' } });
      const probed = new Map(view.decisions.map(({ step, reason }) => [step, reason]));
      assert.ok(probed.size > 0, 'something was probed');
      assert.ok(view.steps.length > probed.size, 'not everything was');
      for (const { step, word } of view.steps) assert.equal(probed.has(step), probes(word), `step ${step}`);
      for (const reason of probed.values()) assert.equal(reason.policy, decision.policy);
    });
  }

  it('budget and stepStart say of every probe which entropy decided', async () => {
    for (const decision of [
      { policy: 'budget', share: 0.25 },
      { policy: 'stepStart', threshold: 0.01 },
    ] as const) {
      const { view } = await solve({ settings: { decision, patchLength: 'word', verification: 'letterSwapped' } });
      assert.ok(view.decisions.length > 0, decision.policy);
      for (const { reason, generatorWord } of view.decisions) {
        assert.equal(entropyOf(reason), generatorWord.entropy);
        assert.equal(reason.policy, decision.policy);
      }
    }
  });

  it('balanced comes to the answer that the generator misses, at a fraction of the mentor’s tokens, with no draft', async () => {
    const alone = await solve({ settings: { decision: { policy: 'never' } } });
    const balanced = await solve({ settings: presetOf('balanced') });
    const thorough = await solve({ settings: presetOf('thorough') });
    assert.notEqual(alone.view.ended?.answer, '36');
    assert.equal(balanced.view.ended?.answer, '36');
    assert.ok(balanced.view.counts.probes < balanced.view.steps.length / 2);
    assert.ok(thorough.view.counts.probes >= balanced.view.counts.probes);
    const { mentor } = balanced.view.ended.tokens;
    const words = balanced.view.decisions.reduce(
      (sum, { mentorWord }) => sum + (mentorWord?.pieces.length ?? 0) + 2,
      0,
    );
    assert.ok(
      mentor.decoded <= words,
      `${mentor.decoded} decoded tokens where words and their ends are ${words} at most`,
    );
  });
});

function presetOf(preset: PresetName): ReturnType<typeof presetSettings> {
  return presetSettings(preset);
}

function entropyOf(reason: ProbeReason): number | null {
  return 'entropy' in reason ? reason.entropy : null;
}
