import assert from 'node:assert/strict';
import { openBranch } from '../../../src/core/branch/openBranch.ts';
import { reason } from '../../../src/core/loop/reason.ts';
import type { RunEvent } from '../../../src/core/runEvent.ts';
import type { RunSettings } from '../../../src/core/runSettings.ts';
import { presetSettings } from '../../../src/core/runSettings.ts';
import { viewRun } from '../../../src/core/view/runView.ts';
import { ScriptedModel } from '../../support/models/scriptedModel.ts';

const settings: RunSettings = {
  ...presetSettings('always-mentor'),
  seed: 5,
  patchTokens: 2,
  maxTokens: 60,
  decision: { policy: 'random', probability: 0.4 },
};

/** Counts on from however many words there are, the mentor in capitals at every seventh word. */
function counting(ends: number, isMentor: boolean): ScriptedModel {
  return new ScriptedModel({
    continuation: (text) => {
      const from = text.split(' ').length - 1;
      const words = Array.from({ length: Math.max(0, ends - from) }, (_, index) => from + index);
      return words.map((number) => ` ${isMentor && number % 7 === 0 ? `N${number}` : `n${number}`}`);
    },
  });
}

async function run(opening: readonly RunEvent[] = [], changes: Partial<RunSettings> = {}): Promise<RunEvent[]> {
  const prompt = { form: 'chat', question: 'Q' } as const;
  const signal = { aborted: false };
  const events: RunEvent[] = [];
  const texts = {
    generator: await counting(40, false).openText(prompt, { signal }),
    mentor: await counting(40, true).openText(prompt, { signal }),
  };
  for await (const event of reason({
    ...texts,
    settings: { ...settings, ...changes },
    opening,
    signal,
    now: () => 0,
  })) {
    events.push(event);
  }
  return events;
}

const end = (events: readonly RunEvent[]) => viewRun(events).ended ?? assert.fail('no end');

describe('reason with an opening', () => {
  it('goes on from any step as the run did that it was taken from: same words, same probes, same end', async () => {
    const whole = await run();
    const { steps, decisions } = viewRun(whole);
    assert.ok(decisions.some(({ outcome }) => outcome === 'tookMentor'));
    assert.ok(decisions.some(({ outcome }) => outcome === 'agreed'));
    for (let step = 0; step <= steps.length - 1; step++) {
      const again = await run(openBranch(whole, { step, change: { type: 'without-mentor' } }));
      const view = viewRun(again);
      assert.equal(view.text, viewRun(whole).text, `from step ${step}`);
      assert.deepEqual(
        view.decisions.map(({ step: at, outcome, reason: why }) => [at, outcome, why]),
        decisions.map(({ step: at, outcome, reason: why }) => [at, outcome, why]),
      );
      const { stop, answer, tokens, mentorShare } = end(again);
      assert.deepEqual([stop, answer, mentorShare], [end(whole).stop, end(whole).answer, end(whole).mentorShare]);
      assert.equal(tokens.generator.accepted, end(whole).tokens.generator.accepted);
    }
  });

  it('writes on behind the other patch, and probes at the steps that its parent would have probed', async () => {
    const whole = await run();
    const taken = viewRun(whole).decisions.find(({ outcome }) => outcome === 'tookMentor') ?? assert.fail();
    const branch = viewRun(await run(openBranch(whole, { step: taken.step, change: { type: 'other-patch' } })));
    assert.notEqual(branch.text, viewRun(whole).text);
    assert.equal(branch.segments[taken.step]?.text, taken.generatorPatch?.text);
    const draws = (view: typeof branch) =>
      new Map(view.decisions.flatMap(({ step, reason: why }) => (why.policy === 'random' ? [[step, why.draw]] : [])));
    const parentDraws = draws(viewRun(whole));
    const shared = [...draws(branch)].filter(([step]) => parentDraws.has(step));
    assert.ok(shared.some(([step]) => step > taken.step));
    for (const [step, draw] of shared) assert.equal(draw, parentDraws.get(step));
  });

  it('ends at once when the step it opens with ends the run', async () => {
    const whole = await run([], { stopStrings: ['n9'] });
    const { steps, ended } = viewRun(whole);
    assert.equal(ended?.stop, 'stopString');
    const opened = openBranch(whole, { step: steps.length, change: { type: 'with-mentor' } });
    const again = await run(opened, { stopStrings: ['n9'] });
    assert.equal(end(again).stop, 'stopString');
    assert.equal(viewRun(again).steps.length, steps.length);
  });

  it('counts only what it spent itself', async () => {
    const whole = await run();
    const { steps } = viewRun(whole);
    const again = await run(openBranch(whole, { step: steps.length - 2, change: { type: 'without-mentor' } }));
    assert.ok(end(again).usage.generator.decoded < end(whole).usage.generator.decoded / 2);
    assert.ok(end(again).usage.generator.decoded > 0);
  });
});
