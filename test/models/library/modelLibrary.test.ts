import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MentorCollabError } from '../../../src/core/errors.ts';
import { ModelLibrary } from '../../../src/models/library/modelLibrary.ts';
import { DEMO_MENTOR, DEMO_SMALL } from '../../support/models/demoModels.ts';
import { writeGguf } from '../../support/models/ggufWriter.ts';

describe('the library of models', () => {
  let folder = '';
  let library = new ModelLibrary('');
  const file = (name: string): string => join(folder, 'elsewhere', name);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mentorcollab-library-'));
    mkdirSync(join(folder, 'elsewhere'));
    library = new ModelLibrary(join(folder, 'models'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
  /** A downloaded model as a finished download leaves it. */
  const install = (id: string, names: readonly string[]): void => {
    mkdirSync(join(folder, 'models', id), { recursive: true });
    for (const name of names) copyFileSync(DEMO_SMALL, join(folder, 'models', id, name));
    const files = names.map((name) => ({ name, bytes: 200_512, sha256: sha256(DEMO_SMALL), isPublished: true }));
    const source = { type: 'hub', repository: 'owner/model', revision: 'c0ffee' };
    const record = { version: 1, source, addedAtMs: 1, files };
    writeFileSync(join(folder, 'models', id, 'model.json'), JSON.stringify(record));
  };

  it('is empty before its folder is there', async () => {
    assert.deepEqual(await library.list(), []);
    assert.equal(library.pathOf('qwen3-1.7b'), null);
  });

  it('lists downloaded and imported models and gives their paths', async () => {
    install('demo-2', ['a-00001-of-00002.gguf', 'a-00002-of-00002.gguf']);
    copyFileSync(DEMO_SMALL, file('My model.gguf'));
    await library.import(file('My model.gguf'));
    const models = await library.list();
    assert.deepEqual(
      models.map(({ id, origin, path, problem }) => ({ id, origin, path, problem })),
      [
        {
          id: 'demo-2',
          origin: 'downloaded',
          path: join(folder, 'models', 'demo-2', 'a-00001-of-00002.gguf'),
          problem: null,
        },
        { id: 'imported:My-model', origin: 'imported', path: file('My model.gguf'), problem: null },
      ],
    );
    assert.equal(models.at(0)?.bytes, 2 * 200_512);
    assert.equal(library.pathOf('demo-2'), models.at(0)?.path);
    assert.equal(library.pathOf('imported:My-model'), file('My model.gguf'));
  });

  it('flags files that are gone or have another size', async () => {
    install('gone', ['a.gguf']);
    install('longer', ['a.gguf']);
    rmSync(join(folder, 'models', 'gone', 'a.gguf'));
    appendFileSync(join(folder, 'models', 'longer', 'a.gguf'), 'x');
    const problems = (await library.list()).map(({ id, problem }) => [id, problem]);
    assert.deepEqual(problems, [
      ['gone', 'missing'],
      ['longer', 'changed'],
    ]);
    assert.equal(library.pathOf('gone'), null);
  });

  it('takes no record for a model that is none, or that leads out of its folder', async () => {
    install('escaping', ['a.gguf']);
    const record = join(folder, 'models', 'escaping', 'model.json');
    writeFileSync(record, readFileSync(record, 'utf8').replace('a.gguf', '../../elsewhere/a.gguf'));
    install('garbage', ['a.gguf']);
    writeFileSync(join(folder, 'models', 'garbage', 'model.json'), '{"version":');
    assert.deepEqual(await library.list(), []);
    assert.equal(library.pathOf('escaping'), null);
    assert.equal(library.pathOf('../elsewhere'), null);
    assert.equal(library.pathOf('imported:../garbage/model'), null);
  });

  it('imports again under the same name, and another file of that name under another', async () => {
    copyFileSync(DEMO_SMALL, file('m.gguf'));
    mkdirSync(file('other'));
    copyFileSync(DEMO_MENTOR, file('other/m.gguf'));
    const first = await library.import(file('m.gguf'));
    const other = await library.import(file('other/m.gguf'));
    copyFileSync(DEMO_MENTOR, file('m.gguf'));
    const again = await library.import(file('m.gguf'));
    assert.deepEqual([first.id, other.id, again.id], ['imported:m', 'imported:m-2', 'imported:m']);
    assert.equal(again.files[0]?.sha256, sha256(DEMO_MENTOR));
    assert.equal((await library.list()).length, 2);
  });

  it('refuses to import what is no sound GGUF file, and says what it is', async () => {
    const whole = readFileSync(DEMO_SMALL);
    const cases: readonly (readonly [string, Buffer, RegExp])[] = [
      ['page.gguf', Buffer.from('<!DOCTYPE html><title>Log in</title>'), /is a web page, not a model/],
      ['pointer.gguf', Buffer.from('version https://git-lfs.github.com/spec/v1\n'), /is a Git LFS pointer/],
      ['empty.gguf', Buffer.alloc(0), /is empty/],
      ['noise.gguf', Buffer.from('PK\u0003\u0004 something else'), /is not a GGUF file/],
      ['half.gguf', whole.subarray(0, 100_000), /is cut off: it has 100000 of at least \d+ bytes/],
      ['start.gguf', whole.subarray(0, 200), /ends within its header/],
      ['swapped.gguf', Buffer.from('GGUF\0\0\0\u0003\0\0\0\0', 'latin1'), /for big-endian machines/],
    ];
    for (const [name, bytes, message] of cases) {
      writeFileSync(file(name), bytes);
      await assert.rejects(library.import(file(name)), (error: MentorCollabError) => {
        assert.equal(error.code, 'model-invalid', name);
        assert.match(error.message, message);
        assert.ok(error.message.includes(file(name)));
        return true;
      });
    }
    await assert.rejects(library.import(file('nothing.gguf')), { code: 'model-missing' });
    assert.deepEqual(await library.list(), []);
  });

  const part = (number: number, count: number): Buffer =>
    writeGguf(
      new Map([
        ['general.architecture', { type: 'string', value: 'llama' }],
        ['split.no', { type: 'uint32', value: number }],
        ['split.count', { type: 'uint32', value: count }],
      ]),
      [{ name: `t${number}`, dimensions: [4], values: new Float32Array(4) }],
    );

  it('imports a split model by its first part, with all parts there', async () => {
    writeFileSync(file('big-00001-of-00002.gguf'), part(0, 2));
    await assert.rejects(library.import(file('big-00001-of-00002.gguf')), {
      code: 'model-missing',
      message: `Part 2 of 2 is missing: there is no file at ${file('big-00002-of-00002.gguf')}. Put all parts into one folder.`,
    });
    writeFileSync(file('big-00002-of-00002.gguf'), part(0, 2));
    await assert.rejects(library.import(file('big-00001-of-00002.gguf')), /is not part 2 of 2/);
    writeFileSync(file('big-00002-of-00002.gguf'), part(1, 2));
    await assert.rejects(library.import(file('big-00002-of-00002.gguf')), /Give the first one: .*big-00001-of-00002/);
    const model = await library.import(file('big-00001-of-00002.gguf'));
    assert.equal(model.id, 'imported:big');
    assert.equal(model.files.length, 2);
    writeFileSync(file('renamed.gguf'), part(0, 2));
    await assert.rejects(library.import(file('renamed.gguf')), /is the first of 2 parts, but its name/);
  });

  it('verifies by the recorded hash, and says which file is not as it was', async () => {
    install('demo-2', ['a.gguf', 'b.gguf']);
    const progress: [number, number][] = [];
    const onProgress = (...step: [number, number]): void => void progress.push(step);
    assert.equal((await library.verify('demo-2', { onProgress })).isSound, true);
    assert.deepEqual(progress.at(-1), [401_024, 401_024]);
    const damaged = join(folder, 'models', 'demo-2', 'b.gguf');
    const bytes = readFileSync(damaged);
    bytes[150_000] = (bytes[150_000] ?? 0) ^ 1;
    writeFileSync(damaged, bytes);
    const { isSound, files } = await library.verify('demo-2');
    assert.equal(isSound, false);
    assert.deepEqual(
      files.map(({ outcome }) => outcome),
      ['sound', 'changed'],
    );
    assert.equal(files[1]?.found, sha256(damaged));
    assert.equal((await library.find('demo-2'))?.problem, 'changed');
    bytes[150_000] = bytes[150_000] ^ 1;
    writeFileSync(damaged, bytes);
    assert.equal((await library.verify('demo-2')).isSound, true);
    assert.equal((await library.find('demo-2'))?.problem, null);
    rmSync(damaged);
    assert.equal((await library.verify('demo-2')).files[1]?.outcome, 'missing');
    await assert.rejects(library.verify('other'), { code: 'model-missing' });
    await assert.rejects(library.verify('demo-2', { signal: AbortSignal.abort() }), { code: 'cancelled' });
  });

  it('deletes the files of a downloaded model, and leaves those of an imported one', async () => {
    install('demo-2', ['a.gguf']);
    copyFileSync(DEMO_SMALL, file('m.gguf'));
    await library.import(file('m.gguf'));
    await library.remove('demo-2');
    await library.remove('imported:m');
    assert.deepEqual(await library.list(), []);
    assert.equal(existsSync(join(folder, 'models', 'demo-2')), false);
    assert.equal(existsSync(file('m.gguf')), true);
    await assert.rejects(library.remove('demo-2'), { code: 'model-missing' });
  });

  it('leaves files that are not its own in a removed model\u2019s folder', async () => {
    install('demo-2', ['a.gguf']);
    writeFileSync(join(folder, 'models', 'demo-2', 'notes.txt'), 'mine');
    await library.remove('demo-2');
    assert.equal(readFileSync(join(folder, 'models', 'demo-2', 'notes.txt'), 'utf8'), 'mine');
  });

  it('tells of changes that another process makes', async () => {
    const changed = new Promise<void>((resolve) => {
      const subscription = library.watch(() => {
        subscription.dispose();
        resolve();
      });
    });
    copyFileSync(DEMO_SMALL, file('m.gguf'));
    await new ModelLibrary(library.places.folder).import(file('m.gguf'));
    await changed;
  });
});
