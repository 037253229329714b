import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import type { SeenModels } from '../../../src/bench/folder/journal.ts';
import { Journal } from '../../../src/bench/folder/journal.ts';
import type { RunRecord } from '../../../src/bench/run/runRecord.ts';
import { runRecord } from '../../support/bench/testRecords.ts';
import { scratchFolder } from '../../support/scratchFolder.ts';

const MODELS: SeenModels = {
  generator: { name: 'small', sha256: 'a', quantization: null, server: null },
  mentor: { name: 'large', sha256: null, quantization: 'Q8_0', server: 'http://x/v1' },
  verifier: null,
};

describe('the journal of a bench', () => {
  const folder = scratchFolder();
  let count = 0;
  let path = '';
  beforeEach(() => {
    path = folder.file(`results-${count++}.jsonl`);
  });
  const records: readonly RunRecord[] = [
    runRecord({
      item: 'größe 🎲',
      answer: '½',
      decisions: [
        [0, 'agreed', null],
        [3, 'tookMentor', -2.5],
      ],
    }),
    runRecord({ item: 'q1', stop: 'failed', failure: 'a\nb\u2028', isCorrect: false, answer: null }),
    runRecord({ item: 'q2', trace: 'runs/a/b', page: 'runs/a/c', mentorSteps: 3 }),
  ];
  const write = async (what: readonly RunRecord[] = records): Promise<void> => {
    const journal = await Journal.open(path);
    await journal.setModels(MODELS);
    for (const record of what) await journal.addRun(record);
    await journal.close();
  };
  const read = async (): Promise<Pick<Journal, 'records' | 'models'>> => {
    const journal = await Journal.open(path);
    await journal.close();
    return journal;
  };
  const lines = (): readonly string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1);
  const plain = (kept: readonly RunRecord[]) =>
    kept.map((record) => Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'type')));

  it('is empty where there is none yet', async () => {
    const { records: kept, models } = await read();
    assert.deepEqual([kept, models], [[], { generator: null, mentor: null, verifier: null }]);
  });

  it('gives back what was added, in order, and the models', async () => {
    await write();
    const { records: kept, models } = await read();
    assert.deepEqual(plain(kept), records);
    assert.deepEqual({ ...models, type: undefined }, { ...MODELS, type: undefined });
  });

  it('keeps the tokens of a verifier', async () => {
    const none = { accepted: 0, decoded: 0, prefilled: 0 };
    const tokens = { generator: none, mentor: none, verifier: { accepted: 0, decoded: 1, prefilled: 2 } };
    await write([runRecord({ tokens })]);
    assert.deepEqual((await read()).records[0]?.tokens, tokens);
  });

  it('has a line on the disk as soon as it is added', async () => {
    const journal = await Journal.open(path);
    await journal.addRun(runRecord());
    assert.equal(lines().length, 1);
    await journal.close();
  });

  it('keeps lines whole that are added at once', async () => {
    const journal = await Journal.open(path);
    const many = Array.from({ length: 50 }, (_, index) => runRecord({ item: `${index}`.repeat(1 + 97 * (index % 7)) }));
    await Promise.all([...many.map((record) => journal.addRun(record)), journal.setModels(MODELS)]);
    await journal.close();
    assert.equal(lines().length, 51);
    assert.deepEqual(plain((await read()).records), many);
  });

  it('waits for what is being written before it closes', async () => {
    const journal = await Journal.open(path);
    const added = journal.addRun(runRecord());
    await journal.close();
    await added;
    assert.equal(lines().length, 1);
  });

  it('counts no run that could not be written, and writes none behind it', async () => {
    const journal = await Journal.open(path);
    await journal.addRun(runRecord());
    await journal.close();
    await assert.rejects(journal.addRun(runRecord({ item: 'q1' })), {
      code: 'bad-input',
      message: /results-\d+\.jsonl can't be written/,
    });
    assert.equal(journal.records.length, 1);
    await assert.rejects(journal.addRun(runRecord({ item: 'q2' })));
  });

  it('cuts off half a last line, wherever it was cut, and goes on behind the whole ones', async () => {
    await write();
    const whole = readFileSync(path);
    const before = whole.lastIndexOf('\n', -2) + 1;
    // Every byte of the last line but the one that ends it.
    for (let end = before; end < whole.length; end += 7) {
      writeFileSync(path, whole.subarray(0, end));
      const journal = await Journal.open(path);
      assert.equal(journal.records.length, 2);
      await journal.addRun(runRecord({ item: 'q9' }));
      await journal.close();
      assert.deepEqual(
        (await read()).records.map(({ item }) => item),
        ['größe 🎲', 'q1', 'q9'],
      );
    }
  });

  it('cuts where it should though a byte before is no text', async () => {
    await write([runRecord({ item: '?' })]);
    const bytes = readFileSync(path);
    bytes[bytes.indexOf('?')] = 0xff;
    writeFileSync(path, bytes);
    appendFileSync(path, '{');
    await read();
    assert.deepEqual(readFileSync(path), bytes);
  });

  it('is refused by a whole line that is none of a journal, which is named', async () => {
    await write();
    for (const bad of ['', '{"type":"run-done"', '{"type":"else"}', '[]', '\u0000']) {
      const kept = lines();
      writeFileSync(path, [...kept.slice(0, 2), bad, ...kept.slice(2), ''].join('\n'));
      await assert.rejects(Journal.open(path), (thrown) => {
        assert.match(
          String(thrown),
          /results-\d+\.jsonl:3 is no result of a bench\. Take the line out, and go on by --/,
        );
        return true;
      });
      writeFileSync(path, [...kept, ''].join('\n'));
    }
  });

  it('is left as it is where it is refused', async () => {
    await write();
    appendFileSync(path, 'nonsense\n');
    const before = readFileSync(path);
    await assert.rejects(Journal.open(path));
    assert.deepEqual(readFileSync(path), before);
  });

  it('is read again after each cut of a run that is made again', async () => {
    await write();
    truncateSync(path, readFileSync(path).length - 3);
    await write([runRecord({ item: 'q2', answer: 'again' })]);
    assert.equal((await read()).records.at(-1)?.answer, 'again');
  });
});
