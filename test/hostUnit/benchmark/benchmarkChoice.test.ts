import assert from 'node:assert/strict';
import { choiceOf, dataName } from '../../../src/host/benchmark/benchmarkChoice.ts';

describe('the choice of a benchmark', () => {
  it('is asked for where a command was given none, as by a menu', () => {
    for (const argument of [undefined, null, 'demo', { fsPath: '/a.jsonl', scheme: 'file' }])
      assert.equal(choiceOf(argument), null);
  });

  it('takes what is offered where something is left out', () => {
    assert.deepEqual(choiceOf({ data: 'demo:math' }), {
      data: 'demo:math',
      arms: ['generator', 'mentor', 'paper-free', 'balanced'],
      limit: 20,
      seeds: 1,
    });
  });

  it('takes paths and URIs of files', () => {
    const uriOf = (data: string): string | undefined => choiceOf({ data })?.data;
    assert.equal(uriOf('/home/me/my data.jsonl'), 'file:///home/me/my%20data.jsonl');
    assert.equal(uriOf('C:\\data\\a.jsonl'), 'file:///C%3A/data/a.jsonl');
    assert.equal(uriOf('vscode-remote://ssh/home/a.jsonl'), 'vscode-remote://ssh/home/a.jsonl');
  });

  it('is refused where it is none, with what it may be', () => {
    assert.throws(() => choiceOf({ data: 'demo', limit: 0 }), /can't be run: .*limit.*may have "data", "arms"/);
    assert.throws(() => choiceOf({ data: 'demo', arms: [] }), /arms/);
    assert.throws(() => choiceOf({ data: 'demo', seeds: 1_000 }), /seeds/);
  });

  it('calls data by the name of its file', () => {
    assert.equal(dataName('demo:math'), 'demo:math');
    assert.equal(dataName('file:///home/me/my%20data.jsonl'), 'my data.jsonl');
    assert.equal(dataName('file:///home/100%.jsonl'), '100%.jsonl');
  });
});
