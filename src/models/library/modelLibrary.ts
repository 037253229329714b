import { readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MentorCollabError } from '../../core/errors.ts';
import { isMissing } from '../isMissing.ts';
import type { FileWorkOptions } from './fileWork.ts';
import { importModel } from './importModel.ts';
import type { InstalledModel, InstalledModelProblem } from './installedModel.ts';
import { IMPORTED_PREFIX, isImportedId, isModelFolderName, LibraryPlaces } from './libraryPlaces.ts';
import { parseImportRecord, parseModelRecord, withDamage } from './modelRecord.ts';
import { writeJsonFile } from './jsonFile.ts';
import { namesIn } from './namesIn.ts';
import { removeModel } from './removeModel.ts';
import type { ModelVerification } from './verifyModel.ts';
import { verifyModel } from './verifyModel.ts';
import type { Subscription } from './watchLibrary.ts';
import { watchLibrary } from './watchLibrary.ts';

/**
 * The models installed on this machine: those downloaded into one folder, and those imported from where they are. The
 * folder holds all there is to know, so that several processes share it; nothing is kept in memory.
 */
export class ModelLibrary {
  readonly places: LibraryPlaces;

  /** @param folder - absolute; need not exist yet. */
  constructor(folder: string) {
    this.places = new LibraryPlaces(folder);
  }

  /** Every installed model, by id. Files that are gone or have another size are flagged; nothing is hashed. */
  async list(): Promise<readonly InstalledModel[]> {
    const ids = [...(await this.#downloadedIds()), ...(await this.#importedIds())];
    const models = await Promise.all(ids.map((id) => this.find(id)));
    return models.filter((model) => model !== null).sort((a, b) => a.id.localeCompare(b.id, 'en'));
  }

  /** One installed model; null where there is none of that id, or its record can't be read. */
  async find(id: string): Promise<InstalledModel | null> {
    const recordPath = this.#recordPath(id);
    if (recordPath === null) return null;
    const text = await readIfThere(recordPath);
    const model = text === null ? null : this.#parse(text, id);
    return model && { ...model, problem: await problemOf(model) };
  }

  /**
   * The file to load for a model's id, or null where no such model is installed or its file is gone. Synchronous, and
   * cheap: two looks at the disk.
   */
  pathOf(id: string): string | null {
    const recordPath = this.#recordPath(id);
    if (recordPath === null) return null;
    let text: string;
    try {
      text = readFileSync(recordPath, 'utf8');
    } catch (thrown) {
      if (isMissing(thrown)) return null;
      throw thrown;
    }
    const path = this.#parse(text, id)?.path ?? null;
    return path !== null && statSync(path, { throwIfNoEntry: false })?.isFile() === true ? path : null;
  }

  /**
   * Registers a GGUF file where it is, under `imported:NAME`; nothing is copied. Its header is checked and its hash
   * recorded. Of a split model the first part is given, and all parts must be beside it. Importing a file again records
   * it anew.
   *
   * @throws MentorCollabError `model-missing` when a file is not there, `model-invalid` when one is no sound GGUF file,
   * `bad-input` for another part than the first or a file that the library holds anyway, `cancelled`.
   */
  async import(path: string, options: FileWorkOptions = {}): Promise<InstalledModel> {
    const id = await importModel(path, { places: this.places, known: await this.list() }, options);
    await this.ringBell();
    return this.get(id);
  }

  /**
   * Hashes a model's files and compares them with what was recorded when they were downloaded or imported. What is found
   * is written down: a model with other bytes is listed as `changed` from then on, and downloading it again repairs it.
   *
   * @throws MentorCollabError `model-missing` when no such model is installed, `cancelled`.
   */
  async verify(id: string, options: FileWorkOptions = {}): Promise<ModelVerification> {
    const verification = await verifyModel(await this.get(id), options);
    await this.#writeDown(id, verification);
    return verification;
  }

  /**
   * Takes a model out of the library: the files of a downloaded one are deleted, an imported one's are left alone.
   *
   * @throws MentorCollabError `model-missing` when no such model is installed; `bad-input` when a file can't be deleted,
   * for instance because it is loaded.
   */
  async remove(id: string): Promise<void> {
    await removeModel(await this.get(id), this.places);
    await this.ringBell();
  }

  /** As {@link find}, but a model that is not installed is an error. */
  async get(id: string): Promise<InstalledModel> {
    const model = await this.find(id);
    if (model) return model;
    throw new MentorCollabError(
      'model-missing',
      `No model "${id}" is installed. List the installed ones, or download it.`,
    );
  }

  /** Calls back after changes of the library, by this or another process, until the subscription is disposed. */
  watch(onChange: () => void): Subscription {
    return watchLibrary(this.places, onChange);
  }

  /** Tells every process that watches this library that something has changed. */
  async ringBell(): Promise<void> {
    await mkdir(this.places.folder, { recursive: true });
    await writeFile(this.places.bell, `${process.pid} ${Date.now()}\n`);
  }

  async #writeDown(id: string, { files }: ModelVerification): Promise<void> {
    const recordPath = this.#recordPath(id);
    const text = recordPath === null ? null : await readIfThere(recordPath);
    const isDamaged = files.some(({ outcome }) => outcome === 'changed');
    const record = text === null ? null : withDamage(text, isDamaged);
    if (recordPath === null || record === null) return;
    await writeJsonFile(recordPath, record);
    await this.ringBell();
  }

  #recordPath(id: string): string | null {
    if (isImportedId(id)) return this.places.importRecord(id);
    return isModelFolderName(id) ? this.places.record(id) : null;
  }

  #parse(text: string, id: string): InstalledModel | null {
    return isImportedId(id) ? parseImportRecord(text, id) : parseModelRecord(text, id, join(this.places.folder, id));
  }

  async #downloadedIds(): Promise<readonly string[]> {
    return (await namesIn(this.places.folder)).filter(isModelFolderName);
  }

  async #importedIds(): Promise<readonly string[]> {
    const names = await namesIn(this.places.imports);
    return names
      .filter((name) => name.endsWith('.json'))
      .map((name) => IMPORTED_PREFIX + name.slice(0, -'.json'.length))
      .filter(isImportedId);
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
}

async function problemOf(model: InstalledModel): Promise<InstalledModelProblem | null> {
  let { problem } = model;
  for (const { path, bytes } of model.files) {
    try {
      const stats = await stat(path);
      if (!stats.isFile()) return 'missing';
      if (stats.size !== bytes) problem = 'changed';
    } catch (thrown) {
      if (isMissing(thrown)) return 'missing';
      throw thrown;
    }
  }
  return problem;
}
