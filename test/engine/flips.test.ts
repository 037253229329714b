import assert from 'node:assert/strict';
import { openBranch } from '../../src/core/branch/openBranch.ts';
import type { RunEnded } from '../../src/core/runEvent.ts';
import { mentorSteps } from '../../src/core/view/mentorSteps.ts';
import { LlamaEngine } from '../../src/engine/engine.ts';
import { demoRequest, RecordedRun } from '../support/recordedRun.ts';

const never = new AbortController().signal;
const CHANGE = { type: 'other-patch' } as const;
/** The mentor's patch is taken at every divergence, so that there is more than one to flip. */
const REQUEST = demoRequest({ settings: { decision: { policy: 'always' }, verification: 'alwaysMentor' } });
const AUTHORS = ['generator', 'mentor'] as const;

describe('flipping the mentor’s patches on the demo pair', () => {
  const engine = new LlamaEngine();
  let parent: RecordedRun;
  let steps: readonly number[];

  before(async () => {
    parent = await runParent();
    steps = mentorSteps(parent.view);
    assert.ok(steps.length > 1, 'there is more than one patch');
  });
  after(() => engine.dispose());

  async function runParent(): Promise<RecordedRun> {
    const run = new RecordedRun();
    await engine.solve(REQUEST, run, never);
    return run;
  }

  async function flip(step: number): Promise<RunEnded> {
    const branch = { parentRunId: 'test-run', step, change: CHANGE };
    const run = new RecordedRun();
    const opening = { branch, events: openBranch(parent.events, branch) };
    return engine.solve({ ...REQUEST, runId: `flip-${step}`, opening }, run, never);
  }

  async function flipAll(order: readonly number[]): Promise<readonly RunEnded[]> {
    const ends: RunEnded[] = [];
    for (const step of order) ends.push(await flip(step));
    return ends;
  }

  const prefilled = (ends: readonly RunEnded[]): number =>
    ends.reduce((sum, { usage }) => sum + usage.generator.prefilled + usage.mentor.prefilled, 0);

  /** Tokens of the prompt and of the text before a step. */
  const tokensBefore = (step: number): number => {
    const prompt = parent.events.find((event) => event.type === 'prompt-read')?.tokens ?? assert.fail();
    return parent.view.steps.slice(0, step).reduce((sum, { tokens }) => sum + tokens, prompt);
  };

  it('reads nothing of the shared prefix anew in either model, when the last goes first', async () => {
    await runParent();
    const order = [...steps].reverse();
    const warm = await flipAll(order);
    for (const [index, step] of order.entries()) {
      await engine.unload();
      const cold = await flip(step);
      for (const author of AUTHORS) {
        const read = warm[index]?.usage[author].prefilled ?? assert.fail();
        assert.equal(cold.usage[author].prefilled - read, tokensBefore(step), `${author}, step ${step}`);
      }
    }
  });

  it('reads more when the first goes first: the text between a patch and the next was rolled back', async () => {
    await runParent();
    const ascending = prefilled(await flipAll(steps));
    await runParent();
    const descending = prefilled(await flipAll([...steps].reverse()));
    assert.ok(descending < ascending, `${descending} tokens, ${ascending} in the order of the text`);
  });

  it('comes to the same answers in either order', async () => {
    const answers = (ends: readonly RunEnded[]) => ends.map(({ answer }) => answer);
    const ascending = answers(await flipAll(steps));
    assert.deepEqual(answers(await flipAll([...steps].reverse())).reverse(), ascending);
  });
});
