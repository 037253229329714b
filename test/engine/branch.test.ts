import assert from 'node:assert/strict';
import type { Branch } from '../../src/core/branch/branch.ts';
import { branchSettings } from '../../src/core/branch/branch.ts';
import { openBranch } from '../../src/core/branch/openBranch.ts';
import { LlamaEngine } from '../../src/engine/engine.ts';
import { traceLineSchema } from '../../src/protocol/trace.ts';
import { demoRequest, RecordedRun } from '../support/recordedRun.ts';

const never = new AbortController().signal;

describe('a branch on the demo pair', () => {
  const engine = new LlamaEngine();
  let parent: RecordedRun;
  let divergence: number;

  before(async () => {
    parent = new RecordedRun();
    await engine.solve(demoRequest({ settings: { decision: { policy: 'always' } } }), parent, never);
    const taken = parent.view.decisions.findLast(({ outcome }) => outcome !== 'agreed');
    divergence = taken?.step ?? assert.fail('no divergence');
  });
  after(() => engine.dispose());

  async function branch(step: number, change: Branch['change'], from = parent): Promise<RecordedRun> {
    const run = new RecordedRun();
    const request = demoRequest({ settings: { decision: { policy: 'always' } } });
    await engine.solve(
      {
        ...request,
        runId: 'branch',
        settings: branchSettings(request.settings, change),
        opening: {
          branch: { parentRunId: 'test-run', step, change },
          events: openBranch(from.events, { step, change }),
        },
      },
      run,
      never,
    );
    return run;
  }

  const lastEnd = (run: RecordedRun) => run.view.ended ?? assert.fail('no end');

  it("shares the parent's text up to its step, and is a whole trace that names its parent", async () => {
    const run = await branch(divergence, { type: 'other-patch' });
    for (const line of run.lines) assert.deepEqual(traceLineSchema.parse(JSON.parse(JSON.stringify(line))), line);
    assert.deepEqual(run.header?.branch, {
      parentRunId: 'test-run',
      step: divergence,
      change: { type: 'other-patch' },
    });
    const start = parent.view.segments.find(({ step }) => step === divergence)?.start ?? assert.fail();
    assert.equal(run.view.text.slice(0, start), parent.view.text.slice(0, start));
    const { decisions } = parent.view;
    const flipped = decisions.find(({ step }) => step === divergence) ?? assert.fail();
    const other = flipped.outcome === 'tookMentor' ? flipped.generatorPatch : flipped.mentorPatch;
    assert.equal(run.view.segments.find(({ step }) => step === divergence)?.text, other?.text);
    assert.notEqual(lastEnd(run).stop, 'failed');
  });

  it('reads the shared prefix from the cache, where that still holds it', async () => {
    await parentAgain();
    const run = await branch(divergence, { type: 'other-patch' });
    const promptTokens = parent.events.find((event) => event.type === 'prompt-read')?.tokens ?? assert.fail();
    const read = lastEnd(run).usage.generator.prefilled;
    assert.ok(read < promptTokens, `${read} tokens read, the prompt alone has ${promptTokens}`);
  });

  it('reads the prefix anew on an empty cache, with the same text', async () => {
    await parentAgain();
    const warm = await branch(divergence, { type: 'other-patch' });
    await engine.unload();
    const cold = await branch(divergence, { type: 'other-patch' });
    assert.equal(cold.view.text, warm.view.text);
    assert.ok(lastEnd(cold).usage.generator.prefilled > lastEnd(warm).usage.generator.prefilled);
  });

  it('goes on without the mentor, and with it at every word', async () => {
    const without = await branch(2, { type: 'without-mentor' });
    assert.deepEqual(
      without.view.decisions.map(({ step }) => step),
      [0, 1],
    );
    assert.equal(lastEnd(without).usage.mentor.decoded, 0);
    const again = await branch(4, { type: 'with-mentor' }, without);
    const { steps, decisions } = again.view;
    assert.ok(steps.length > 5);
    assert.deepEqual(
      decisions.map(({ step }) => step),
      steps.map(({ step }) => step).filter((step) => step < 2 || step >= 4),
    );
  });

  it('begins a step with a candidate piece, and goes on from there', async () => {
    const { candidates } = parent.view.steps[4]?.word ?? assert.fail();
    const other = candidates[1]?.text ?? assert.fail();
    const run = await branch(4, { type: 'candidate', by: 'generator', text: other });
    assert.equal(run.view.segments[4]?.text, other);
    assert.ok(run.view.steps.length > 5);
  });

  async function parentAgain(): Promise<void> {
    await engine.solve(demoRequest({ settings: { decision: { policy: 'always' } } }), new RecordedRun(), never);
  }
});
