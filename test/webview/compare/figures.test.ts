import assert from 'node:assert/strict';
import type { ComparedRun } from '../../../src/protocol/compare.ts';
import { ColumnModel } from '../../../src/webview/compare/model/columnModel.ts';
import { figureGroups } from '../../../src/webview/compare/model/figures.ts';
import { figuresMarkdown } from '../../../src/webview/compare/model/figuresMarkdown.ts';
import { sampleComparison } from '../../support/panelPage/sampleComparison.ts';

function modelOf({ lines, ...column }: ComparedRun): ColumnModel {
  const model = new ColumnModel(column);
  model.add(lines);
  return model;
}

const { columns } = sampleComparison();

/** The values of a line of the figures, by its id. */
function values(runs: readonly ComparedRun[], id: string): readonly string[] {
  const rows = figureGroups(runs.map(modelOf), 0).flatMap((group) => group.rows);
  return (rows.find((row) => row.id === id) ?? assert.fail(id)).cells.map(({ value }) => value);
}

describe('the figures of a comparison', () => {
  it('count each model’s tokens under its name, whatever its part in a run', () => {
    assert.deepEqual(values(columns, 'demo-mentor-accepted'), ['–', '66', '17']);
    assert.deepEqual(values(columns, 'demo-small-decoded'), ['122', '–', '105']);
  });

  it('add up both parts of a model that is its own mentor', () => {
    const alike = columns.map((column) => ({
      ...column,
      generatorName: 'one',
      mentorName: column.mentorName && 'one',
    }));
    assert.deepEqual(values(alike, 'one-accepted'), ['82', '66', '82']);
  });

  it('tell while a run goes on what its steps have cost until then', () => {
    const [, , pair] = columns;
    assert.ok(pair);
    const running = { ...pair, state: { phase: 'reasoning', sinceMs: 0 } as const, lines: pair.lines.slice(0, -1) };
    assert.deepEqual(values([running], 'answer'), ['–']);
    assert.deepEqual(values([running], 'steps'), ['42']);
    assert.notDeepEqual(values([running], 'demo-mentor-decoded'), ['0']);
  });

  it('say of answers only whether they are the same, and nothing without one', () => {
    const none = columns.map((column, i) => (i === 1 ? { ...column, answerGroup: null } : column));
    const [answers] = figureGroups(none.map(modelOf), 0)[0]?.rows ?? [];
    assert.deepEqual(
      answers?.cells.map(({ compared }) => compared),
      [null, null, 'different'],
    );
  });

  it('tell of a branch that its time is only its own', () => {
    const branched = columns.map((column) => ({ ...column, isBranch: column.arm === 'pair' }));
    const rows = figureGroups(branched.map(modelOf), 0).flatMap((group) => group.rows);
    assert.match(rows.find(({ id }) => id === 'time')?.explanation ?? '', /branch/);
  });

  it('make a Markdown table in which no answer can end a cell or begin markup', () => {
    const cell = { detail: null, compared: null };
    const cells = [
      { ...cell, value: 'a|b <i>*c*' },
      { ...cell, value: 'two\nlines' },
    ];
    const row = { id: 'answer', label: 'Answer', explanation: null, cells };
    const markdown = figuresMarkdown(['One', 'Two'], [{ title: 'Tokens of x_y', rows: [row] }]);
    assert.equal(
      markdown,
      '|  | One | Two |\n| --- | --- | --- |\n| Tokens of x\\_y: answer | a\\|b \\<i\\>\\*c\\* | two lines |\n',
    );
  });
});
