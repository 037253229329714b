import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isForBytes, MisbehavingHub } from '../../support/hub/misbehavingHub.ts';
import { madeGguf } from '../../support/hub/downloadBench.ts';
import { scratchFolder } from '../../support/scratchFolder.ts';
import { runCommandLine } from '../runCommandLine.ts';

const BUILT = fileURLToPath(new URL('../../../dist/cli.mjs', import.meta.url));
const MIB = 1024 * 1024;
const COMMAND = ['models', 'download', 'hf:lab/large/large.gguf'] as const;

describe('the built models download, killed midway', () => {
  const folder = scratchFolder();
  const hub = new MisbehavingHub();
  before(() => hub.start());
  after(() => hub.stop());

  it('goes on when the same command is given again, and fetches only what was not kept', async () => {
    // 96 MiB, fetched in parts of 32 MiB.
    const large = madeGguf(24 * MIB);
    hub.publish('lab/large', { 'large.gguf': large });
    const library = folder.file('library');
    const env = { MENTORCOLLAB_MODELS: library, HF_ENDPOINT: hub.endpoint };
    const arriving = join(library, 'lab--large--large');
    mkdirSync(arriving, { recursive: true });
    // What has arrived is noted every 32 MiB. The last part hardly comes, so that the command can't end before it is killed.
    hub.misbehave({ type: 'stall', afterBytes: 1000 }, ({ range }) => firstByte(range) >= 64 * MIB, Infinity);
    const child = spawn(process.execPath, [BUILT, ...COMMAND], { env: { ...process.env, ...env }, stdio: 'ignore' });
    const gone = once(child, 'exit');
    for await (const { filename } of watch(arriving, { signal: AbortSignal.timeout(50_000) })) {
      if (filename?.endsWith('.part.json') === true && keptBytes(join(arriving, filename)) >= 30 * MIB) break;
    }
    child.kill('SIGKILL');
    assert.deepEqual(await gone, [null, 'SIGKILL']);

    const listed = await runCommandLine(['models', 'list', '--json'], { env });
    assert.doesNotMatch(listed.stdout, /lab--large/, 'half a model is none');
    hub.behave();
    const { code, stdout, stderr } = await runCommandLine([...COMMAND, '--json', '--quiet'], { env });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /"lab\/large\/large"|lab--large/);
    const asked = hub.requests.filter(isForBytes).reduce((sum, { range }) => sum + lengthOf(range), 0);
    assert.ok(asked > 0 && asked < 0.8 * large.length, `${asked} of ${large.length} bytes were asked for again`);
    const verified = await runCommandLine(['models', 'verify'], { env });
    assert.match(verified.stdout, /^sound\t/);
  });
});

/** What a download has kept so far, by its own note; 0 while that is being written. */
function keptBytes(path: string): number {
  const note = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (note === '') return 0;
  // Written by the code under test as pairs of numbers; anything else fails the comparison.
  const { done } = JSON.parse(note) as { readonly done: readonly (readonly [number, number])[] };
  return done.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** -1 for a request that names no part. */
function firstByte(range: string | null): number {
  return Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? -1);
}

function lengthOf(range: string | null): number {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  return first === undefined ? 0 : Number(last) + 1 - Number(first);
}
