import assert from 'node:assert/strict';
import { NO_USAGE } from '../../../src/core/languageModel.ts';
import { brokenRunEnd } from '../../../src/core/view/brokenRunEnd.ts';
import { eventsOf } from '../../../src/protocol/eventsOf.ts';
import { runEndedSchema } from '../../../src/protocol/trace.ts';
import { scriptedTrace } from '../../hostUnit/support/scriptedTrace.ts';

const CRASH = { stop: 'failed', failure: { code: 'engine-crashed', message: 'It died.' } } as const;

describe('brokenRunEnd', () => {
  it('counts the same as the end that the run would have written, once all its steps were told', async () => {
    const lines = await scriptedTrace('r');
    const end = lines.at(-1);
    assert.equal(end?.type, 'run-ended');
    const { stop, failure, usage, tokens, ...counted } = end;
    const broken = brokenRunEnd(eventsOf(lines.slice(0, -1)), CRASH);
    assert.deepEqual({ ...broken, ...CRASH }, { ...broken });
    assert.deepEqual(
      { ...counted },
      {
        type: broken.type,
        answer: broken.answer,
        steps: broken.steps,
        mentorShare: broken.mentorShare,
        mentorStepShare: broken.mentorStepShare,
        timeMs: broken.timeMs,
      },
    );
    assert.deepEqual(broken.tokens, tokens);
    assert.deepEqual(broken.usage, usage);
    assert.equal(broken.answer, '4');
    assert.ok(broken.mentorShare > 0);
    assert.deepEqual([stop, failure], ['end', null]);
  });

  it('is a line of a trace, after any number of lines', async () => {
    const lines = await scriptedTrace('r');
    for (let length = 1; length < lines.length; length++) {
      runEndedSchema.parse(brokenRunEnd(eventsOf(lines.slice(0, length)), CRASH));
    }
  });

  it('counts a verifier of its own apart, and tells of none where there was none', async () => {
    const lines = await scriptedTrace('r');
    const verifier = { ...NO_USAGE, decoded: 1, prefilled: 40, timeMs: 5 };
    const verified = lines.map((line) =>
      line.type === 'step-taken' ? { ...line, cost: { ...line.cost, verifier } } : line,
    );
    const steps = lines.filter(({ type }) => type === 'step-taken').length;
    const end = brokenRunEnd(eventsOf(verified.slice(0, -1)), CRASH);
    assert.deepEqual(end.tokens.verifier, { accepted: 0, decoded: steps, prefilled: 40 * steps });
    assert.equal(end.usage.verifier?.timeMs, 5 * steps);
    assert.equal('verifier' in brokenRunEnd(eventsOf(lines.slice(0, -1)), CRASH).usage, false);
  });

  it('does not count a step that was under way', async () => {
    const lines = await scriptedTrace('r');
    const firstProbe = lines.findIndex(({ type }) => type === 'mentor-probed');
    const broken = brokenRunEnd(eventsOf(lines.slice(0, firstProbe + 1)), { stop: 'cancelled', failure: null });
    assert.equal(broken.steps, 0);
    assert.equal(broken.mentorShare, 0);
    assert.equal(broken.answer, null);
  });
});
