import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve, sep } from 'node:path';
import type { BenchIdentity } from '../../../src/bench/folder/benchIdentity.ts';
import { armIdentities, itemsHash } from '../../../src/bench/folder/benchIdentity.ts';
import { BenchFolder } from '../../../src/bench/folder/benchFolder.ts';
import { parseTrace } from '../../../src/protocol/traceText.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { CHANCE, EVERY_WORD, GENERATOR, pairArm } from '../../support/bench/testArms.ts';
import { testIdentity } from '../../support/bench/testIdentity.ts';
import { numberItem, numberItems } from '../../support/bench/testItems.ts';
import { runRecord } from '../../support/bench/testRecords.ts';
import { scriptedTrace } from '../../support/scriptedTrace.ts';
import { scratchFolder } from '../../support/scratchFolder.ts';

describe('the folder of a bench', () => {
  const scratch = scratchFolder();
  let lines: readonly TraceLine[] = [];
  before(async () => {
    ({ lines } = await scriptedTrace());
  });
  let count = 0;
  let path = '';
  beforeEach(() => {
    path = scratch.file(join('benches', `bench-${count++}`));
  });
  const open = (identity: Partial<BenchIdentity> = {}, resumes = false): Promise<BenchFolder> =>
    BenchFolder.open(path, testIdentity(identity), resumes);
  const begin = async (identity: Partial<BenchIdentity> = {}): Promise<void> => {
    const folder = await open(identity);
    await folder.journal.addRun(runRecord());
    await folder.close();
  };

  it('is made where it is not there, with its plan', async () => {
    await begin();
    assert.deepEqual(readdirSync(path).sort(), ['plan.json', 'results.jsonl', 'runs']);
    assert.deepEqual(JSON.parse(readFileSync(join(path, 'plan.json'), 'utf8')), testIdentity());
  });

  it('is gone on with where that is asked for', async () => {
    await begin();
    const folder = await open({}, true);
    assert.equal(folder.journal.records.length, 1);
    await folder.close();
  });

  it('may be begun as if it were gone on with', async () => {
    const folder = await open({}, true);
    assert.equal(folder.journal.records.length, 0);
    await folder.close();
  });

  it('is refused where a bench is there that was not to be gone on with, and left as it is', async () => {
    await begin();
    await assert.rejects(open(), {
      code: 'bad-input',
      message: /There is a bench in .* already\. Go on with it by --res/,
    });
    assert.deepEqual(readdirSync(path).sort(), ['plan.json', 'results.jsonl', 'runs']);
  });

  it('is refused for another plan, which tells all that differs', async () => {
    await begin();
    const others: readonly (readonly [Partial<BenchIdentity>, string])[] = [
      [{ data: 'other.jsonl' }, 'the name of the data'],
      [{ itemsHash: itemsHash(numberItems(4), {}) }, 'the questions'],
      [{ answers: 'flexible' }, 'how answers are found'],
      [{ arms: armIdentities([GENERATOR, EVERY_WORD]) }, 'the arms'],
      [
        { arms: armIdentities([GENERATOR, { ...CHANCE, settings: { ...CHANCE.settings, patchTokens: 3 } }]) },
        'the arms',
      ],
      [{ seeds: [1, 2] }, 'the seeds'],
      [{ generator: '/other.gguf' }, 'the generator'],
      [{ mentor: 'http://x/v1#y' }, 'the mentor'],
      [{ verifier: '/third.gguf' }, 'the verifier'],
      [{ contextSize: 512 }, 'the context size'],
      [{ isRaw: true }, 'whether prompts are raw'],
      [{ seeds: [2], isRaw: true, answers: 'flexible' }, 'how answers are found, the seeds, whether prompts are raw'],
    ];
    for (const [identity, words] of others) {
      await assert.rejects(open(identity, true), (thrown) => {
        assert.ok(String(thrown).includes(`is another one; what differs: ${words}. Go on with it by`), String(thrown));
        return true;
      });
    }
    const same = await open({}, true);
    await same.close();
  });

  it('is the same bench with another seed of the settings, which counts for nothing', async () => {
    await begin();
    const arms = armIdentities([{ ...GENERATOR, settings: { ...GENERATOR.settings, seed: 77 } }, CHANCE]);
    const folder = await open({ arms }, true);
    await folder.close();
  });

  it('is refused where its plan can not be read', async () => {
    for (const plan of ['', '{', '{"format":"else"}', JSON.stringify({ ...testIdentity(), version: '2.0' })]) {
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, 'plan.json'), plan);
      await assert.rejects(open({}, true), {
        code: 'bad-input',
        message: /plan\.json is no plan of a bench that this version can go on with\. Give another folder\./,
      });
      assert.equal(readFileSync(join(path, 'plan.json'), 'utf8'), plan);
    }
  });

  it('is refused where its journal can not be read, and is free again', async () => {
    await begin();
    writeFileSync(join(path, 'results.jsonl'), 'nonsense\n');
    await assert.rejects(open({}, true), /results\.jsonl:1 is no result/);
    writeFileSync(join(path, 'results.jsonl'), '');
    const folder = await open({}, true);
    await folder.close();
  });

  it('is held by one at a time', async () => {
    const folder = await open();
    await assert.rejects(open({}, true), { code: 'bad-input', message: /^A bench is under way in .* already/ });
    await folder.close();
    const again = await open({}, true);
    await again.close();
  });

  it('is not taken from another process that is at it, but from one that has died', async () => {
    mkdirSync(path, { recursive: true });
    const lock = (pid: number): void => {
      writeFileSync(join(path, 'bench.lock'), JSON.stringify({ holder: 'x', pid, host: hostname() }));
    };
    lock(process.ppid);
    await assert.rejects(open(), /under way in .* already by another process \(\d+ on /);
    lock(spawnSync(process.execPath, ['--version']).pid);
    const folder = await open();
    await folder.close();
    assert.equal(existsSync(join(path, 'bench.lock')), false);
  });

  it('can not be where a file stands', async () => {
    mkdirSync(resolve(path, '..'), { recursive: true });
    writeFileSync(path, '');
    await assert.rejects(open(), { code: 'bad-input', message: /can't be written/ });
  });

  it('keeps a run as its trace and as a page, whose places it gives', async () => {
    const folder = await open();
    const places = await folder.writeRun({ arm: CHANCE, item: numberItem(12), seed: 3 }, lines);
    const name = 'runs/paper-free/00012-q12-seed3';
    assert.deepEqual(places, { trace: `${name}.mctrace.jsonl`, page: `${name}.html` });
    const { header, events, damage } = parseTrace(readFileSync(join(path, placeOf(places.trace)), 'utf8'));
    assert.deepEqual([header, ...events], lines);
    assert.equal(damage, null);
    assert.match(readFileSync(join(path, placeOf(places.page)), 'utf8'), /^<!doctype html>/i);
    await folder.close();
  });

  it('writes a run that is made again over the one before', async () => {
    const folder = await open();
    const job = { arm: CHANCE, item: numberItem(1), seed: 1 };
    const first = await folder.writeRun(job, lines.slice(0, 3));
    const second = await folder.writeRun(job, lines);
    assert.deepEqual(first, second);
    assert.equal(parseTrace(readFileSync(join(path, placeOf(first.trace)), 'utf8')).events.length, lines.length - 1);
    await folder.close();
  });

  it('keeps runs inside it and apart, whatever arms and items are called', async () => {
    const folder = await open();
    const ids = [
      '../../../x',
      '..',
      '',
      'CON',
      'con',
      'a',
      'A',
      'ü'.repeat(500),
      `${'ü'.repeat(499)}v`,
      '\ud83d',
      '🎲/\\:*?"<>|\u0000',
    ];
    const names = ['..', '...', '../up', 'CON', 'x.', 'X'.repeat(300), '長'.repeat(60), '/', 'a/b'];
    const places: (string | null)[] = [];
    for (const name of names) {
      for (const [index, id] of ids.entries()) {
        const job = { arm: pairArm(name), item: numberItem(index, { id }), seed: 1 };
        const { trace, page } = await folder.writeRun(job, lines);
        places.push(trace, page);
      }
    }
    await folder.close();
    const runs = `${join(path, 'runs')}${sep}`;
    for (const place of places.map(placeOf)) {
      const full = join(path, ...place.split('/'));
      assert.ok(full.startsWith(runs) && existsSync(full), full);
      assert.equal(place.split('/').length, 3);
    }
    assert.equal(new Set(places.map((place) => place?.toLowerCase())).size, 2 * names.length * ids.length);
    assert.equal(readdirSync(runs).length, names.length);
  });

  it('has no half of a file under its name', async () => {
    const folder = await open();
    await folder.write('report.json', 'old');
    writeFileSync(join(path, 'report.json.part'), 'half of what a crash has left');
    await folder.write('report.json', 'new');
    assert.equal(readFileSync(join(path, 'report.json'), 'utf8'), 'new');
    assert.equal(existsSync(join(path, 'report.json.part')), false);
    mkdirSync(join(path, 'report.md'));
    await assert.rejects(folder.write('report.md', 'x'), { code: 'bad-input', message: /report\.md can't be written/ });
    await folder.close();
  });
});

function placeOf(place: string | null): string {
  assert.ok(place !== null);
  return place;
}
