import assert from 'node:assert/strict';
import { methodWords } from '../../../src/bench/report/methodWords.ts';
import { findingWords, missingWords, planWords } from '../../../src/bench/report/reportWords.ts';
import { GENERATOR_ARM } from '../../support/benchReport/sampleArms.ts';
import { sampleReport } from '../../support/benchReport/sampleReport.ts';

const report = sampleReport();

describe('the words of a report', () => {
  it('say what was asked of what', () => {
    assert.equal(planWords(report), '60 items in 3 domains, 5 arms; seed 1; MentorCollab 0.1.0.');
    assert.equal(missingWords(report), null);
  });

  it('say what each arm of both gained, and whether that could be chance', () => {
    const findings = findingWords(report);
    assert.equal(findings.length, 3);
    assert.match(
      findings[1] ?? '',
      /^paper-free@p=0\.24: 70\.0% right \(57\.5% to 80\.1%\), \+13\.3 points .* could be chance: p after Holm's adjustment = 0\.\d{3}\. About \d+ items would be needed to tell such a difference; there were 60\.$/,
    );
    const told = report.pairs.map((pair) => ({ ...pair, pHolm: 0.0001, itemsNeeded: null }));
    assert.match(
      findingWords({ ...report, pairs: told })[1] ?? '',
      /is told from chance: p after Holm's adjustment < 0\.001\.$/,
    );
  });

  it('claim no gain without the generator alone', () => {
    const arms = report.arms.slice(1);
    assert.match(findingWords({ ...report, arms })[0] ?? '', /^paper-free@p=0\.1: 53\.3% right \([^)]*\)\.$/);
  });
});

describe('the method of a report', () => {
  it('names the intervals and tests that were used, and no others', () => {
    const once = methodWords(report).join('\n');
    assert.match(once, /Wilson's score interval/);
    assert.match(once, /McNemar's exact test/);
    assert.match(once, /the 10 comparisons made/);
    assert.match(once, /Unparsed counts as wrong/);
    assert.doesNotMatch(once, /sign-flip|percentile bootstrap/);
    const several = methodWords(sampleReport({ seeds: [1, 2, 3], itemsPerDomain: 3 })).join('\n');
    assert.match(several, /once for each of the 3 seeds 1, 2, 3/);
    assert.match(several, /percentile bootstrap of whole clusters/);
    assert.match(several, /sign-flip test/);
  });

  it('leaves out what was not done', () => {
    const alone = methodWords(sampleReport({ arms: [GENERATOR_ARM] })).join('\n');
    assert.doesNotMatch(alone, /Mentor share|Calibration|Holm/);
    assert.doesNotMatch(methodWords(sampleReport({ isVerified: false })).join('\n'), /Calibration/);
  });
});
