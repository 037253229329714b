import assert from 'node:assert/strict';
import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { DownloadBench, fromHub, madeGguf, SMALL_LIMITS } from '../../support/hub/downloadBench.ts';
import { isForBytes, sha256 } from '../../support/hub/misbehavingHub.ts';
import { rejection } from '../../support/hub/rejection.ts';

type Child = ChildProcessByStdio<null, Readable, null>;
type Range = readonly [number, number];

const CHILD = fileURLToPath(new URL('children/downloadInChild.ts', import.meta.url));
const MIB = 1024 * 1024;
/** 16 MiB, 64 segments of the small limits. */
const large = madeGguf(4 * MIB);

describe('a download whose process is killed', () => {
  const bench = new DownloadBench();
  let children: Child[] = [];
  before(() => bench.open());
  after(() => bench.close());
  beforeEach(() => {
    bench.reset();
    bench.hub.publish('owner/large', { 'large.gguf': large });
  });
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
    children = [];
  });

  const start = (): Child => {
    const { folder } = bench.library.places;
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', CHILD, bench.hub.endpoint, folder, 'owner/large', 'large.gguf'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    children.push(child);
    return child;
  };
  /** Kills a process once so many bytes have arrived in it, and waits until it is gone. */
  const killAfter = async (bytes: number): Promise<void> => {
    const child = start();
    const gone = once(child, 'exit');
    for await (const line of createInterface({ input: child.stdout })) {
      const done = /^downloading (\d+)$/.exec(line)?.[1];
      if (done !== undefined && Number(done) >= bytes) break;
    }
    child.kill('SIGKILL');
    assert.deepEqual(await gone, [null, 'SIGKILL']);
  };
  const flushed = (): readonly Range[] => {
    const state: unknown = JSON.parse(
      readFileSync(join(bench.library.places.folder, 'model', 'large.gguf.part.json'), 'utf8'),
    );
    assert.ok(typeof state === 'object' && state !== null && 'done' in state && Array.isArray(state.done));
    // Written by the code under test as pairs of numbers; anything else fails the comparisons with it.
    return state.done as Range[];
  };
  /** Sends hardly anything of what lies behind a byte, so that a download can't end. */
  const holdFrom = (byte: number): void => {
    bench.hub.misbehave({ type: 'stall', afterBytes: 1000 }, ({ range }) => startOf(range) >= byte, Infinity);
  };
  const requested = (): readonly Range[] =>
    bench.hub.requests.filter(isForBytes).map(({ range }) => {
      const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
      return [Number(first), Number(last) + 1];
    });

  it('is gone on with by another process, which asks for nothing that was flushed', async () => {
    holdFrom(8 * MIB);
    await killAfter(6 * MIB);
    const kept = flushed();
    // Four connections may each have had a portion that was not flushed yet.
    assert.ok(bytesOf(kept) >= 6 * MIB - 4 * SMALL_LIMITS.flushBytes, String(bytesOf(kept)));
    assert.deepEqual(await bench.library.list(), []);
    bench.hub.behave();

    const lines: string[] = [];
    for await (const line of createInterface({ input: start().stdout })) lines.push(line);
    assert.equal(lines.at(-1), `installed ${sha256(large)}`);
    const asked = requested();
    for (const [from, to] of asked) {
      assert.ok(!kept.some(([first, end]) => from < end && to > first), `${from}-${to} lies in what was kept`);
    }
    assert.equal(bytesOf(asked), large.length - bytesOf(kept));
    assert.deepEqual(bench.filesOf('model'), ['large.gguf', 'model.json']);
  });

  it('can be killed again and again, and is whole in the end', async () => {
    holdFrom(12 * MIB);
    for (const mebibytes of [2, 5, 8]) await killAfter(mebibytes * MIB);
    bench.hub.behave();
    const model = await bench.download(fromHub('owner/large', 'large.gguf'));
    assert.equal(model.files[0]?.sha256, sha256(large));
    assert.ok(bytesOf(requested()) <= large.length - 8 * MIB + 4 * SMALL_LIMITS.flushBytes);
  });

  it('is not touched by a second process while the first lives', async () => {
    holdFrom(0);
    const child = start();
    for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('downloading')) break;
    const { code, message } = await rejection(bench.download(fromHub('owner/large', 'large.gguf')));
    assert.equal(code, 'bad-input');
    assert.match(message, /^This model is being downloaded already by another process \(\d+ on /);
    assert.ok(message.includes(`(${child.pid ?? 0} on `));
  });
});

function bytesOf(ranges: readonly Range[]): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** The first byte that a request asks for; before all of them for a first look at a file. */
function startOf(range: string | null): number {
  return range === null || range === 'bytes=0-511' ? -1 : Number(/^bytes=(\d+)-/.exec(range)?.[1] ?? -1);
}
