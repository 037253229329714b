import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { MentorCollabError } from '../core/errors.ts';
import type { ModelSource } from '../core/modelSource.ts';
import { fileSource } from '../core/modelSource.ts';
import { DEMO_MODELS } from './demoPair.ts';
import { NOT_DOWNLOADED } from './notDownloaded.ts';
import { isServerReference, parseServerReference } from './serverReference.ts';

/** What the library knows of an id. */
export interface KnownModel {
  /** How people know it. */
  readonly name: string;
  /** Absolute path of its file; null while it is not installed. */
  readonly path: string | null;
}

export interface ModelPlaces {
  /** Absolute path of the folder that holds the demo pair's files. */
  readonly modelsFolder: string;
  /** Absolute path of the folder that a relative path starts from. */
  readonly baseFolder: string;
  /** A model of the catalogue or the library by its id; null when there is none of that id. */
  readonly findModel: (id: string) => KnownModel | null;
  /** The id that a mistyped one was most likely meant to be; null when none is near. Without it nothing is suggested. */
  readonly nearestId?: (id: string) => string | null;
  /** The key to send to a server; null when none is kept for it. */
  readonly apiKeyFor: (url: string) => string | null;
}

/** A hub reference (`hf:user/name`) or another URL; a Windows drive has one letter before its colon. */
const ELSEWHERE = /^(?:[a-z][a-z\d+.-]*:\/\/|(?:hf|huggingface|ollama):)/i;

/**
 * Where a model is that a user has named: the id of a demo model, of the catalogue or of the library; a server as
 * `URL#model`; or the path of a GGUF file, absolute, relative to `baseFolder`, or with `~` for the home folder.
 *
 * @throws MentorCollabError `bad-input` when the reference is empty or can't be understood; `model-missing` when there
 * is no such file, or the model is not downloaded yet. What a file holds is for the engine to check.
 */
export function resolveModelReference(reference: string, places: ModelPlaces): ModelSource {
  if (reference.trim() === '') throw new MentorCollabError('bad-input', `No model is named. ${whatToGive()}`);
  if (isServerReference(reference)) {
    const server = parseServerReference(reference);
    return { type: 'server', ...server, apiKey: places.apiKeyFor(server.url) };
  }
  if (ELSEWHERE.test(reference)) {
    throw new MentorCollabError(
      'bad-input',
      `"${reference}" is not on this machine yet. Download it first ("MentorCollab: Download Model" in the editor, "mentorcollab models download" in the terminal). ${whatToGive()}`,
    );
  }
  return fileSource(
    DEMO_MODELS.some(({ id }) => id === reference) ? demoPath(reference, places) : pathOf(reference, places),
  );
}

function demoPath(id: string, { modelsFolder }: ModelPlaces): string {
  const path = join(modelsFolder, `${id}.gguf`);
  if (kindOf(path) === 'file') return path;
  throw new MentorCollabError(
    'model-missing',
    `The file of ${id} is missing at ${path}. Install MentorCollab again, or give the path of a GGUF file.`,
  );
}

/** A file of that path goes before a model of that id. */
function pathOf(reference: string, { baseFolder, findModel, nearestId }: ModelPlaces): string {
  const path = resolve(baseFolder, withHome(reference));
  const kind = kindOf(path);
  if (kind === 'file') return path;
  const known = findModel(reference);
  if (known?.path != null) return known.path;
  if (known) {
    throw new MentorCollabError(
      'model-missing',
      `${known.name} ${NOT_DOWNLOADED}. Download it ("MentorCollab: Download Model" in the editor, "mentorcollab models download ${reference}" in the terminal), or choose another model.`,
    );
  }
  const problem = kind === 'folder' ? `"${reference}" is a folder (${path})` : `There is no model file at ${path}`;
  const nearest = looksLikeId(reference) ? (nearestId?.(reference) ?? null) : null;
  const suggestion = nearest === null ? '' : ` Did you mean ${nearest}?`;
  throw new MentorCollabError('model-missing', `${problem}.${suggestion} ${whatToGive()}`);
}

/** Ids have no folders and no `.gguf` at their end. */
function looksLikeId(reference: string): boolean {
  return /^[\w.-]+$/.test(reference) && !/\.gguf$/i.test(reference);
}

function whatToGive(): string {
  const demo = DEMO_MODELS.map(({ id }) => id).join(', ');
  return `Give the path of a GGUF file, a server as URL#MODEL, a catalogue id ("mentorcollab models list"), or one of ${demo}.`;
}

function withHome(path: string): string {
  return /^~(?=$|[/\\])/.test(path) ? join(homedir(), path.slice(1)) : path;
}

function kindOf(path: string): 'file' | 'folder' | 'nothing' {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 'nothing';
  return found.isDirectory() ? 'folder' : 'file';
}
