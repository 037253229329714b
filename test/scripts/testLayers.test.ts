import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { productionPackages } from '../../scripts/packaging/productionPackages.js';
import { isStale, requireNode } from '../../scripts/setUp.js';
import { LAYERS, selectLayers, summaryLine, tallyResults } from '../../scripts/testLayers.js';

const lines = (...states: readonly string[]): string => states.map((state) => JSON.stringify({ state })).join('\n');
const END = '\n{"end":true}\n';

describe('tallyResults', () => {
  it('counts what passed, failed and was skipped', () => {
    const tally = tallyResults('unit', lines('passed', 'passed', 'failed', 'pending') + END, 1);
    assert.deepEqual(tally, { layer: 'unit', passed: 2, failed: 1, skipped: 1 });
  });

  it('counts a layer that ran nothing, broke off, or ended badly without a failure as failed', () => {
    assert.equal(tallyResults('host', '', 0).failed, 1);
    assert.equal(tallyResults('host', END, 0).failed, 1);
    assert.equal(tallyResults('host', lines('passed'), 0).failed, 1);
    assert.equal(tallyResults('host', lines('passed') + END, 1).failed, 1);
    assert.equal(tallyResults('host', lines('passed') + END, 0).failed, 0);
  });
});

describe('summaryLine', () => {
  it('adds the layers up and names skipped tests only when there are some', () => {
    const unit = { layer: 'unit', passed: 3, failed: 0, skipped: 0 };
    assert.equal(summaryLine([unit, { ...unit, layer: 'ui' }]), '6 passed, 0 failed');
    assert.equal(summaryLine([unit, { ...unit, skipped: 2 }]), '6 passed, 0 failed, 2 skipped');
  });
});

describe('selectLayers', () => {
  it('takes all layers, or those named, and a filter', () => {
    assert.equal(selectLayers([]).layers, LAYERS);
    const { layers, grep } = selectLayers(['--layer', 'ui,host', '--grep', 'stops']);
    assert.deepEqual(
      layers.map((layer) => layer.name),
      ['ui', 'host'],
    );
    assert.equal(grep, 'stops');
  });

  it('refuses what it does not know', () => {
    assert.throws(() => selectLayers(['--layer', 'uo']), /no layer "uo".*unit/);
    assert.throws(() => selectLayers(['--layer']), /needs a value/);
    assert.throws(() => selectLayers(['--watch', 'x']), /Unknown option --watch/);
  });
});

describe('set-up', () => {
  it('refuses a Node that is too old and says which is needed', () => {
    assert.throws(() => {
      requireNode('20.18.3');
    }, /20\.18\.3 is too old: 20\.19/);
    requireNode('20.19.0');
    requireNode('24.1.0');
  });

  it('builds when the built file is missing or older than a source', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stale-'));
    const [source, built] = [join(folder, 'source'), join(folder, 'built')];
    writeFileSync(source, '');
    assert.equal(isStale(built, [folder]), true);
    writeFileSync(built, '');
    utimesSync(source, 1_000, 1_000);
    utimesSync(built, 2_000, 2_000);
    assert.equal(isStale(built, [source]), false);
    utimesSync(source, 3_000, 3_000);
    assert.equal(isStale(built, [source]), true);
    rmSync(folder, { recursive: true });
  });
});

describe('productionPackages', () => {
  it('follows dependencies to the nearest installed copy, and leaves the rest out', () => {
    const packages = {
      'node_modules/a': { dependencies: { b: '1', c: '1' } },
      'node_modules/a/node_modules/b': { dependencies: { c: '1' } },
      'node_modules/b': {},
      'node_modules/c': {},
      'node_modules/d': {},
    };
    assert.deepEqual(productionPackages(packages, 'a'), [
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/c',
    ]);
  });

  it('says what is missing from the lock file', () => {
    assert.throws(() => productionPackages({ 'node_modules/a': { dependencies: { b: '1' } } }, 'a'), /does not hold b/);
  });
});
