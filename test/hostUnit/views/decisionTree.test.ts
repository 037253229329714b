import assert from 'node:assert/strict';
import type { Decision } from '../../../src/core/view/runView.ts';
import { viewRun } from '../../../src/core/view/runView.ts';
import type { DecisionLeaf } from '../../../src/host/views/decisions/decisionTree.ts';
import { DecisionTree, GROUP_SIZE, LONGEST_LIST } from '../../../src/host/views/decisions/decisionTree.ts';
import { DIVERGENCES, filterOf, isHiding, NO_FILTER, TAKEN } from '../../../src/host/views/decisions/outcomeFilter.ts';
import { StoredFilter } from '../../../src/host/views/decisions/storedFilter.ts';
import { eventsOf } from '../../../src/protocol/eventsOf.ts';
import { longRun, sampleRun } from '../../support/panelPage/sampleRun.ts';

const { script, steps } = sampleRun();
const SAMPLE = viewRun(eventsOf(script.lines)).decisions;
const MANY = viewRun(eventsOf(longRun(12_000).lines)).decisions;

function treeOf(decisions: readonly Decision[], filter = NO_FILTER): DecisionTree {
  const tree = new DecisionTree(filter);
  tree.grow(decisions);
  return tree;
}

function stepsOf(leaves: readonly DecisionLeaf[]): readonly number[] {
  return leaves.map(({ decision }) => decision.step);
}

function leavesOf(tree: DecisionTree): readonly DecisionLeaf[] {
  return tree.roots.flatMap((node) => (node.type === 'group' ? node.leaves : [node]));
}

describe('DecisionTree', () => {
  it('lists every decision of a short run in order, at the top', () => {
    const tree = treeOf(SAMPLE);
    assert.deepEqual(stepsOf(leavesOf(tree)), [
      steps.taken,
      steps.agreed,
      steps.kept,
      steps.takenLast,
      steps.end - 1,
      steps.end,
    ]);
    assert.ok(leavesOf(tree).every((leaf) => tree.groupOf(leaf) === null));
  });

  it('shows only what its filter lets through', () => {
    assert.deepEqual(stepsOf(leavesOf(treeOf(SAMPLE, TAKEN))), [steps.taken, steps.takenLast]);
    const divergences = treeOf(SAMPLE, DIVERGENCES);
    assert.deepEqual([divergences.size, divergences.leafAt(steps.agreed)], [3, null]);
    assert.equal(divergences.leafAt(steps.kept)?.decision.outcome, 'keptGenerator');
    assert.equal(treeOf(MANY, TAKEN).size, 0);
  });

  it('is drawn anew as a whole while it is short, and not at all when nothing has come', () => {
    const tree = new DecisionTree(NO_FILTER);
    assert.equal(tree.grow(SAMPLE.slice(0, 2)), 'all');
    assert.equal(tree.grow(SAMPLE.slice(0, 2)), 'nothing');
    const first = leavesOf(tree)[0];
    assert.equal(tree.grow(SAMPLE), 'all');
    assert.equal(leavesOf(tree)[0], first);
    const filtered = new DecisionTree(TAKEN);
    filtered.grow(SAMPLE.slice(0, 1));
    assert.equal(filtered.grow(SAMPLE.slice(0, 3)), 'nothing');
  });

  it('puts the decisions of a long run into groups, and finds each of them there', () => {
    const tree = treeOf(MANY);
    assert.equal(tree.size, 3_000);
    assert.equal(tree.roots.length, 3_000 / GROUP_SIZE);
    assert.deepEqual(
      stepsOf(leavesOf(tree)),
      MANY.map(({ step }) => step),
    );
    for (const [index, { step }] of MANY.entries()) {
      const leaf = tree.leafAt(step) ?? assert.fail(`step ${step}`);
      const group = tree.groupOf(leaf);
      assert.equal(group?.index, Math.floor(index / GROUP_SIZE));
      assert.ok(group.leaves.includes(leaf));
    }
  });

  it('draws only its last group anew as a long run grows, whatever its length', () => {
    const tree = new DecisionTree(NO_FILTER);
    let drawn = 0;
    let whole = 0;
    for (let length = 1; length <= MANY.length; length++) {
      const change = tree.grow(MANY.slice(0, length));
      if (change === 'all') whole += 1;
      if (change === 'all') drawn += tree.roots.length;
      else drawn += change === 'nothing' ? 0 : change.leaves.length;
    }
    assert.equal(whole, LONGEST_LIST + (MANY.length - LONGEST_LIST) / GROUP_SIZE);
    assert.ok(drawn < MANY.length * GROUP_SIZE, `${drawn} items were drawn`);
  });

  it('makes another item of a decision on request, and of that one alone', () => {
    const tree = treeOf(SAMPLE);
    const leaf = tree.leafAt(steps.kept) ?? assert.fail('no decision');
    tree.renew(leaf);
    assert.deepEqual(
      leavesOf(tree).map(({ renewals }) => renewals),
      [0, 0, 1, 0, 0, 0],
    );
    tree.renew({ ...leaf });
    assert.equal(leaf.renewals, 1);
  });
});

describe('the filter of outcomes', () => {
  class Memory {
    readonly values = new Map<string, unknown>();
    get(key: string): undefined {
      // A memory gives back whatever was put in; the caller takes it for unknown.
      return this.values.get(key) as undefined;
    }
    update(key: string, value: unknown): Promise<void> {
      this.values.set(key, value);
      return Promise.resolve();
    }
  }

  it('hides nothing when it has every outcome, or none that there is', () => {
    assert.equal(isHiding(filterOf([])), false);
    assert.equal(isHiding(filterOf(['of the future', 3, null])), false);
    assert.equal(isHiding(filterOf(['agreed', 'tookMentor', 'keptGenerator'])), false);
    assert.deepEqual([...filterOf(['agreed', 'tookMentor'])], ['tookMentor', 'agreed']);
  });

  it('is kept, and starts anew from what another version has left', async () => {
    const memory = new Memory();
    const filter = new StoredFilter(memory);
    let changes = 0;
    filter.onDidChange(() => (changes += 1));
    assert.equal(isHiding(filter.outcomes), false);
    await filter.change(DIVERGENCES);
    assert.equal(changes, 1);
    assert.deepEqual(new StoredFilter(memory).outcomes, DIVERGENCES);
    for (const key of memory.values.keys()) memory.values.set(key, { outcomes: 1 });
    assert.equal(isHiding(new StoredFilter(memory).outcomes), false);
  });
});
