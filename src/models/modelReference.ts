import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { MentorCollabError } from '../core/errors.ts';
import { DEMO_MODELS } from './demoPair.ts';

export interface ModelPlaces {
  /** Absolute path of the folder that holds the demo pair's files. */
  readonly modelsFolder: string;
  /** Absolute path of the folder that a relative path starts from. */
  readonly baseFolder: string;
}

/** An URL (`http://...#model`) or a hub reference (`hf:user/name`); a Windows drive has one letter before its colon. */
const REMOTE = /^(?:[a-z][a-z\d+.-]*:\/\/|(?:hf|huggingface|ollama):)/i;

/**
 * The absolute path of a model's file from what a user wrote: the id of a demo model, or the path of a GGUF file,
 * absolute, relative to `baseFolder`, or with `~` for the home folder.
 *
 * @throws MentorCollabError `bad-input` when the reference is empty or names something that is not a file on this
 * machine; `model-missing` when there is no such file. What the file holds is for the engine to check.
 */
export function resolveModelReference(reference: string, places: ModelPlaces): string {
  if (reference.trim() === '') {
    throw new MentorCollabError('bad-input', `No model is named. ${whatToGive()}`);
  }
  if (REMOTE.test(reference)) {
    throw new MentorCollabError(
      'bad-input',
      `"${reference}" is not a file on this machine, and models are only read from files. ${whatToGive()}`,
    );
  }
  const demo = DEMO_MODELS.find(({ id }) => id === reference);
  const path = demo ? join(places.modelsFolder, demo.fileName) : resolve(places.baseFolder, withHome(reference));
  const kind = kindOf(path);
  if (kind === 'file') return path;
  if (demo) {
    throw new MentorCollabError(
      'model-missing',
      `The file of ${demo.id} is missing at ${path}. Install MentorCollab again, or give the path of a GGUF file.`,
    );
  }
  const problem = kind === 'folder' ? `"${reference}" is a folder (${path})` : `There is no model file at ${path}`;
  throw new MentorCollabError('model-missing', `${problem}. ${whatToGive()}`);
}

function whatToGive(): string {
  return `Give the path of a GGUF file, or one of ${DEMO_MODELS.map(({ id }) => id).join(', ')}.`;
}

function withHome(path: string): string {
  return /^~(?=$|[/\\])/.test(path) ? join(homedir(), path.slice(1)) : path;
}

function kindOf(path: string): 'file' | 'folder' | 'nothing' {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 'nothing';
  return found.isDirectory() ? 'folder' : 'file';
}
