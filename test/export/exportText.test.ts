import assert from 'node:assert/strict';
import fc from 'fast-check';
import { viewRun } from '../../src/core/view/runView.ts';
import { annotatedStretches, exportText } from '../../src/export/exportText.ts';
import { eventsOf } from '../../src/protocol/eventsOf.ts';
import { generatedRun, traceOf } from '../support/generatedRun.ts';
import { scoredTrace } from '../support/scoredTrace.ts';
import type { ScriptedTraceOptions } from '../support/scriptedTrace.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';

const exported = async (options: ScriptedTraceOptions = {}): Promise<string> =>
  exportText({ ...(await scriptedTrace(options)), damage: null });

describe('exportText', () => {
  it("puts the mentor's words in brackets and numbers each divergence", async () => {
    const text = await exported();
    assert.match(text, /\n\nThe sum is ⟦5\. The answer⟧\[1\] is ⟦5\.⟧\[2\]\n\n/);
    assert.match(text, /\n\[1\] Step 3: took the mentor's patch; log-odds for the mentor \+\d+\.\d\d nats\n/);
    assert.match(text, /\n {4}Generator: ␣4\. The answer\n {4}Mentor: ␣5\. The answer\n/);
    assert.match(text, /^Question: .+\n\nModels: .+ with .+, paper-free\nAnswer: 5\nMentor share: \d+\.\d% /);
  });

  it("numbers a kept patch of the generator's without brackets", async () => {
    const text = await exported({ letter: 'A' });
    assert.match(text, /\[1\] Step \d+: kept the generator's patch/);
    assert.doesNotMatch(text.split('⟦In brackets⟧')[0] ?? '', /⟦/);
  });

  it('notes the one patch there is where the mentor has scored it', async () => {
    const text = exportText({ ...(await scoredTrace()), damage: null });
    assert.match(text, /\n\n⟦The sum is 5\.⟧\[1\] The answer is 4\.\[2\]\n\n/);
    assert.match(text, /\[2\] Step 1: kept .* nats\n {4}Generator: ␣The answer is 4\. \(and ends\)\n$/);
  });

  it('has no notes where the mentor was never probed', async () => {
    const text = await exported({ settings: { decision: 'never' } });
    assert.doesNotMatch(text, /⟦|\[1\]/);
    assert.match(text, /Mentor share: 0\.0% of the accepted tokens: /);
  });

  it('says where a damaged trace stops, and that nothing was written', async () => {
    const { header, events } = await scriptedTrace();
    const text = exportText({ header, events: events.slice(0, 1), damage: { line: 3, message: 'Cut off.' } });
    assert.match(text, /damaged at line 3; .* Cut off\.\n\n\(no text\)\n$/);
  });

  it('keeps every word, its author and each divergence, once', async () => {
    await fc.assert(
      fc.asyncProperty(generatedRun, async (run) => {
        const view = viewRun(eventsOf(await traceOf(run)));
        const stretches = annotatedStretches(view);
        assert.equal(stretches.map(({ text }) => text).join(''), view.text);
        const mentors = view.segments.filter(({ source }) => source === 'mentor').map(({ text }) => text);
        const marked = stretches.filter(({ isMentor }) => isMentor).map(({ text }) => text);
        assert.equal(marked.join(''), mentors.join(''));
        const notes = stretches.flatMap(({ note }) => note ?? []);
        assert.deepEqual(
          notes,
          notes.map((_, index) => index + 1),
        );
        assert.equal(notes.length, view.counts.divergences);
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});
