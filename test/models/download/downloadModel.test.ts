import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DownloadBench, fromHub, fromUrl, madeGguf } from '../../support/hub/downloadBench.ts';
import { isForBytes, sha256 } from '../../support/hub/misbehavingHub.ts';
import { DEMO_MENTOR, DEMO_SMALL } from '../../support/models/demoModels.ts';

const small = readFileSync(DEMO_SMALL);
const mentor = readFileSync(DEMO_MENTOR);

describe('downloading a model from servers that behave', () => {
  const bench = new DownloadBench();
  before(() => bench.open());
  after(() => bench.close());
  beforeEach(() => {
    bench.reset();
  });

  it('installs a file of the hub, checked against the published hash', async () => {
    const commit = bench.hub.publish('owner/pair', { 'demo-mentor.gguf': mentor });
    const steps: [string, number, number | null][] = [];
    const model = await bench.download(fromHub('owner/pair', 'demo-mentor.gguf'), {
      onProgress: (...step) => void steps.push(step),
    });
    assert.deepEqual(readFileSync(model.path), mentor);
    assert.deepEqual(model.source, { type: 'hub', repository: 'owner/pair', revision: commit });
    assert.deepEqual(model.files, [
      { path: model.path, bytes: mentor.length, sha256: sha256(mentor), isPublished: true },
    ]);
    assert.deepEqual(bench.filesOf('model'), ['demo-mentor.gguf', 'model.json']);
    assert.deepEqual(steps.at(-1), ['verifying', mentor.length, mentor.length]);
    assert.ok(steps.some(([state, done]) => state === 'downloading' && done > 0 && done < mentor.length));
    assert.equal((await bench.library.verify('model')).isSound, true);
  });

  it('fetches the parts of a file at once, no more of them than there are connections', async () => {
    bench.hub.publish('owner/pair', { 'demo-mentor.gguf': mentor });
    await bench.download(fromHub('owner/pair', 'demo-mentor.gguf'));
    const ranges = bench.hub.requests.filter(isForBytes).map(({ range }) => range);
    assert.equal(new Set(ranges).size, Math.ceil(mentor.length / (256 * 1024)));
    assert.equal(ranges.length, new Set(ranges).size);
  });

  it('asks the hub once where the bytes are, and sends a token to no one else', async () => {
    bench.hub.publish('owner/gated', { 'demo-mentor.gguf': mentor }, { gatedFor: 'hf_secret' });
    await bench.download(fromHub('owner/gated', 'demo-mentor.gguf'), { token: 'hf_secret' });
    const [toHub, toStorage] = ['hub', 'storage'].map((name) =>
      bench.hub.requests.filter(({ server }) => server === name),
    );
    assert.deepEqual(new Set(toHub?.map(({ authorization }) => authorization)), new Set(['Bearer hf_secret']));
    assert.deepEqual(new Set(toStorage?.map(({ authorization }) => authorization)), new Set([null]));
    assert.equal(toHub?.length, 2);
  });

  it('fetches all parts of a split model from the commit that was there in the beginning', async () => {
    const names = ['q4/big-00001-of-00003.gguf', 'q4/big-00002-of-00003.gguf', 'q4/big-00003-of-00003.gguf'];
    const parts = names.map((_, index) => madeGguf(100_000, index + 1));
    const files = Object.fromEntries(names.map((name, index) => [name, parts[index] ?? small]));
    const commit = bench.hub.publish('owner/split', files);
    const onProgress = (): void => {
      bench.hub.publish('owner/split', Object.fromEntries(names.map((name) => [name, small])));
    };
    const model = await bench.download(fromHub('owner/split', ...names), { onProgress });
    assert.deepEqual(model.source, { type: 'hub', repository: 'owner/split', revision: commit });
    assert.deepEqual(
      model.files.map(({ path }) => readFileSync(path)),
      parts,
    );
    assert.match(model.path, /big-00001-of-00003\.gguf$/);
  });

  it('takes sizes and hashes from the list of files where a mirror tells them nowhere else', async () => {
    bench.hub.publish('owner/pair', { 'a.txt': Buffer.from('a'), 'b.txt': Buffer.from('b'), 'demo-small.gguf': small });
    bench.hub.misbehave(
      { type: 'redirect', to: bench.hub.put('/plain/demo-small.gguf', small) },
      ({ method }) => method === 'HEAD',
    );
    const model = await bench.download(fromHub('owner/pair', 'demo-small.gguf'));
    assert.equal(model.files[0]?.isPublished, true);
    assert.equal(bench.hub.requests.filter(({ path }) => path.includes('/tree/')).length, 2);
  });

  it('records the computed hash where none is published, and says so', async () => {
    const model = await bench.download(fromUrl(bench.hub.put('/files/model.gguf', mentor)));
    assert.deepEqual(model.files, [
      { path: model.path, bytes: mentor.length, sha256: sha256(mentor), isPublished: false },
    ]);
    assert.ok(bench.hub.requests.filter(isForBytes).every(({ ifRange }) => ifRange !== null));
  });

  it('keeps what is secret in an address out of the record', async () => {
    const url = bench.hub.put('/files/model.gguf', small);
    const model = await bench.download(fromUrl(`${url}?signature=secret`));
    assert.deepEqual(model.source, { type: 'url', url });
  });

  it('does not fetch again what is installed', async () => {
    bench.hub.publish('owner/pair', { 'demo-small.gguf': small });
    const download = fromHub('owner/pair', 'demo-small.gguf');
    const first = await bench.download(download);
    bench.hub.requests.length = 0;
    assert.deepEqual(await bench.download(download), first);
    assert.equal(bench.hub.requests.length, 0);
    await assert.rejects(bench.download(fromHub('owner/other', 'demo-small.gguf')), {
      code: 'bad-input',
      message: '"model" is in the library already, from elsewhere or from another revision. Remove it first.',
    });
  });
});
