import { mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { MentorCollabError } from '../../core/errors.ts';
import { readGgufHeader } from '../gguf/ggufHeader.ts';
import { splitParts } from '../gguf/splitParts.ts';
import type { FileWorkOptions } from './fileWork.ts';
import { hashModelFile, readingProgress } from './fileWork.ts';
import type { InstalledModel } from './installedModel.ts';
import { writeJsonFile } from './jsonFile.ts';
import type { LibraryPlaces } from './libraryPlaces.ts';
import { IMPORTED_PREFIX, toPlainName } from './libraryPlaces.ts';
import type { ImportRecord } from './modelRecord.ts';

/** What an import has to know of the library. */
interface ImportInto {
  readonly places: LibraryPlaces;
  /** The models installed before. */
  readonly known: readonly InstalledModel[];
}

/** Checks, hashes and records a GGUF file where it is; gives the id under which it is recorded. */
export async function importModel(
  givenPath: string,
  { places, known }: ImportInto,
  options: FileWorkOptions,
): Promise<string> {
  const path = resolve(givenPath);
  const paths = await checkParts(path);
  const owner = known.find((model) => model.files.some((file) => paths.includes(file.path)));
  if (owner?.origin === 'downloaded') {
    throw new MentorCollabError('bad-input', `${path} is in the library already, as "${owner.id}". Use that name.`);
  }
  const files = await describe(paths, options);
  const record: ImportRecord = { version: 1, isDamaged: false, addedAtMs: Date.now(), files };
  const id = owner?.id ?? freeId(path, new Set(known.map((model) => model.id)));
  await mkdir(places.imports, { recursive: true });
  await writeJsonFile(places.importRecord(id), record);
  return id;
}

/** The paths of all parts, each of them a sound GGUF file. */
async function checkParts(path: string): Promise<readonly string[]> {
  const split = splitParts(basename(path));
  if (split && split.part > 1) {
    const first = join(dirname(path), split.names[0] ?? '');
    throw new MentorCollabError(
      'bad-input',
      `${path} is part ${split.part} of a model in ${split.names.length} files. Give the first one: ${first}`,
    );
  }
  const { splitCount } = await readGgufHeader(path);
  const count = splitCount ?? 1;
  if (count > 1 && split?.names.length !== count) {
    throw new MentorCollabError(
      'model-invalid',
      `${path} is the first of ${count} parts, but its name does not end in -00001-of-${String(count).padStart(5, '0')}.gguf, by which the other parts are found. Give all parts the names they were published with.`,
    );
  }
  const [, ...others] = split && count > 1 ? split.names.map((name) => join(dirname(path), name)) : [path];
  for (const [index, other] of others.entries()) await checkPart(other, index + 1, count);
  return [path, ...others];
}

async function checkPart(path: string, number: number, count: number): Promise<void> {
  const header = await readGgufHeader(path).catch((cause: unknown) => {
    if (!(cause instanceof MentorCollabError) || cause.code !== 'model-missing') throw cause;
    const message = `Part ${number + 1} of ${count} is missing: there is no file at ${path}. Put all parts into one folder.`;
    throw new MentorCollabError('model-missing', message, { cause });
  });
  if (header.splitNumber === number && header.splitCount === count) return;
  throw new MentorCollabError(
    'model-invalid',
    `${path} is not part ${number + 1} of ${count} of the model, as its name says. Download it again.`,
  );
}

async function describe(paths: readonly string[], options: FileWorkOptions): Promise<ImportRecord['files']> {
  const sizes = await Promise.all(paths.map(async (path) => ({ path, bytes: (await stat(path)).size })));
  const onBytes = readingProgress(sizes, options);
  const files: ImportRecord['files'] = [];
  for (const { path, bytes } of sizes) {
    files.push({ path, bytes, sha256: await hashModelFile(path, { signal: options.signal, onBytes }) });
  }
  return files;
}

/** The file's own name where it is free; else with a number after it. */
function freeId(path: string, taken: ReadonlySet<string>): string {
  const name = toPlainName(basename(path).replace(/(?:-00001-of-\d{5})?\.gguf$/i, ''));
  for (let number = 1; ; number++) {
    const id = `${IMPORTED_PREFIX}${name}${number === 1 ? '' : `-${number}`}`;
    if (!taken.has(id)) return id;
  }
}
