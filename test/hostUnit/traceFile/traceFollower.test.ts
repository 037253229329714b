import assert from 'node:assert/strict';
import type { TraceFollowerOptions } from '../../../src/host/traceFile/traceFollower.ts';
import {
  IDLE_POLL_MS,
  LARGEST_FILE_BYTES,
  POLL_MS,
  QUIET_MS,
  TraceFollower,
} from '../../../src/host/traceFile/traceFollower.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { formatTraceLine } from '../../../src/protocol/traceText.ts';
import { scriptedTrace } from '../../support/scriptedTrace.ts';
import { FileInRam } from '../support/fileInRam.ts';
import { ManualScheduler } from '../support/manualScheduler.ts';

describe('TraceFollower', () => {
  let lines: readonly TraceLine[] = [];
  let texts: readonly string[] = [];
  let scheduler: ManualScheduler;
  let followers: TraceFollower[] = [];
  before(async () => {
    ({ lines } = await scriptedTrace({ question: 'Größe? \ud83d\ude00' }));
    texts = lines.map(formatTraceLine);
  });
  beforeEach(() => {
    scheduler = new ManualScheduler();
  });
  afterEach(() => {
    for (const follower of followers) follower.dispose();
    followers = [];
  });

  async function follow(file: FileInRam, options: Partial<TraceFollowerOptions> = {}): Promise<TraceFollower> {
    const follower = new TraceFollower({ file, scheduler, now: () => scheduler.nowMs, ...options });
    followers.push(follower);
    await follower.start();
    return follower;
  }

  const upTo = (count: number): string => texts.slice(0, count).join('');

  it('reads a whole trace', async () => {
    const { state } = await follow(new FileInRam(texts.join('')));
    assert.deepEqual(state.lines, lines);
    assert.equal(state.hasEnded, true);
    assert.deepEqual([state.damage, state.problem, state.isGone], [null, null, false]);
  });

  it('reads on as the file grows, and then only what is new', async () => {
    const file = new FileInRam(upTo(3));
    const follower = await follow(file);
    const { generation } = follower.state;
    const sizes: number[] = [];
    follower.onDidChange(() => sizes.push(follower.state.lines.length));
    for (const text of texts.slice(3)) {
      file.bytesRead = 0;
      file.append(text);
      await follower.look();
      // Beside what is new, a little of what is known, to see that it is the same file.
      assert.ok(file.bytesRead <= Buffer.byteLength(text) + 512);
    }
    assert.deepEqual(follower.state.lines, lines);
    assert.equal(follower.state.generation, generation);
    assert.deepEqual(
      sizes,
      lines.slice(3).map((_, index) => index + 4),
    );
  });

  it('takes characters and lines that were cut in writing once they are whole', async () => {
    const file = new FileInRam('');
    const follower = await follow(file);
    const bytes = new TextEncoder().encode(texts.join(''));
    for (let at = 0; at < bytes.length; at += 501) {
      file.append(bytes.subarray(at, at + 501));
      await follower.look();
      assert.equal(follower.state.damage, null);
    }
    assert.deepEqual(follower.state.lines, lines);
  });

  it('looks by itself from time to time', async () => {
    const file = new FileInRam(upTo(2));
    const follower = await follow(file);
    const changed = new Promise<void>((resolve) => follower.onDidChange(resolve));
    file.append(texts[2] ?? '');
    scheduler.pass(POLL_MS);
    await changed;
    assert.equal(follower.state.lines.length, 3);
  });

  it('looks less often once the run has ended', async () => {
    const file = new FileInRam(texts.join(''));
    const follower = await follow(file);
    const changed = new Promise<void>((resolve) => follower.onDidChange(resolve));
    file.write(null);
    scheduler.pass(IDLE_POLL_MS - 1);
    assert.equal(follower.state.isGone, false);
    scheduler.pass(1);
    await changed;
    assert.equal(follower.state.isGone, true);
  });

  it('tells nothing and reads nothing while nothing happens', async () => {
    const file = new FileInRam(upTo(2));
    const follower = await follow(file);
    file.bytesRead = 0;
    let told = 0;
    follower.onDidChange(() => (told += 1));
    await follower.look();
    await follower.look();
    assert.deepEqual([told, file.bytesRead], [0, 0]);
  });

  it('reads a file anew that was cut, or replaced by a longer or a shorter one', async () => {
    const other = (await scriptedTrace({ question: 'Another one?' })).lines.map(formatTraceLine);
    for (const replacement of [upTo(2), other.join(''), other.slice(0, 5).join('')]) {
      const file = new FileInRam(upTo(4));
      const follower = await follow(file);
      const { generation } = follower.state;
      file.write(replacement);
      await follower.look();
      assert.equal(follower.state.generation, generation + 1);
      assert.equal(follower.state.lines.length, replacement.trimEnd().split('\n').length);
    }
  });

  it('reads a damaged file anew once somebody has changed it', async () => {
    const file = new FileInRam(`${upTo(3)}oops\n`);
    const follower = await follow(file);
    assert.equal(follower.state.damage?.line, 4);
    file.write(texts.join(''));
    await follower.look();
    assert.deepEqual(follower.state.lines, lines);
    assert.equal(follower.state.damage, null);
  });

  it('holds an incomplete last line until nobody has written for a while, and takes it up again when somebody does', async () => {
    const cut = (texts[3] ?? '').slice(0, 20);
    const file = new FileInRam(upTo(3) + cut);
    const follower = await follow(file);
    assert.deepEqual([follower.state.damage, follower.state.isQuiet], [null, false]);
    scheduler.nowMs += QUIET_MS;
    await follower.look();
    assert.equal(follower.state.isQuiet, true);
    assert.equal(follower.state.damage?.line, 4);
    file.append(texts.slice(3).join('').slice(cut.length));
    await follower.look();
    assert.deepEqual(follower.state.lines, lines);
    assert.deepEqual([follower.state.damage, follower.state.isQuiet], [null, false]);
  });

  it('takes an old file as it is at once', async () => {
    scheduler.nowMs = 1_000_000;
    const { state } = await follow(new FileInRam(texts.join('').trimEnd()));
    assert.equal(state.isQuiet, true);
    assert.equal(state.hasEnded, true);
  });

  it('takes a time stamp from a clock ahead of ours for now', async () => {
    const file = new FileInRam(upTo(3));
    file.changedAtMs = 1e12;
    const follower = await follow(file);
    scheduler.nowMs += QUIET_MS;
    await follower.look();
    assert.equal(follower.state.isQuiet, true);
  });

  it('keeps what it has read of a file that was deleted, and reads the next one of that name', async () => {
    const file = new FileInRam(upTo(3));
    const follower = await follow(file);
    file.write(null);
    await follower.look();
    assert.deepEqual([follower.state.isGone, follower.state.lines.length], [true, 3]);
    file.write(texts.join(''));
    await follower.look();
    assert.deepEqual([follower.state.isGone, follower.state.lines.length], [false, lines.length]);
  });

  it('says of a file that is not there, too large or not to be read what is wrong, and opens it once it can', async () => {
    const file = new FileInRam(null);
    const follower = await follow(file);
    assert.equal(follower.state.problem, 'There is no such file.');
    assert.equal(follower.state.isGone, false);
    file.failure = new Error('EACCES: permission denied');
    await follower.look();
    assert.match(follower.state.problem, /can’t be read\. EACCES/);
    file.failure = null;
    file.write(texts.join(''));
    await follower.look();
    assert.deepEqual([follower.state.problem, follower.state.lines.length], [null, lines.length]);
  });

  it('reads nothing of a file larger than the limit, and says what to do with it', async () => {
    let bytesRead = 0;
    const open = () =>
      Promise.resolve({
        sizeBytes: LARGEST_FILE_BYTES + 2 ** 20,
        changedAtMs: 0,
        read: () => {
          bytesRead += 1;
          return Promise.resolve(new Uint8Array());
        },
        close: () => Promise.resolve(),
      });
    const follower = await follow(new FileInRam(null), { file: { open } });
    assert.match(follower.state.problem ?? '', /129 MiB.*more than 128 MiB.*mentorcollab export/);
    assert.deepEqual([bytesRead > 2, follower.state.lines.length], [false, 0]);
  });

  it('is quiet once it is disposed', async () => {
    const file = new FileInRam(upTo(3));
    const follower = await follow(file);
    follower.dispose();
    assert.equal(scheduler.waiting, 0);
    file.append(texts[3] ?? '');
    await follower.look();
    assert.equal(follower.state.lines.length, 3);
  });
});
