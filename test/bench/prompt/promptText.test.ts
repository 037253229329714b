import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseDataSet } from '../../../src/bench/data/dataSet.ts';
import { promptText } from '../../../src/bench/prompt/promptText.ts';
import { benchItem, choiceItem } from '../benchItems.ts';

describe('promptText', () => {
  it('sends the problems of the demo pair as they are', () => {
    for (const name of ['math', 'commonsense', 'knowledge']) {
      const text = readFileSync(new URL(`../../../media/models/problems/${name}.jsonl`, import.meta.url), 'utf8');
      for (const item of parseDataSet([{ name, text }])) assert.equal(promptText(item), item.question);
    }
  });

  it('writes choices a line each, and says how to answer', () => {
    assert.equal(
      promptText(choiceItem(['Rome', 'Paris'], 'B')),
      'Which?\nA. Rome\nB. Paris\n\nThink step by step and finish with: The answer is (X). X is one of A, B.',
    );
  });

  it('leaves the instruction out when asked to, but not the choices', () => {
    assert.equal(promptText(choiceItem(['Rome', 'Paris'], 'B'), { instruction: 'none' }), 'Which?\nA. Rome\nB. Paris');
  });

  it('asks for the form that each kind of answer is found in', () => {
    const gsm8k = benchItem({ layout: 'gsm8k', task: 'number' });
    assert.match(promptText(gsm8k), /^Which\?\n\nThink step by step.*The answer is N\./);
    assert.match(promptText(benchItem({ layout: 'math', task: 'math' })), /final answer within \\boxed\{\}\.$/);
    assert.match(promptText(benchItem(), { instruction: 'task' }), /The answer is X\./);
    assert.equal(promptText(gsm8k, { instruction: 'none' }), 'Which?');
  });

  it('puts examples before the question, or around it', () => {
    assert.equal(promptText(benchItem(), { fewShot: 'Q: 1+1?\nA: 2\n' }), 'Q: 1+1?\nA: 2\n\nWhich?');
    assert.equal(promptText(benchItem({ question: '$&?' }), { fewShot: 'Q: {question}\nA:' }), 'Q: $&?\nA:');
    assert.equal(promptText(benchItem(), { fewShot: '\n' }), 'Which?');
  });
});
