import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { discardDownload } from '../../../src/models/download/downloadModel.ts';
import { DownloadBench, fromHub, fromUrl, madeGguf } from '../../support/hub/downloadBench.ts';
import { isForBytes } from '../../support/hub/misbehavingHub.ts';
import { rejection } from '../../support/hub/rejection.ts';

const NAMES = ['big-00001-of-00002.gguf', 'big-00002-of-00002.gguf'] as const;
const first = madeGguf(300_000, 1);
const second = madeGguf(300_000, 2);

describe('what an earlier download has left', () => {
  const bench = new DownloadBench();
  const download = fromHub('owner/split', ...NAMES);
  before(() => bench.open());
  after(() => bench.close());
  beforeEach(() => {
    bench.reset();
    bench.hub.publish('owner/split', { [NAMES[0]]: first, [NAMES[1]]: second });
  });
  const file = (name: string): string => join(bench.library.places.folder, 'model', name);
  const askedFor = (): readonly string[] => [
    ...new Set(bench.hub.requests.filter(isForBytes).map(({ path }) => path.split('/').at(-1)?.split('?')[0] ?? '')),
  ];

  it('is kept where one part of a split model arrived damaged, but for that part', async () => {
    bench.hub.misbehave(
      { type: 'corrupt' },
      (request) => isForBytes(request) && request.path.includes(NAMES[1]),
      Infinity,
    );
    const { message } = await rejection(bench.download(download));
    assert.match(message, /^big-00002-of-00002\.gguf has arrived damaged/);
    assert.equal((await bench.library.list()).length, 0);
    bench.hub.behave();
    const model = await bench.download(download);
    assert.deepEqual(
      model.files.map(({ path }) => readFileSync(path)),
      [first, second],
    );
    assert.ok(bench.fetchedBytes < first.length + second.length);
  });

  it('is repaired where a file of an installed model is gone or has another size: only that one is fetched', async () => {
    await bench.download(download);
    for (const harm of [
      () => {
        rmSync(file(NAMES[1]));
      },
      () => {
        writeFileSync(file(NAMES[1]), second.subarray(0, -5));
      },
    ]) {
      harm();
      bench.hub.requests.length = 0;
      const model = await bench.download(download);
      assert.equal(model.problem, null);
      assert.equal((await bench.library.verify('model')).isSound, true);
      assert.deepEqual(askedFor(), [NAMES[1]]);
    }
  });

  it('is repaired where verifying has found other bytes, from the hub and from an address', async () => {
    const damaged = Buffer.from(second);
    damaged.writeUInt8(damaged.readUInt8(1_000_000) ^ 1, 1_000_000);
    const url = bench.hub.put('/model.gguf', second);
    for (const each of [download, fromUrl(url, NAMES[1])]) {
      bench.reset();
      await bench.download(each);
      writeFileSync(file(NAMES[1]), damaged);
      assert.equal((await bench.library.verify('model')).isSound, false);
      const again = (await bench.library.find('model'))?.download;
      assert.ok(again);
      bench.hub.requests.length = 0;
      assert.equal((await bench.download(again)).problem, null);
      assert.deepEqual(readFileSync(file(NAMES[1])), second);
      assert.deepEqual(askedFor().length, 1);
    }
  });

  it('is installed without fetching again where only the last words were not written', async () => {
    await bench.download(download);
    rmSync(file('model.json'));
    bench.hub.requests.length = 0;
    const model = await bench.download(download);
    assert.equal(model.files.length, 2);
    assert.deepEqual(askedFor(), []);
  });

  it('is not taken for whole where someone has put another file in its place', async () => {
    mkdirSync(join(bench.library.places.folder, 'model'), { recursive: true });
    writeFileSync(file(NAMES[0]), madeGguf(300_000, 3));
    const model = await bench.download(download);
    assert.deepEqual(readFileSync(model.path), first);
    assert.ok(bench.notes.includes(`${NAMES[0]} was there, but damaged: fetching it again.`));
  });

  it('is not mixed with another file of the same name and size, nor trusted without a mark of its content', async () => {
    for (const etag of ['"one"', null]) {
      bench.reset();
      const url = bench.hub.put('/model.gguf', first, etag);
      const aborting = new AbortController();
      const onProgress = (_: string, bytes: number): void => {
        if (bytes > 500_000) aborting.abort();
      };
      await rejection(bench.download(fromUrl(url), { signal: aborting.signal, onProgress }));
      bench.hub.put('/model.gguf', second, etag === null ? null : '"two"');
      const model = await bench.download(fromUrl(url));
      assert.deepEqual(readFileSync(model.path), second);
    }
  });

  it('goes when it is discarded, with everything that a killed process left', async () => {
    bench.hub.misbehave(
      { type: 'status', status: 503 },
      (request) => isForBytes(request) && request.path.includes(NAMES[1]),
      Infinity,
    );
    await rejection(bench.download(download));
    writeFileSync(file('download.json.0f8fad5b-d9cb-469f-a165-70867728950e.tmp'), '{');
    writeFileSync(file('download.lock.0f8fad5b-d9cb-469f-a165-70867728950e'), '{');
    writeFileSync(file('notes.txt'), 'mine');
    await discardDownload('model', bench.library);
    assert.deepEqual(bench.filesOf('model'), ['notes.txt']);
  });

  it('is not harmed by a name that leads elsewhere', async () => {
    bench.hub.publish('owner/evil', { '../../escaped.gguf': first });
    const evil = await rejection(bench.download({ ...fromHub('owner/evil', 'x.gguf'), id: '../escaped' }));
    assert.equal(evil.code, 'bad-input');
    const twice = await rejection(bench.download(fromHub('owner/split', 'a/x.gguf', 'b/X.gguf')));
    assert.match(twice.message, /each with a name of its own/);
  });
});
