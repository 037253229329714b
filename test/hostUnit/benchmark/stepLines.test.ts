import assert from 'node:assert/strict';
import { armLines, limitLines, seedLines } from '../../../src/host/benchmark/stepLines.ts';

const items = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).flatMap(([domain, count]) => Array.from({ length: count }, () => ({ domain })));

describe('what the steps of a benchmark offer', () => {
  it('is generator, mentor, every preset and the peers, with the models alone, paper-free and the default chosen', () => {
    const lines = armLines({ generator: 'small', mentor: 'large' });
    assert.deepEqual(
      lines.map(({ means, picked }) => [means, picked]),
      [
        ['generator', true],
        ['mentor', true],
        ['balanced', true],
        ['frugal', false],
        ['thorough', false],
        ['paper-free', true],
        ['paper-mlp', false],
        ['always-mentor', false],
        ['always-generator', false],
        ['coin', false],
        ['nudging', false],
        ['cosd', false],
        ['specreason', false],
      ],
    );
    assert.equal(lines[0]?.description, 'small alone');
  });

  it('is a first look, more, or all, with how many questions that comes to', () => {
    const lines = limitLines(items({ math: 300, facts: 50 }));
    assert.deepEqual(
      lines.map(({ label, description, means, picked }) => [label, description, means, picked]),
      [
        ['The first 20 of each of 2 domains', '40 questions, for a first look', 20, true],
        ['The first 100 of each of 2 domains', '150 questions', 100, false],
        ['All', '350 questions', null, false],
      ],
    );
  });

  it('is all of few questions', () => {
    assert.deepEqual(limitLines(items({ all: 1 })), [
      { label: 'All', description: '1 question', means: null, picked: true },
    ]);
  });

  it('is one seed or three, with the runs that gives', () => {
    const lines = seedLines((seeds) => 40 + 20 * seeds);
    assert.deepEqual(
      lines.map(({ means, description }) => [means, description.split(':')[0]]),
      [
        [1, '60 runs'],
        [3, '100 runs'],
      ],
    );
  });
});
