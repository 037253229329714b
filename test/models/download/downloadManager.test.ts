import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DownloadManager } from '../../../src/models/download/downloadManager.ts';
import type { DownloadStatus } from '../../../src/models/download/downloadStatus.ts';
import { hubAccess } from '../../../src/models/download/hub/hubAccess.ts';
import { DownloadBench, fromHub, SMALL_LIMITS } from '../../support/hub/downloadBench.ts';
import { isForBytes } from '../../support/hub/misbehavingHub.ts';
import { DEMO_MENTOR, DEMO_SMALL } from '../../support/models/demoModels.ts';

const small = readFileSync(DEMO_SMALL);
const mentor = readFileSync(DEMO_MENTOR);

describe('the list of downloads', () => {
  const bench = new DownloadBench();
  let managers: DownloadManager[] = [];
  before(() => bench.open());
  after(() => bench.close());
  beforeEach(() => {
    bench.reset();
    bench.hub.publish('owner/pair', { 'demo-mentor.gguf': mentor, 'demo-small.gguf': small });
  });
  afterEach(async () => {
    await Promise.all(managers.map((manager) => manager.dispose()));
    managers = [];
  });

  const manager = (token: () => string | null = () => null): DownloadManager => {
    const made = new DownloadManager({
      library: bench.library,
      access: () => {
        const choices = { endpoint: bench.hub.endpoint, token: token(), tokenAdvice: 'Set a token.', environment: {} };
        return Promise.resolve({ network: { proxy: null, environment: {} }, hub: hubAccess(choices) });
      },
      pacing: bench.pacing,
      limits: SMALL_LIMITS,
    });
    managers.push(made);
    return made;
  };
  const named = (id: string, file = 'demo-mentor.gguf'): ReturnType<typeof fromHub> => ({
    ...fromHub('owner/pair', file),
    id,
  });
  const statusOf = ({ list }: DownloadManager, id: string): DownloadStatus | undefined =>
    list.find(({ download }) => download.id === id);
  /** Resolves once a download is as it should be. */
  const until = (downloads: DownloadManager, id: string, isSo: (status: DownloadStatus) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        const status = statusOf(downloads, id);
        if (!status || !isSo(status)) return;
        subscription.dispose();
        resolve();
      };
      const subscription = downloads.onChange(check);
      check();
    });
  const untilState = (downloads: DownloadManager, id: string, state: DownloadStatus['state']): Promise<void> =>
    until(downloads, id, (status) => status.state === state);
  /** Lets all but the first `bytes` of each answer wait for ever. */
  const holdBytes = (): void => {
    bench.hub.misbehave({ type: 'stall', afterBytes: 200_000 }, isForBytes, Infinity);
  };

  it('downloads two models at once and lets others wait', async () => {
    const downloads = manager();
    const most: number[] = [];
    downloads.onChange(() => {
      most.push(downloads.list.filter(({ state }) => state === 'downloading' || state === 'verifying').length);
    });
    for (const id of ['a', 'b', 'c']) downloads.start(named(id));
    assert.deepEqual(
      downloads.list.map(({ state }) => state),
      ['downloading', 'downloading', 'queued'],
    );
    await Promise.all(['a', 'b', 'c'].map((id) => untilState(downloads, id, 'done')));
    assert.equal(Math.max(...most), 2);
    assert.deepEqual(
      (await bench.library.list()).map(({ id }) => id),
      ['a', 'b', 'c'],
    );
    assert.deepEqual(statusOf(downloads, 'a')?.progress.bytesDone, mentor.length);
  });

  it('pauses, and goes on with what has arrived', async () => {
    holdBytes();
    const downloads = manager();
    downloads.start(named('a'));
    await until(downloads, 'a', ({ progress }) => progress.bytesDone >= 600_000);
    await downloads.pause('a');
    assert.equal(statusOf(downloads, 'a')?.state, 'paused');
    bench.hub.behave();
    downloads.resume('a');
    await untilState(downloads, 'a', 'done');
    assert.deepEqual(readFileSync(bench.library.pathOf('a') ?? ''), mentor);
    assert.ok(bench.fetchedBytes <= mentor.length - 600_000);
  });

  it('finds what an earlier session has left, paused', async () => {
    holdBytes();
    const earlier = manager();
    earlier.start(named('a'));
    await until(earlier, 'a', ({ progress }) => progress.bytesDone >= 400_000);
    await earlier.dispose();
    const downloads = manager();
    await downloads.refresh();
    const found = statusOf(downloads, 'a');
    assert.equal(found?.state, 'paused');
    assert.ok(found.progress.bytesDone >= 400_000);
    assert.equal(found.progress.bytesTotal, mentor.length);
    bench.hub.behave();
    downloads.resume('a');
    await untilState(downloads, 'a', 'done');
    assert.ok(bench.fetchedBytes <= mentor.length - 400_000);
  });

  it('remembers what was only waiting', async () => {
    holdBytes();
    const earlier = manager();
    for (const id of ['a', 'b', 'c']) earlier.start(named(id));
    assert.equal(statusOf(earlier, 'c')?.state, 'queued');
    await earlier.dispose();
    const downloads = manager();
    await downloads.refresh();
    assert.deepEqual(
      downloads.list.map(({ download, state }) => [download.id, state]),
      [
        ['a', 'paused'],
        ['b', 'paused'],
        ['c', 'paused'],
      ],
    );
  });

  it('cancels without leaving anything behind', async () => {
    holdBytes();
    const downloads = manager();
    downloads.start(named('a'));
    await until(downloads, 'a', ({ progress }) => progress.bytesDone > 200_000);
    await downloads.cancel('a');
    assert.deepEqual(downloads.list, []);
    assert.deepEqual(bench.filesOf('a'), []);
    await downloads.refresh();
    assert.deepEqual(downloads.list, []);
  });

  it('says why a download failed, and tries again with another token', async () => {
    bench.hub.publish('owner/gated', { 'demo-small.gguf': small }, { gatedFor: 'hf_right' });
    let token: string | null = null;
    const downloads = manager(() => token);
    downloads.start({ ...fromHub('owner/gated', 'demo-small.gguf'), id: 'a' });
    await untilState(downloads, 'a', 'failed');
    assert.match(statusOf(downloads, 'a')?.error?.message ?? '', /^owner\/gated is gated: .* Set a token\.$/);
    token = 'hf_right';
    downloads.resume('a');
    await untilState(downloads, 'a', 'done');
    assert.equal(statusOf(downloads, 'a')?.error, null);
  });

  it('shows what another process is at, and leaves it alone', async () => {
    holdBytes();
    const other = manager();
    other.start(named('a'));
    await until(other, 'a', ({ progress }) => progress.bytesDone >= 400_000);
    const downloads = manager();
    await downloads.refresh();
    assert.equal(statusOf(downloads, 'a')?.isElsewhere, true);
    downloads.resume('a');
    downloads.start(named('a'));
    assert.equal(statusOf(downloads, 'a')?.state, 'downloading');
    await assert.rejects(downloads.cancel('a'), { code: 'bad-input' });
    await other.pause('a');
    await downloads.refresh();
    assert.deepEqual([statusOf(downloads, 'a')?.state, statusOf(downloads, 'a')?.isElsewhere], ['paused', false]);
  });

  it('drops a finished download from the list and keeps its model', async () => {
    const downloads = manager();
    downloads.start(named('a', 'demo-small.gguf'));
    await untilState(downloads, 'a', 'done');
    await downloads.cancel('a');
    assert.deepEqual(downloads.list, []);
    assert.notEqual(bench.library.pathOf('a'), null);
  });

  it('tells of a retry while it is waited for', async () => {
    bench.hub.misbehave({ type: 'status', status: 503 }, isForBytes);
    const downloads = manager();
    const notes: (string | null)[] = [];
    downloads.onChange(() => notes.push(statusOf(downloads, 'a')?.note ?? null));
    downloads.start(named('a'));
    await untilState(downloads, 'a', 'done');
    assert.ok(notes.some((note) => note?.includes('is in trouble (status 503). Trying again in 1 s.')));
    assert.equal(notes.at(-1), null);
  });
});
