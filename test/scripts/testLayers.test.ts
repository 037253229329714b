import assert from 'node:assert/strict';
import { LAYERS, selectLayers, summaryLine, tallyResults, totalOf } from '../../scripts/testLayers.js';

const lines = (...states: readonly string[]): string =>
  states.map((state) => `${JSON.stringify({ state })}\n`).join('');
const END = '{"end":true}\n';
const ran = { exitCode: 0, isFiltered: false };

describe('tallyResults', () => {
  it('counts what passed, failed and was skipped', () => {
    const results = lines('passed', 'passed', 'failed', 'pending') + END;
    const tally = tallyResults('unit', { lines: results, exitCode: 1, isFiltered: false });
    assert.deepEqual(tally, { layer: 'unit', passed: 2, failed: 1, skipped: 1 });
  });

  it('adds no failure to a layer that passed', () => {
    assert.equal(tallyResults('host', { ...ran, lines: lines('passed') + END }).failed, 0);
  });

  it('counts a layer that ran nothing as failed, unless a filter left nothing to run', () => {
    assert.equal(tallyResults('host', { ...ran, lines: END }).failed, 1);
    assert.equal(tallyResults('host', { ...ran, lines: END, isFiltered: true }).failed, 0);
  });

  it('counts a layer that broke off as failed, even in the middle of a line', () => {
    assert.equal(tallyResults('host', { ...ran, lines: '' }).failed, 1);
    assert.equal(tallyResults('host', { ...ran, lines: '', isFiltered: true }).failed, 1);
    assert.equal(tallyResults('host', { ...ran, lines: lines('passed') }).failed, 1);
    const cut = tallyResults('host', { ...ran, lines: `${lines('passed')}{"state":"pas` });
    assert.deepEqual(cut, { layer: 'host', passed: 1, failed: 1, skipped: 0 });
  });

  it('counts a bad exit code as a failure when no test failed', () => {
    assert.equal(tallyResults('host', { ...ran, lines: lines('passed') + END, exitCode: 1 }).failed, 1);
  });
});

describe('totalOf', () => {
  const unit = { layer: 'unit', passed: 3, failed: 1, skipped: 2 };

  it('adds the layers up', () => {
    assert.deepEqual(totalOf([unit, { ...unit, layer: 'ui' }]), { layer: 'all', passed: 6, failed: 2, skipped: 4 });
  });

  it('fails a run that tested nothing', () => {
    assert.equal(totalOf([]).failed, 1);
    assert.equal(totalOf([{ layer: 'unit', passed: 0, failed: 0, skipped: 3 }]).failed, 1);
  });
});

describe('summaryLine', () => {
  it('names skipped tests only when there are some', () => {
    const unit = { layer: 'unit', passed: 3, failed: 0, skipped: 0 };
    assert.equal(summaryLine(unit), '3 passed, 0 failed');
    assert.equal(summaryLine({ ...unit, skipped: 2 }), '3 passed, 0 failed, 2 skipped');
  });
});

describe('selectLayers', () => {
  const namesFor = (...args: readonly string[]): readonly string[] => selectLayers(args).layers.map(({ name }) => name);

  it('takes all layers, without a filter', () => {
    assert.deepEqual(selectLayers([]), { layers: LAYERS, grep: null });
  });

  it('takes the layers named, in that order', () => {
    assert.deepEqual(namesFor('--layer', 'ui,host'), ['ui', 'host']);
    assert.deepEqual(namesFor('--layer=ui', '--layer', 'host'), ['ui', 'host']);
  });

  it('leaves the checks out under a filter, unless they are named', () => {
    assert.equal(selectLayers(['--grep', 'stops']).grep, 'stops');
    assert.ok(!namesFor('--grep', 'stops').includes('checks'));
    assert.deepEqual(namesFor('--grep', 'stops', '--layer', 'checks'), ['checks']);
  });

  it('refuses what it does not know', () => {
    assert.throws(() => selectLayers(['--layer', 'uo']), /no layer "uo".*unit/);
    assert.throws(() => selectLayers(['--layer']), /--layer/);
    assert.throws(() => selectLayers(['--watch']), /--watch/);
    assert.throws(() => selectLayers(['unit']), /unit/);
  });
});
