import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for each suite that asks, empty at the start and gone at the end. */
export function scratchFolder(): { file(name: string): string } {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mentorcollab-test-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  return { file: (name) => join(folder, name) };
}
