import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { MentorCollabError } from '../../core/errors.ts';
import { FileLock } from '../../models/fileLock.ts';
import { readIfThere } from '../../models/readIfThere.ts';
import { unwritable, writeWhole } from './writeWhole.ts';

const PLAN = 'plan.json';

/** What a folder is held for. */
export interface HeldFor {
  /** Such as `bench`, for messages and the name of the lock. */
  readonly noun: string;
  /** Folder for what is kept beside its journal; made where it is not there. */
  readonly inner: string;
}

/**
 * Takes a folder for this process, makes it where it is not there, and opens what is kept in it. What fails gives it back.
 *
 * @throws MentorCollabError `bad-input` when another process is at it, or nothing can be written; what `open` throws.
 */
export async function openHeldFolder<T>(
  path: string,
  { noun, inner }: HeldFor,
  open: (lock: FileLock) => Promise<T>,
): Promise<T> {
  let lock: FileLock | null = null;
  try {
    await mkdir(join(path, inner), { recursive: true });
    lock = await FileLock.take(join(path, `${noun}.lock`), `A ${noun} is under way in ${path} already`);
    return await open(lock);
  } catch (thrown) {
    await lock?.release();
    throw thrown instanceof MentorCollabError ? thrown : unwritable(path, thrown);
  }
}

/** Keeps the plan of a folder, whole or not at all. */
export function writePlan(folder: string, plan: object): Promise<void> {
  return writeWhole(join(folder, PLAN), `${JSON.stringify(plan, null, 2)}\n`);
}

/**
 * The plan in a folder; null where there is none.
 *
 * @throws MentorCollabError `bad-input` for a file that is none.
 */
export async function readPlanOf<T>(folder: string, noun: string, schema: z.ZodType<T>): Promise<T | null> {
  const path = join(folder, PLAN);
  const text = await readIfThere(path);
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new MentorCollabError(
      'bad-input',
      `${path} is no plan of a ${noun} that this version can go on with. Give another folder.`,
      { cause },
    );
  }
}

/** Throws `bad-input` where what is in a folder differs from what is to go on there. */
export function refuseOther(folder: string, noun: string, differences: readonly string[]): void {
  if (differences.length === 0) return;
  throw new MentorCollabError(
    'bad-input',
    `The ${noun} in ${folder} is another one; what differs: ${differences.join(', ')}. Go on with it by the options that it was begun with, or give another folder.`,
  );
}
