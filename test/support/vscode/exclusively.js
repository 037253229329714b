// @ts-check
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 500;

/**
 * Does `work` while this process alone, of all that ask with the same `lockFile`, does so. The others wait. A lock whose
 * owner died (interrupted, killed) is cleared by the next one that asks.
 *
 * @template T
 * @param {string} lockFile - holds the owner's process id while the work is done
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>} what the work gave
 */
export async function exclusively(lockFile, work) {
  mkdirSync(dirname(lockFile), { recursive: true });
  let hasTold = false;
  while (!create(lockFile, String(process.pid))) {
    const owner = ownerOf(lockFile);
    if (owner !== null && !isRunning(owner)) {
      clearDead(lockFile, owner);
      continue;
    }
    if (!hasTold) console.error(`Waiting for process ${owner ?? '?'} to finish; if there is none, delete ${lockFile}.`);
    hasTold = true;
    await delay(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

/** Two that wait may both find the owner dead: only one clears, and only while the lock is still that owner's. */
function clearDead(/** @type {string} */ lockFile, /** @type {number} */ owner) {
  const clearing = `${lockFile}.clearing`;
  if (!create(clearing, '')) return;
  if (ownerOf(lockFile) === owner) rmSync(lockFile, { force: true });
  rmSync(clearing, { force: true });
}

/** Creates a file that must not exist; false when it does. */
function create(/** @type {string} */ file, /** @type {string} */ text) {
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** The process id in a lock; null while it is being written or just went away. */
function ownerOf(/** @type {string} */ lockFile) {
  try {
    const owner = Number(readFileSync(lockFile, 'utf8'));
    return Number.isInteger(owner) && owner > 0 ? owner : null;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function isRunning(/** @type {number} */ pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as another user.
    return hasCode(error, 'EPERM');
  }
}

function hasCode(/** @type {unknown} */ error, /** @type {string} */ code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
