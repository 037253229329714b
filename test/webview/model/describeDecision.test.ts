import assert from 'node:assert/strict';
import type { RunHeader } from '../../../src/core/runHeader.ts';
import type { Decision } from '../../../src/core/view/runView.ts';
import {
  costSentence,
  logOddsSentence,
  markLabel,
  stepTitle,
  verdictSentence,
  whyNotProbed,
  whyProbed,
} from '../../../src/webview/model/describeDecision.ts';
import { RunModel } from '../../../src/webview/model/runModel.ts';
import type { SelectedStep } from '../../../src/webview/model/selectedStep.ts';
import { selectedStep } from '../../../src/webview/model/selectedStep.ts';
import { sampleRun } from '../../support/panelPage/sampleRun.ts';

const { script, steps } = sampleRun();
const run = new RunModel(script.runId);
run.add(script.lines);

function decisionAt(step: number): Decision {
  const decision = run.decisionByStep.get(step);
  assert.ok(decision);
  return decision;
}

function stepAt(step: number): SelectedStep {
  const selected = selectedStep(step, { view: run.view(), decisionByStep: run.decisionByStep, header: run.header });
  assert.ok(selected);
  return selected;
}

describe('the words for a decision', () => {
  it('name the step and what became of it', () => {
    assert.equal(stepTitle(stepAt(steps.taken)), "Step 12 · the mentor's patch was taken");
    assert.equal(stepTitle(stepAt(steps.kept)), "Step 28 · the generator's patch was kept");
    assert.equal(stepTitle(stepAt(steps.agreed)), 'Step 22 · both models agreed');
    assert.equal(stepTitle(stepAt(1)), 'Step 1 · “starts”, not probed');
  });

  it('label a mark with its text and whose it is', () => {
    assert.equal(markLabel(decisionAt(steps.taken), ' 30$ so'), "30$ so, mentor's words, step 12");
    assert.match(markLabel(decisionAt(steps.kept), ' left'), /^left, generator's words kept at a divergence/);
    assert.match(markLabel(decisionAt(steps.end), ''), /^\(nothing\), both models agreed/);
    assert.match(markLabel(decisionAt(steps.end), '\n\n'), /^↵↵, both/);
  });

  it('say why the mentor was probed', () => {
    assert.equal(
      whyProbed({ policy: 'random', draw: 0.1337, probability: 0.24 }),
      'Probed by chance: the draw 0.13 is below the probability 0.24.',
    );
    assert.match(whyProbed({ policy: 'random', draw: 0.03456, probability: 0.04 }), /draw 0\.0346 is below/);
    assert.match(whyProbed({ policy: 'positions' }), /list of steps/);
    assert.match(whyProbed({ policy: 'always' }), /every step/);
  });

  it('say by which number the mentor was probed, and below or above what', () => {
    assert.deepEqual(
      (
        [
          { policy: 'confidence', confidence: 0.412, threshold: 0.9 },
          { policy: 'entropy', entropy: 1.234, threshold: 0.45 },
          { policy: 'margin', margin: 0.123, threshold: 0.4 },
          { policy: 'budget', entropy: 0.8, threshold: 0.75, share: 0.25 },
          { policy: 'stepStart', entropy: 0.8, threshold: 0.45 },
          { policy: 'surprise', surprise: 1.532, threshold: 1 },
        ] as const
      ).map(whyProbed),
      [
        'Probed: confidence 0.41 below 0.9.',
        'Probed: entropy 1.23 nats, not below 0.45.',
        'Probed: the best piece led the second by 0.12, below 0.4.',
        'Probed: entropy 0.8 nats is in the top 25% of the last words, which began at 0.75.',
        'Probed: the first word of a sentence or line, entropy 0.8 nats, not below 0.45.',
        'Probed: the mentor prefers its own word by 1.53 nats, more than 1.',
      ],
    );
  });

  it('say what decided where it was no letter', () => {
    const decision = { ...decisionAt(steps.taken), choice: null, suffix: null, score: 0.5 };
    const at = stepAt(steps.taken);
    assert.equal(
      verdictSentence(decision, at, 'confidence'),
      "The mentor was surer of its word, which takes the mentor's patch.",
    );
    assert.equal(
      verdictSentence(decision, at, 'likelihood'),
      "Both models together hold the mentor's patch for likelier, which takes the mentor's patch.",
    );
    assert.equal(
      verdictSentence(decision, at, 'mlp'),
      "The trained verifier gives the generator's patch a chance of 37.8%, which takes the mentor's patch.",
    );
    assert.equal(
      verdictSentence({ ...decisionAt(steps.kept), choice: null, score: null }, stepAt(steps.kept), 'confidence'),
      "A server does not tell how sure its model was of ending here, which keeps the generator's patch.",
    );
    assert.equal(verdictSentence(decision, at, 'coin'), "A coin was thrown, which takes the mentor's patch.");
    assert.equal(
      verdictSentence(decision, at, 'halfAsSure'),
      "The mentor was more than half as sure of its word as the generator, which takes the mentor's patch.",
    );
    assert.equal(
      verdictSentence({ ...decision, outcome: 'keptGenerator', score: -0.1 }, at, 'halfAsSure'),
      "The mentor was not more than half as sure of its word as the generator, which keeps the generator's patch.",
    );
    assert.equal(
      verdictSentence({ ...decisionAt(steps.taken), score: 0.5 }, at, 'letterSwapped'),
      "Asked in both orders, the verifier leaned towards the mentor, which takes the mentor's patch.",
    );
  });

  it('say which score decided, and what of an answer that is none', () => {
    const scored = (greedyText: string, outcome: Decision['outcome']): string =>
      verdictSentence(
        { ...decisionAt(steps.taken), outcome, choice: { greedyText, letters: [] } },
        stepAt(steps.taken),
        'score',
      );
    assert.equal(
      scored('3', 'tookMentor'),
      "The generator's patch was given the score 3 of 9, below 7, which takes the mentor's patch.",
    );
    assert.equal(
      scored(' 7', 'keptGenerator'),
      "The generator's patch was given the score 7 of 9, at least 7, which keeps the generator's patch.",
    );
    assert.equal(
      scored('Well', 'tookMentor'),
      "Asked for a score, the judge wrote “Well”, which is none and counts as 0, which takes the mentor's patch.",
    );
  });

  it('say what the verifier wrote, to the letter, and what follows', () => {
    assert.equal(
      verdictSentence(decisionAt(steps.taken), stepAt(steps.taken), 'letter'),
      "The verifier said “B”, which takes the mentor's patch.",
    );
    assert.equal(
      verdictSentence(decisionAt(steps.kept), stepAt(steps.kept), 'letter'),
      "The verifier said “␣C”, which is neither A nor B and so keeps the generator's patch.",
    );
    assert.match(verdictSentence(decisionAt(steps.agreed), stepAt(steps.agreed), 'letter'), /no verifier was asked/);
    assert.equal(
      verdictSentence(
        { ...decisionAt(steps.taken), choice: null, score: null, suffix: null },
        stepAt(steps.taken),
        'alwaysMentor',
      ),
      "No verifier was asked: this run always takes the mentor's patch.",
    );
  });

  it('say where a branch did not follow the verifier', () => {
    const decision: Decision = { ...decisionAt(steps.taken), outcome: 'keptGenerator' };
    const { taken } = stepAt(steps.taken);
    const changed = { change: { type: 'other-patch' }, taken: { ...taken, source: 'generator' } } as const;
    assert.equal(
      verdictSentence(decision, changed, 'letter'),
      "The verifier said “B”, but the branch begins otherwise: the generator's patch was taken instead of the mentor's.",
    );
    assert.match(
      verdictSentence({ ...decision, choice: null }, changed, 'letter'),
      /^No verifier was asked, but the branch/,
    );
  });

  it('say why the mentor was not probed, as far as the settings tell', () => {
    const { header } = run;
    assert.ok(header);
    const word = stepAt(1);
    const under = (decision: RunHeader['settings']['decision'], mentor = header.mentor): string =>
      whyNotProbed(word, { ...header, mentor, settings: { ...header.settings, decision } });
    assert.match(
      under({ policy: 'random', probability: 0.24 }),
      /chance did not choose this word \(probability 0\.24\)/,
    );
    assert.match(under({ policy: 'positions', steps: [3] }), /not on the list/);
    assert.match(under({ policy: 'never' }), /never is/);
    assert.match(under({ policy: 'never' }, null), /no mentor/);
    assert.equal(whyNotProbed({ ...word, isShared: true }, header), 'Not probed.');
  });

  it('give log-odds a direction', () => {
    assert.equal(logOddsSentence(2.3), 'Log-odds 2.30 towards the mentor');
    assert.equal(logOddsSentence(-0.84), 'Log-odds 0.84 towards the generator');
    assert.equal(logOddsSentence(-0.001), 'Log-odds 0.00, even');
  });

  it('give the cost of one model', () => {
    const { mentor } = decisionAt(steps.taken).cost;
    assert.equal(
      costSentence({ ...mentor, decoded: 1, prefilled: 1_200, timeMs: 5.25 }),
      '1 token decoded, 1,200 read, 5.3 ms',
    );
  });
});
