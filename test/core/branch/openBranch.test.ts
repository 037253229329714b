import assert from 'node:assert/strict';
import type { Branch } from '../../../src/core/branch/branch.ts';
import { branchSettings } from '../../../src/core/branch/branch.ts';
import { openBranch } from '../../../src/core/branch/openBranch.ts';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { NO_USAGE } from '../../../src/core/languageModel.ts';
import type { RunEvent } from '../../../src/core/runEvent.ts';
import { presetSettings } from '../../../src/core/runSettings.ts';
import { viewRun } from '../../../src/core/view/runView.ts';
import { scoredTrace } from '../../support/scoredTrace.ts';
import { scriptedTrace } from '../../support/scriptedTrace.ts';

/** The models agree on `The sum is`, diverge at step 3 (` 4` against ` 5`), and the mentor's patch is taken. */
const DIVERGENCE = 3;

describe('openBranch', () => {
  let events: readonly RunEvent[];
  before(async () => {
    ({ events } = await scriptedTrace());
  });

  const open = (step: number, change: Branch['change']): RunEvent[] => openBranch(events, { step, change });
  const refuses = (step: number, change: Branch['change'], message: RegExp): void => {
    assert.throws(
      () => open(step, change),
      (thrown) => thrown instanceof MentorCollabError && thrown.code === 'bad-input' && message.test(thrown.message),
    );
  };

  it("takes the parent's steps over as they were, at no cost and without its prompts", () => {
    const opened = open(DIVERGENCE, { type: 'without-mentor' });
    const parent = viewRun(events);
    const branch = viewRun(opened);
    assert.deepEqual(branch.segments, parent.segments.slice(0, DIVERGENCE));
    assert.deepEqual(
      branch.steps.map(({ cost }) => cost),
      Array.from({ length: DIVERGENCE }, () => ({ generator: NO_USAGE, mentor: NO_USAGE })),
    );
    assert.deepEqual(
      opened.filter(({ type }) => type === 'prompt-read' || type === 'run-ended'),
      [],
    );
    assert.equal(branch.decisions.length, DIVERGENCE);
  });

  it('takes the other patch, and keeps what the probe and the verifier said', () => {
    const view = viewRun(open(DIVERGENCE, { type: 'other-patch' }));
    const [before] = viewRun(events).decisions.slice(DIVERGENCE);
    const taken = view.steps.at(-1);
    const decision = view.decisions.at(-1);
    assert.equal(before?.outcome, 'tookMentor');
    assert.equal(taken?.step, DIVERGENCE);
    assert.equal(taken.source, 'generator');
    assert.equal(taken.text, before.generatorPatch?.text);
    assert.equal(taken.tokens, before.generatorPatch?.pieces.length);
    assert.equal(decision?.outcome, 'keptGenerator');
    assert.deepEqual([decision.score, decision.choice, decision.suffix], [before.score, before.choice, before.suffix]);
  });

  it("takes the mentor's patch where the generator's was kept", async () => {
    ({ events } = await scriptedTrace({ letter: 'A' }));
    const view = viewRun(open(DIVERGENCE, { type: 'other-patch' }));
    assert.equal(view.steps.at(-1)?.source, 'mentor');
    assert.equal(view.decisions.at(-1)?.outcome, 'tookMentor');
  });

  it("takes the generator's patch where the mentor's score rejected it, and says where the mentor wrote none", async () => {
    const scored = await scoredTrace();
    const openAt = (step: number): RunEvent[] => openBranch(scored.events, { step, change: { type: 'other-patch' } });
    const view = viewRun(openAt(0));
    assert.deepEqual([view.text, view.decisions[0]?.mentorPatch?.text], ['The sum is 4.', 'The sum is 5.']);
    assert.throws(() => openAt(1), {
      code: 'bad-input',
      message: /step 1 the generator's patch was kept by its score and the mentor wrote none.*Choose a step/,
    });
  });

  it('takes one piece as a step of one token, by the model it came from', () => {
    for (const by of ['generator', 'mentor'] as const) {
      const taken = viewRun(open(1, { type: 'candidate', by, text: ' total' })).steps.at(-1);
      assert.deepEqual([taken?.step, taken?.text, taken?.tokens, taken?.source], [1, ' total', 1, by]);
    }
  });

  it('can begin behind the last step, to carry on a run that has ended', () => {
    const { steps } = viewRun(events);
    assert.equal(viewRun(open(steps.length, { type: 'with-mentor' })).steps.length, steps.length);
  });

  it('refuses a step that is not there, a patch that was not drafted, and the end of the text', () => {
    refuses(999, { type: 'other-patch' }, /no step 999/);
    refuses(999, { type: 'with-mentor' }, /no step 999 .* 0 to \d+/);
    refuses(0, { type: 'other-patch' }, /step 0 the models did not diverge/);
    refuses(0, { type: 'candidate', by: 'mentor', text: '' }, /end of the text/);
  });
});

describe('branchSettings', () => {
  const parent = { ...presetSettings('paper-free'), seed: 7 };

  it("are the parent's where one step is changed, so that the same later steps are probed", () => {
    assert.deepEqual(branchSettings(parent, { type: 'other-patch' }), parent);
    assert.deepEqual(branchSettings(parent, { type: 'candidate', by: 'mentor', text: 'x' }), parent);
  });

  it('probe never or always where the rest is to go on without or with the mentor', () => {
    assert.deepEqual(branchSettings(parent, { type: 'without-mentor' }).decision, { policy: 'never' });
    assert.deepEqual(branchSettings(parent, { type: 'with-mentor' }).decision, { policy: 'always' });
  });
});
