import assert from 'node:assert/strict';
import { exportJson } from '../../src/export/exportJson.ts';
import type { ExportedRun } from '../../src/export/exportJson.ts';
import { solveResult } from '../../src/export/solveResult.ts';
import { scoredTrace } from '../support/scoredTrace.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';

describe('solveResult', () => {
  it('leaves out what a mentor that was asked for a score has not written', async () => {
    const { decisions } = solveResult((await scoredTrace()).events);
    const [rejected, kept] = decisions.map(({ score: _, ...rest }) => rest);
    assert.deepEqual(rejected, {
      step: 0,
      generatorWord: 'The',
      outcome: 'tookMentor',
      generatorPatch: 'The sum is 4.',
      mentorPatch: 'The sum is 5.',
    });
    assert.deepEqual(kept, {
      step: 1,
      generatorWord: ' The',
      outcome: 'keptGenerator',
      generatorPatch: ' The answer is 4.',
    });
  });

  it('tells a run as scripts read it', async () => {
    const { events } = await scriptedTrace();
    const result = solveResult(events);
    const { tokens, timeMs, decisions, ...rest } = result;
    assert.deepEqual(rest, {
      text: 'The sum is 5. The answer is 5.',
      answer: '5',
      stop: 'end',
      mentorShare: 0.6,
      mentorStepShare: 2 / 7,
      steps: 7,
      segments: [
        { source: 'agreed', text: 'The' },
        { source: 'agreed', text: ' sum' },
        { source: 'agreed', text: ' is' },
        { source: 'mentor', text: ' 5. The answer' },
        { source: 'agreed', text: ' is' },
        { source: 'mentor', text: ' 5.' },
      ],
    });
    assert.deepEqual(decisions[2], { step: 2, generatorWord: ' is', mentorWord: ' is', outcome: 'agreed' });
    const { score, ...divergence } = decisions[3] ?? assert.fail();
    assert.deepEqual(divergence, {
      step: 3,
      generatorWord: ' 4.',
      mentorWord: ' 5.',
      outcome: 'tookMentor',
      generatorPatch: ' 4. The answer',
      mentorPatch: ' 5. The answer',
    });
    assert.ok(score !== undefined && score > 0);
    assert.ok(timeMs > 0 && tokens.generator.accepted > 0);
  });

  it('keeps the text before stripping in the segments', async () => {
    const words = ['\n a', ' b \n'];
    const { text, segments } = solveResult((await scriptedTrace({ generator: words, mentor: words })).events);
    assert.equal(text, 'a b');
    assert.equal(segments.map((segment) => segment.text).join(''), '\n a b \n');
  });

  it('says why the share is 0, and only then', async () => {
    const { events } = await scriptedTrace({ settings: { decision: 'never' } });
    assert.match(solveResult(events).mentorShareReason ?? '', /never probed/);
    assert.equal(solveResult((await scriptedTrace()).events).mentorShareReason, undefined);
  });

  it('tells why a run failed, and what it had written', async () => {
    const { events } = await scriptedTrace({ contextSize: 20 });
    const result = solveResult(events);
    assert.equal(result.stop, 'failed');
    assert.equal(result.failure?.code, 'context-full');
    assert.equal(result.text, 'The sum is');
  });

  it('counts a run that breaks off as failed, with the sums of its steps', async () => {
    const { events } = await scriptedTrace();
    const whole = solveResult(events);
    const broken = solveResult(events.slice(0, -1));
    assert.equal(broken.stop, 'failed');
    assert.match(broken.failure?.message ?? '', /breaks off/);
    const { failure: _, stop: __, timeMs: ___, ...same } = broken;
    const { stop: ____, timeMs: _____, ...expected } = whole;
    assert.deepEqual(same, expected);
  });
});

describe('exportJson', () => {
  it('is the result with its header, as one document', async () => {
    const trace = await scriptedTrace();
    // The document was written by the function under test; its shape is what is checked.
    const exported = JSON.parse(exportJson({ ...trace, damage: null })) as ExportedRun;
    assert.deepEqual(exported, { ...solveResult(trace.events), header: trace.header });
  });
});
