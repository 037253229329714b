import assert from 'node:assert/strict';
import type { Word } from '../../../src/core/languageModel.ts';
import type { Decision } from '../../../src/core/view/runView.ts';
import { viewRun } from '../../../src/core/view/runView.ts';
import {
  decisionDescription,
  decisionTooltip,
  groupText,
  filterLine,
  spokenDecision,
  summaryLine,
  wordsLabel,
} from '../../../src/host/views/decisions/decisionText.ts';
import { DecisionTree } from '../../../src/host/views/decisions/decisionTree.ts';
import { DIVERGENCES, NO_FILTER, TAKEN } from '../../../src/host/views/decisions/outcomeFilter.ts';
import { eventsOf } from '../../../src/protocol/eventsOf.ts';
import { longRun, sampleRun } from '../../support/panelPage/sampleRun.ts';

const { script, steps } = sampleRun();
const view = viewRun(eventsOf(script.lines));

function decisionAt(step: number): Decision {
  return view.decisions.find((decision) => decision.step === step) ?? assert.fail(`no decision at ${step}`);
}

/** A divergence whose models wrote these words. */
function withWords(generator: string, mentor: string): Decision {
  const { generatorWord, ...rest } = decisionAt(steps.taken);
  const said = (text: string): Word => ({ ...generatorWord, text });
  return { ...rest, generatorWord: said(generator), mentorWord: said(mentor) };
}

describe('a decision in the view', () => {
  it('is called by its words: both where they differ', () => {
    assert.equal(wordsLabel(decisionAt(steps.taken)), '36$ → 30$');
    assert.equal(wordsLabel(decisionAt(steps.agreed)), '64');
    assert.equal(wordsLabel(decisionAt(steps.end)), '(end)');
    assert.equal(wordsLabel(withWords(' \n', ' so')), '␣↵ → so');
  });

  it("is called by the generator's word alone where the mentor was asked for a score", () => {
    const scored = { ...withWords(' so', ' but'), mentorWord: null };
    assert.equal(wordsLabel(scored), 'so');
    assert.match(spokenDecision(scored), /^Step \d+, so, took the mentor's patch/);
  });

  it('shows the blanks of words that differ in nothing else', () => {
    assert.equal(wordsLabel(withWords(' so', 'so')), '␣so → so');
    assert.equal(wordsLabel(withWords('\nso', ' so')), '↵so → ␣so');
  });

  it('clips what is too long for a line, between two characters', () => {
    const label = wordsLabel(withWords('😀'.repeat(100), ' so'));
    assert.equal(label, `${'😀'.repeat(19)}… → so`);
  });

  it('says where it stands, what became of it, and the score where there is one', () => {
    assert.equal(decisionDescription(decisionAt(steps.taken)), `step ${steps.taken} · +2.30 · mentor`);
    assert.equal(decisionDescription(decisionAt(steps.kept)), `step ${steps.kept} · −0.84 · generator`);
    assert.equal(decisionDescription(decisionAt(steps.agreed)), `step ${steps.agreed} · agreed`);
  });

  it('is read out in whole words', () => {
    assert.equal(
      spokenDecision(decisionAt(steps.kept)),
      `Step ${steps.kept}, generator left, mentor still, kept the generator's patch, log-odds −0.84 nats, towards the generator`,
    );
    assert.equal(spokenDecision(decisionAt(steps.agreed)), `Step ${steps.agreed}, 64, both agreed`);
  });

  it('explains itself: why it was probed, both patches, the score and the cost', () => {
    const tooltip = decisionTooltip(decisionAt(steps.taken));
    assert.match(tooltip, new RegExp(`^\\*\\*Step ${steps.taken}: took the mentor's patch\\*\\*\\n\\nProbed: drew `));
    assert.match(tooltip, /Generator's patch: ␣36\\\$ shells[\s\S]*Mentor's patch: ␣30\\\$ shells/);
    assert.match(tooltip, /Score: log-odds \+2\.30 nats, towards the mentor, and the verifier wrote “B”\./);
    assert.match(
      tooltip,
      /Cost: generator 19 tokens decoded, 52 read, 96 ms; mentor 18 tokens decoded, 9 read, 140 ms\./,
    );
    assert.match(decisionTooltip(decisionAt(steps.agreed)), /Both wrote: ␣64/);
  });

  it('shows what a model wrote as the text it is', () => {
    const { mentorPatch, ...rest } = decisionAt(steps.taken);
    assert.ok(mentorPatch);
    const text = '[x](command:evil) <img src=x> **b** $(x) `c`';
    const tooltip = decisionTooltip({ ...rest, mentorPatch: { ...mentorPatch, text } });
    assert.ok(tooltip.includes('\\[x\\](command:evil) &lt;img src=x\\> \\*\\*b\\*\\* \\$(x) \\`c\\`'), tooltip);
  });
});

describe('the lines above the view', () => {
  it('sum a run up', () => {
    assert.equal(summaryLine(view), '6 probes · 3 divergences · 2 taken');
    const one = viewRun(eventsOf(script.lines.filter((line) => !('step' in line) || line.step <= steps.taken)));
    assert.equal(summaryLine(one), '1 probe · 1 divergence · 1 taken');
  });

  it('say that there are no probes, and why once the run is over', () => {
    const none = viewRun(eventsOf(script.lines.slice(0, 3)));
    assert.equal(summaryLine(none), 'No probes yet');
    assert.equal(summaryLine({ ...none, ended: view.ended }), 'No probes: the mentor was never probed');
  });

  it('say what a filter shows and what it hides', () => {
    assert.equal(filterLine(NO_FILTER, view.counts), null);
    assert.equal(filterLine(DIVERGENCES, view.counts), 'Showing 3 of 6, hidden: 3 agreed');
    assert.equal(filterLine(TAKEN, view.counts), "Showing 2 of 6, hidden: 1 kept generator's, 3 agreed");
    assert.equal(filterLine(TAKEN, { ...view.counts, agreed: 0, divergences: 2 }), null);
  });

  it('say what a group holds', () => {
    const tree = new DecisionTree(NO_FILTER);
    tree.grow(viewRun(eventsOf(longRun(1_200).lines)).decisions);
    const [first] = tree.roots;
    assert.ok(first?.type === 'group');
    assert.deepEqual(groupText(first), { label: 'Steps 1–415', description: '100 decisions · 0 taken' });
  });
});
