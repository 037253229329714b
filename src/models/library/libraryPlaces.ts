import { join } from 'node:path';
import { MentorCollabError } from '../../core/errors.ts';

/** Ids of imported models begin so, and can't be taken for a catalogue id or a path. */
export const IMPORTED_PREFIX = 'imported:';

const IMPORTS_FOLDER = 'imports';

/** One plain folder or file name on every system. */
const PLAIN_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._ -]*[A-Za-z0-9_-])?$/;
/** Names that Windows keeps for devices, with or without an ending. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** Longer names are refused by common file systems, `.part.json` included. */
const MOST_CHARACTERS = 200;

/** Whether a name is one folder or file on every system, and can't lead out of the folder it is joined to. */
export function isPlainName(name: string): boolean {
  return name.length <= MOST_CHARACTERS && PLAIN_NAME.test(name) && !DEVICE_NAME.test(name);
}

/** A name made plain, for what others have named. */
export function toPlainName(name: string): string {
  const plain = name
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, MOST_CHARACTERS - 10)
    .replace(/^[^A-Za-z0-9]+/, '')
    .replace(/[^A-Za-z0-9_-]+$/, '');
  return isPlainName(plain) ? plain : `model-${plain.replaceAll('.', '-')}`.slice(0, MOST_CHARACTERS);
}

/** Where things are in a library's folder; all paths absolute if the folder's is. */
export class LibraryPlaces {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The folder of small records of imported models, one file each. */
  get imports(): string {
    return join(this.folder, IMPORTS_FOLDER);
  }

  /** A file that changes with every change of the library, for other processes to see. */
  get bell(): string {
    return join(this.folder, '.changed');
  }

  /**
   * The folder of a downloaded model.
   *
   * @throws MentorCollabError `bad-input` for an id that is no folder's name.
   */
  modelFolder(id: string): string {
    if (!isModelFolderName(id)) {
      throw new MentorCollabError(
        'bad-input',
        `"${id}" can't be a model's name in the library: only letters, digits, dots, dashes and underscores make one.`,
      );
    }
    return join(this.folder, id);
  }

  /** What a finished download is recorded in: the model is installed once this file is there. */
  record(id: string): string {
    return join(this.modelFolder(id), 'model.json');
  }

  /** What an unfinished download is recorded in. */
  downloadRecord(id: string): string {
    return join(this.modelFolder(id), 'download.json');
  }

  /** Held by the process that downloads the model. */
  lock(id: string): string {
    return join(this.modelFolder(id), 'download.lock');
  }

  /** The record of an imported model, by its full id. */
  importRecord(id: string): string {
    return join(this.imports, `${id.slice(IMPORTED_PREFIX.length)}.json`);
  }
}

/** Whether a folder of the library may be a model's. */
export function isModelFolderName(name: string): boolean {
  return isPlainName(name) && name !== IMPORTS_FOLDER;
}

/** Whether an id is an imported model's. */
export function isImportedId(id: string): boolean {
  return id.startsWith(IMPORTED_PREFIX) && isPlainName(id.slice(IMPORTED_PREFIX.length));
}
