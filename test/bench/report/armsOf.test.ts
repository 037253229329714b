import assert from 'node:assert/strict';
import { gainOf, generatorAlone, isMentorAlone, mentorPart } from '../../../src/bench/report/armsOf.ts';
import { sampleReport } from '../../support/benchReport/sampleReport.ts';

const report = sampleReport();

describe('arms of a report', () => {
  it('give the gain over the generator alone whichever way the two were compared', () => {
    const { arm } = report.arms[3] ?? assert.fail();
    const gain = gainOf(report, arm) ?? assert.fail();
    assert.ok(gain.difference > 0);
    const { a, b, onlyA, onlyB, difference, low, high } = gain;
    const turned = { ...gain, a: b, b: a, onlyA: onlyB, onlyB: onlyA, difference: -difference, low: -high, high: -low };
    assert.deepEqual(gainOf({ ...report, pairs: [turned] }, arm), gain);
    assert.equal(gainOf({ ...report, pairs: [] }, arm), null);
  });

  it('know the mentor alone as all mentor, though its traces name it the generator', () => {
    const parts = report.arms.map(mentorPart);
    assert.deepEqual(parts.slice(0, 2), [0, 1]);
    assert.equal(parts[3], report.arms[3]?.mentorShare);
    assert.deepEqual(report.arms.map(isMentorAlone), [false, true, false, false, false]);
  });

  it('take no generator without runs for one', () => {
    assert.equal(generatorAlone(report)?.arm, 'generator');
    assert.equal(generatorAlone({ ...report, arms: report.arms.map((arm) => ({ ...arm, n: 0 })) }), null);
  });
});
