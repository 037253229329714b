import assert from 'node:assert/strict';
import { FamilyTree } from '../../../src/host/history/familyTree.ts';
import type { RunSummary } from '../../../src/host/history/runSummary.ts';
import { dayLabel, nextDayMs } from '../../../src/host/views/runs/dayLabel.ts';
import type { RunsTree } from '../../../src/host/views/runs/runsTree.ts';
import { runsTree } from '../../../src/host/views/runs/runsTree.ts';
import { branchFrom, summaryOf } from '../support/keptRuns.ts';

/** A moment in local time; months count from 1. */
const at = (month: number, day: number, hour = 12): number => new Date(2026, month - 1, day, hour).getTime();
const NOW = { nowMs: at(3, 30, 0), language: 'en' };

function treeOf(runs: readonly RunSummary[], filter = ''): RunsTree {
  return runsTree(runs, new FamilyTree(runs), { ...NOW, filter });
}

const outline = ({ days }: RunsTree): unknown => days.map(({ label, runIds }) => [label, runIds]);

describe('the tree of the Runs view', () => {
  it('has a day for each on which runs began, newest first, in words where people have them', () => {
    const runs = [
      summaryOf('old', { startedAtMs: at(1, 2) }),
      summaryOf('yesterday', { startedAtMs: at(3, 29, 23) }),
      summaryOf('today', { startedAtMs: at(3, 30, 0) }),
      summaryOf('before', { startedAtMs: at(3, 28, 23) }),
      summaryOf('older', { startedAtMs: at(1, 2, 3) }),
    ];
    assert.deepEqual(outline(treeOf(runs)), [
      ['Today', ['today']],
      ['Yesterday', ['yesterday']],
      ['Saturday, March 28, 2026', ['before']],
      ['Friday, January 2, 2026', ['old', 'older']],
    ]);
  });

  it('tells days by the calendar, whatever the clocks do, in the language of the window', () => {
    // In many places the night before has lost or gained an hour.
    for (const day of [at(3, 29, 0), at(3, 29, 23)]) assert.equal(dayLabel(day, NOW), 'Yesterday');
    assert.equal(dayLabel(at(1, 2), { ...NOW, language: 'de' }), 'Freitag, 2. Januar 2026');
    assert.equal(nextDayMs(at(3, 28, 23)), at(3, 29, 0));
    assert.equal(nextDayMs(at(12, 31)), new Date(2027, 0, 1).getTime());
  });

  it('keeps a branch with its parent, on the day of that', () => {
    const runs = [
      summaryOf('parent', { startedAtMs: at(1, 2) }),
      summaryOf('branch', { startedAtMs: at(3, 30), branch: branchFrom('parent') }),
      summaryOf('orphan', { startedAtMs: at(3, 30), branch: branchFrom('gone') }),
    ];
    assert.deepEqual(outline(treeOf(runs)), [
      ['Today', ['orphan']],
      ['Friday, January 2, 2026', ['parent']],
    ]);
  });

  it('finds runs by all words, in question, title, answer, models and preset, whatever their case', () => {
    const runs = [
      summaryOf('plain', { startedAtMs: 1 }),
      summaryOf('titled', { startedAtMs: 2, title: 'Äpfel und Birnen' }),
      summaryOf('other', {
        startedAtMs: 3,
        question: 'Why is the sky blue?',
        answer: 'Rayleigh',
        mentorName: 'Qwen3-8B',
      }),
      summaryOf('damaged', { startedAtMs: 4, question: '', generatorName: null, preset: null, answer: null }),
    ];
    const found = (filter: string): readonly string[] => [...treeOf(runs, filter).runs.keys()].toSorted();
    assert.deepEqual(found('  '), ['damaged', 'other', 'plain', 'titled']);
    assert.deepEqual(found('ÄPFEL'), ['titled']);
    assert.deepEqual(found('blue qwen3'), ['other']);
    assert.deepEqual(found('rayleigh'), ['other']);
    assert.deepEqual(found('2 + 2'), ['plain', 'titled']);
    assert.deepEqual(found('paper-free demo-small sky'), ['other']);
    assert.deepEqual(found('blue nothing'), []);
    assert.deepEqual(outline(treeOf(runs, 'nothing')), []);
  });

  it('shows the parents of a branch that was found, and counts only what was found', () => {
    const runs = [
      summaryOf('parent', { startedAtMs: at(1, 2) }),
      summaryOf('found', { startedAtMs: at(1, 3), branch: branchFrom('parent'), title: 'Found' }),
      summaryOf('sister', { startedAtMs: at(1, 3), branch: branchFrom('parent') }),
    ];
    const tree = treeOf(runs, 'found');
    assert.deepEqual([...tree.runs.keys()].toSorted(), ['found', 'parent']);
    assert.equal(tree.found, 1);
  });
});
