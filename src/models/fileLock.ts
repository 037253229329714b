import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';
import { MentorCollabError } from '../core/errors.ts';
import { isMissing } from './isMissing.ts';
import { diskError } from './download/diskError.ts';

const lockSchema = z.object({ holder: z.string(), pid: z.int().min(1), host: z.string() });
type LockHolder = z.infer<typeof lockSchema>;

/** The holder shows so often that it lives. */
const BEAT_MS = 15_000;
/** After so long without a beat a lock is nobody's: its machine is off, or its process id has become another's. */
const STALE_MS = 120_000;

/** Held while files are written that no two processes may write at once. */
export class FileLock {
  readonly #path: string;
  readonly #holder: string;
  readonly #beat: NodeJS.Timeout;

  private constructor(path: string, holder: string) {
    this.#path = path;
    this.#holder = holder;
    this.#beat = setInterval(() => {
      void this.#showLife();
    }, BEAT_MS);
    this.#beat.unref();
  }

  /**
   * Takes the lock; one that a process has left that no longer lives is taken over. The folder must be there.
   *
   * @param whatIsHeld - what the error says where another has it, such as `This model is being downloaded already`.
   * @throws MentorCollabError `bad-input` while another process, or something else in this one, holds it.
   */
  static async take(path: string, whatIsHeld: string): Promise<FileLock> {
    const holder = randomUUID();
    for (let tries = 0; tries < 5; tries++) {
      if (await create(path, { holder, pid: process.pid, host: hostname() })) return new FileLock(path, holder);
      const found = await readLock(path);
      if (found === 'free') continue;
      if (found.isAlive) throw held(whatIsHeld, found.holder);
      await takeAway(path, found.text);
    }
    throw held(whatIsHeld, null);
  }

  /** Whether the lock is still ours: a machine that has slept for long may have lost it. */
  async isHeld(): Promise<boolean> {
    const found = await readLock(this.#path);
    return found !== 'free' && found.holder?.holder === this.#holder;
  }

  async release(): Promise<void> {
    clearInterval(this.#beat);
    if (await this.isHeld()) await rm(this.#path, { force: true });
  }

  async #showLife(): Promise<void> {
    try {
      const now = new Date();
      if (await this.isHeld()) await utimes(this.#path, now, now);
    } catch {
      // Without a beat the lock grows stale, which is what it is if its file can't be reached.
    }
  }
}

/** Whether a living process holds a lock. */
export async function isLocked(path: string): Promise<boolean> {
  const found = await readLock(path);
  return found !== 'free' && found.isAlive;
}

/** Makes the lock with its content in one step, unless there is one. */
async function create(path: string, content: LockHolder): Promise<boolean> {
  const written = `${path}.${content.holder}`;
  try {
    await writeFile(written, JSON.stringify(content), { flag: 'wx' });
    await link(written, path);
    return true;
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
    if (code === 'EEXIST') return false;
    // File systems without links: a moment without content is then possible, which counts as held.
    if (code === 'ENOTSUP' || code === 'EOPNOTSUPP' || code === 'ENOSYS' || code === 'EPERM')
      return await createWithoutLink(path, content);
    throw diskError(thrown, path);
  } finally {
    await rm(written, { force: true });
  }
}

async function createWithoutLink(path: string, content: LockHolder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(content), { flag: 'wx' });
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') return false;
    throw diskError(thrown, path);
  }
}

interface FoundLock {
  readonly text: string;
  readonly holder: LockHolder | null;
  readonly isAlive: boolean;
}

async function readLock(path: string): Promise<FoundLock | 'free'> {
  try {
    const text = await readFile(path, 'utf8');
    const { mtimeMs } = await stat(path);
    const holder = parse(text);
    const isFresh = Date.now() - mtimeMs < STALE_MS;
    const isHere = holder?.host === hostname();
    return { text, holder, isAlive: isFresh && !(isHere && !isRunning(holder.pid)) };
  } catch (thrown) {
    if (isMissing(thrown)) return 'free';
    throw thrown;
  }
}

function parse(text: string): LockHolder | null {
  try {
    return lockSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // Another user's process lives too.
    return !(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH');
  }
}

/** Removes a lock that was found stale, and no other that has taken its place in between. */
async function takeAway(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== text) await link(aside, path);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw thrown;
  } finally {
    await rm(aside, { force: true });
  }
}

function held(what: string, holder: LockHolder | null): MentorCollabError {
  const by = holder && holder.pid !== process.pid ? ` by another process (${holder.pid} on ${holder.host})` : '';
  return new MentorCollabError('bad-input', `${what}${by}. Wait for it, or stop it there first.`);
}
