import assert from 'node:assert/strict';
import type { Fact } from '../../../src/webview/model/runFacts.ts';
import { runFacts } from '../../../src/webview/model/runFacts.ts';
import { RunModel } from '../../../src/webview/model/runModel.ts';
import { RunScript } from '../../support/panelPage/runScript.ts';
import { sampleRun } from '../../support/panelPage/sampleRun.ts';

function factsOf(script: RunScript, options: { isActive?: boolean; hasMentor?: boolean } = {}): Map<string, Fact> {
  const run = new RunModel(script.runId);
  run.add(script.lines);
  const input = { view: run.view(), totals: run.totals, isActive: false, hasMentor: true, ...options };
  return new Map(runFacts(input).map((fact) => [fact.id, fact]));
}

const shown = (fact: Fact | undefined): string => `${fact?.value ?? ''} | ${fact?.detail ?? ''}`;

describe('runFacts', () => {
  it('tells what the mentor changed and what it cost', () => {
    const facts = factsOf(sampleRun().script);
    assert.equal(shown(facts.get('answer')), '171 | ');
    assert.equal(shown(facts.get('probes')), '6 | of 42 steps');
    assert.equal(shown(facts.get('diverged')), '3 | 3 agreed');
    assert.equal(shown(facts.get('taken')), "2 | 1 kept the generator's");
    assert.match(shown(facts.get('mentor-share')), /^20\.7% \| 17 of 82 tokens$/);
  });

  it('sets the thousands of large counts apart', () => {
    const run = new RunModel('r');
    const view = run.view();
    const counts = { ...view.counts, probes: 2390, divergences: 1785, taken: 380, agreed: 1605 };
    const input = { view: { ...view, counts }, totals: run.totals, isActive: false, hasMentor: true };
    const facts = new Map(runFacts(input).map((fact) => [fact.id, fact]));
    assert.equal(facts.get('probes')?.value, '2,390');
    assert.equal(shown(facts.get('diverged')), '1,785 | 1,605 agreed');
    assert.equal(shown(facts.get('taken')), "380 | 1,405 kept the generator's");
  });

  it('measures the speed of a finished run over its whole time', () => {
    // 82 tokens in 1,240 ms.
    assert.equal(factsOf(sampleRun().script).get('speed')?.value, '66');
  });

  it('measures the speed of a run under way over the time spent in the models', () => {
    const script = new RunScript('r', 'q').write('one');
    // 1 token in 31 ms of prompt and 8 ms of step.
    assert.equal(factsOf(script, { isActive: true }).get('speed')?.value, '26');
  });

  it('has no speed before any time was spent', () => {
    const run = new RunModel('r');
    const [speed] = runFacts({ view: run.view(), totals: run.totals, isActive: true, hasMentor: true }).slice(-1);
    assert.equal(speed?.value, '–');
  });

  it('says why a share of 0 is 0, once the run is over', () => {
    const agreed = new RunScript('r', 'q').write('one').agree(' two');
    assert.match(shown(factsOf(agreed).get('mentor-share')), /^0% \| the mentor agreed at every probe$/);
    assert.match(shown(factsOf(agreed, { isActive: true }).get('mentor-share')), /^0% \| 0 of 2 tokens$/);
    assert.match(shown(factsOf(agreed, { hasMentor: false }).get('mentor-share')), /no mentor/);
  });

  it('says whether an answer may still come', () => {
    const script = new RunScript('r', 'q').write('one');
    assert.equal(shown(factsOf(script, { isActive: true }).get('answer')), '– | not yet');
    assert.equal(shown(factsOf(script.end()).get('answer')), '– | none found');
  });
});
