import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a small JSON file so that a reader, or a machine that loses its power, finds either the old one or the new one,
 * whole. Its folder must be there.
 */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  const written = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(written, 'wx');
    try {
      await file.writeFile(`${JSON.stringify(value, null, 1)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(written, path);
  } catch (thrown) {
    await rm(written, { force: true });
    throw thrown;
  }
  await syncFolder(dirname(path));
}

/** Makes the names in a folder as lasting as the files; Windows keeps them so, and opens no folders. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const opened = await open(folder, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}
