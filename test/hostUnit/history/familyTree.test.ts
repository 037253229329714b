import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FamilyTree } from '../../../src/host/history/familyTree.ts';
import type { RunSummary } from '../../../src/host/history/runSummary.ts';
import { branchFrom, summaryOf } from '../support/keptRuns.ts';

/** A run that branches off from another, made at that moment. */
const branch = (runId: string, parentRunId: string, changes: Partial<RunSummary> = {}): RunSummary =>
  summaryOf(runId, { branch: branchFrom(parentRunId), ...changes });

const namesOf = (runs: readonly { readonly runId: string }[]): readonly string[] => runs.map(({ runId }) => runId);

describe('the tree of branches', () => {
  it('has each parent before its branches, the oldest first, each as deep as it is', () => {
    const root = summaryOf('root', { startedAtMs: 1 });
    const runs = [
      branch('second', 'root', { startedAtMs: 5 }),
      branch('deep', 'first', { startedAtMs: 9 }),
      root,
      branch('first', 'root', { startedAtMs: 3 }),
      summaryOf('other', { startedAtMs: 7 }),
    ];
    const tree = new FamilyTree(runs);
    assert.deepEqual(namesOf(tree.roots), ['other', 'root']);
    const expected = [
      ['root', 0],
      ['first', 1],
      ['deep', 2],
      ['second', 1],
    ];
    for (const run of [root, ...runs.slice(0, 2)]) {
      assert.deepEqual(
        tree.familyOf(run).map(({ runId, depth }) => [runId, depth]),
        expected,
      );
    }
    assert.deepEqual(tree.familyOf(summaryOf('other')), []);
  });

  it('tells of each branch whether its answer is another than its parent’s, once both have ended', () => {
    const runs = [
      summaryOf('root', { answer: '36' }),
      branch('same', 'root', { answer: '36.0', startedAtMs: 1 }),
      branch('changed', 'root', { answer: '38', startedAtMs: 2 }),
      branch('lost', 'root', { answer: null, startedAtMs: 3 }),
      branch('running', 'root', { answer: null, phase: 'running', isOpen: true, startedAtMs: 4 }),
      branch('broken', 'root', { answer: null, phase: 'interrupted', isOpen: true, startedAtMs: 5 }),
      branch('below', 'running', { startedAtMs: 6 }),
    ];
    const [root = assert.fail()] = runs;
    assert.deepEqual(
      new FamilyTree(runs).familyOf(root).map(({ runId, answerChanged, phase }) => [runId, answerChanged, phase]),
      [
        ['root', null, 'done'],
        ['same', false, 'done'],
        ['changed', true, 'done'],
        ['lost', true, 'done'],
        ['running', null, 'running'],
        ['below', null, 'done'],
        ['broken', null, 'failed'],
      ],
    );
  });

  it('makes roots of the branches of a run that is gone, which no longer count as branches of any', () => {
    const orphan = branch('orphan', 'gone');
    const tree = new FamilyTree([orphan, branch('child', 'orphan')]);
    assert.deepEqual(namesOf(tree.roots), ['orphan']);
    const [first, second] = tree.familyOf(orphan);
    assert.deepEqual([first?.branch, second?.branch], [null, branchFrom('orphan')]);
  });

  it('takes branches in a circle as a tree, whatever files say, and every run is in it once', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const anyParents = fc.array(fc.option(fc.constantFrom(...ids, 'gone')), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(anyParents, (parents) => {
        const runs = ids.map((runId, index) => {
          const parent = parents[index] ?? null;
          return parent === null ? summaryOf(runId) : branch(runId, parent, { startedAtMs: index });
        });
        const tree = new FamilyTree(runs);
        const seen: string[] = [];
        const waiting = [...tree.roots];
        for (let run = waiting.pop(); run; run = waiting.pop()) {
          seen.push(run.runId);
          waiting.push(...tree.childrenOf(run.runId));
        }
        assert.deepEqual(seen.toSorted(), ids);
        for (const run of runs) {
          const family = tree.familyOf(run);
          assert.ok(family.length === 0 || family.some(({ runId }) => runId === run.runId));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is as deep as the branches go', () => {
    const runs = Array.from({ length: 20_000 }, (_, index) =>
      index === 0 ? summaryOf('run-0') : branch(`run-${index}`, `run-${index - 1}`, { startedAtMs: index }),
    );
    const family = new FamilyTree(runs).familyOf(runs[10_000] ?? assert.fail());
    assert.equal(family.at(-1)?.depth, 19_999);
  });
});
