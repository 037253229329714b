import assert from 'node:assert/strict';
import type { RunHeader } from '../../../src/core/runHeader.ts';
import { RunModel } from '../../../src/webview/model/runModel.ts';
import { neighbourWord, selectedStep, stepAtOffset } from '../../../src/webview/model/selectedStep.ts';
import { sampleRun } from '../../support/panelPage/sampleRun.ts';

const { script, steps } = sampleRun();
const model = new RunModel('sample');
model.add(script.lines);
const source = { view: model.view(), decisionByStep: model.decisionByStep, header: model.header };
const { view } = source;

describe('selectedStep', () => {
  it('finds where the text of every step stands, and where that of a step without text would', () => {
    for (const { step, text } of view.steps) {
      const selected = selectedStep(step, source);
      assert.ok(selected);
      assert.equal(view.text.slice(selected.start, selected.end), text);
    }
    assert.equal(selectedStep(steps.end, source)?.start, view.text.length);
  });

  it('is null for no step and for one that has not come', () => {
    assert.equal(selectedStep(null, source), null);
    assert.equal(selectedStep(view.steps.length, source), null);
  });

  it('tells the steps that a branch has from its parent, and what it changed', () => {
    assert.ok(model.header);
    const change = { type: 'other-patch' } as const;
    const header: RunHeader = { ...model.header, branch: { parentRunId: 'parent', step: steps.taken, change } };
    const at = (step: number) => selectedStep(step, { ...source, header });
    assert.deepEqual([at(steps.taken - 1)?.isShared, at(steps.taken - 1)?.change], [true, null]);
    assert.deepEqual([at(steps.taken)?.isShared, at(steps.taken)?.change], [false, change]);
    assert.deepEqual([at(steps.taken + 1)?.isShared, at(steps.taken + 1)?.change], [false, null]);
  });
});

describe('stepAtOffset', () => {
  it('finds the step of every character', () => {
    for (const { step, start, text } of view.segments) {
      assert.equal(stepAtOffset(view.segments, start), step);
      assert.equal(stepAtOffset(view.segments, start + text.length - 1), step);
    }
  });

  it('is null outside the text', () => {
    assert.equal(stepAtOffset(view.segments, -1), null);
    assert.equal(stepAtOffset(view.segments, view.text.length), null);
    assert.equal(stepAtOffset([], 0), null);
  });
});

describe('the neighbours of a word', () => {
  it('are the words before and after, the ends without a neighbour', () => {
    assert.equal(neighbourWord(source, 3, 1), 4);
    assert.equal(neighbourWord(source, 3, -1), 2);
    assert.equal(neighbourWord(source, 0, -1), null);
    assert.equal(neighbourWord(source, view.steps.length - 1, 1), null);
  });
});
