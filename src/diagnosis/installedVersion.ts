import { dirname, join } from 'node:path';
import { z } from 'zod';
import { readIfThere } from '../models/readIfThere.ts';

const manifestSchema = z.object({ version: z.string() });

/**
 * The version of a package as Node would find it from a folder; null where there is none. Not by Node's own resolution,
 * which hides the manifest of a package that does not export it.
 *
 * @param folder - absolute.
 */
export async function installedVersion(packageName: string, folder: string): Promise<string | null> {
  const version = await versionIn(join(folder, 'node_modules', packageName, 'package.json'));
  if (version !== null) return version;
  const parent = dirname(folder);
  return parent === folder ? null : installedVersion(packageName, parent);
}

async function versionIn(path: string): Promise<string | null> {
  const text = await readIfThere(path);
  if (text === null) return null;
  const parsed: unknown = JSON.parse(text);
  return manifestSchema.safeParse(parsed).data?.version ?? null;
}
