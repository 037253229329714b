import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { asMentorCollabError, MentorCollabError } from '../../core/errors.ts';
import { formatBytes } from '../../core/formatBytes.ts';
import type { ModelLibrary } from '../../models/library/modelLibrary.ts';
import type { ReasoningEngine } from '../../protocol/engine.ts';
import { cancellableProgress } from './cancellableProgress.ts';
import { AGREED } from './downloadActions.ts';
import { modelLabel } from './modelLabel.ts';
import type { InstalledEntry } from './modelsSnapshot.ts';
import type { ModelsState } from './modelsState.ts';
import { targetOf } from './modelTarget.ts';
import { revealFile } from './revealFile.ts';
import { listRoles } from './roleWords.ts';

export interface LibraryActionParts {
  readonly library: ModelLibrary;
  readonly state: ModelsState;
  readonly engine: Pick<ReasoningEngine, 'unload'>;
  /** Whether a run is under way. */
  readonly isBusy: () => boolean;
  /** Uses an installed model in a role. */
  readonly useAs: (role: 'generator' | 'mentor', id: string) => Promise<unknown>;
}

/** What can be done with the models on this machine. */
export class LibraryActions {
  readonly #parts: LibraryActionParts;

  constructor(parts: LibraryActionParts) {
    this.#parts = parts;
  }

  /**
   * Imports GGUF files from where they are: those that are named (paths, files of the explorer), or else chosen ones.
   *
   * @returns the ids that settings name them by.
   */
  async import(argument: unknown, selected: unknown): Promise<readonly string[]> {
    const paths = pathsIn(Array.isArray(selected) && selected.length > 0 ? selected : argument);
    const chosen = paths.length > 0 ? paths : await browse();
    const ids: string[] = [];
    for (const path of chosen) {
      const id = await this.#importOne(path);
      if (id === null) break;
      ids.push(id);
    }
    if (ids.length > 0) this.#offerToUse(ids);
    return ids;
  }

  /**
   * Compares a model's files with what was recorded when they came.
   *
   * @returns whether they are as recorded; null when the user gave up.
   */
  async verify(argument: unknown): Promise<boolean | null> {
    const entry = await this.#entryOf(argument, 'Verify Model', ({ origin }) => origin !== 'shipped');
    if (!entry) return null;
    const { files, isSound } = await cancellableProgress(`Verifying ${entry.name}`, (signal, progress) =>
      this.#parts.library.verify(entry.id, {
        signal,
        onProgress: (done, total) => {
          progress.reach(total === 0 ? 1 : done / total);
        },
      }),
    );
    if (isSound) {
      const all = files.length === 1 ? 'its file is' : `all ${files.length} files are`;
      void vscode.window.showInformationMessage(`${entry.name} is sound: ${all} exactly as recorded.`);
      return true;
    }
    const wrong = files.filter(({ outcome }) => outcome !== 'sound');
    const what = wrong.map(({ path, outcome }) => `${path} ${outcome === 'missing' ? 'is missing' : 'has changed'}`);
    const next = entry.origin === 'imported' ? 'Import it again if that is meant, or remove it.' : 'Download it again.';
    void vscode.window.showErrorMessage(`${entry.name} is damaged: ${what.join('; ')}. ${next}`);
    return false;
  }

  /** Shows a model's file where it lies. */
  async reveal(argument: unknown): Promise<void> {
    const entry = await this.#entryOf(argument, 'Reveal Model', () => true);
    if (entry) await revealFile(entry.path);
  }

  /** Deletes a downloaded model, or forgets an imported one, after asking. */
  async remove(argument: unknown, agreed: unknown): Promise<void> {
    const { library, state, engine, isBusy } = this.#parts;
    const entry = await this.#entryOf(argument, 'Remove Model', ({ origin }) => origin !== 'shipped');
    if (!entry) return;
    if (agreed !== AGREED && !(await askToRemove(entry))) return;
    if (entry.loaded) {
      if (isBusy()) {
        throw new MentorCollabError(
          'bad-input',
          `${entry.name} is at work. Stop the run, or wait for its end; then remove it.`,
        );
      }
      // A file that is in use can't be deleted everywhere, and its memory is of no use any more.
      await engine.unload();
    }
    await library.remove(entry.id);
    await state.refresh();
  }

  async #importOne(path: string): Promise<string | null> {
    const { library, state } = this.#parts;
    try {
      const model = await cancellableProgress(`Importing ${path}`, (signal, progress) =>
        library.import(path, {
          signal,
          onProgress: (done, total) => {
            progress.reach(total === 0 ? 1 : done / total);
            progress.say(`checking, ${formatBytes(done)} of ${formatBytes(total)}`);
          },
        }),
      );
      await state.refresh();
      return model.id;
    } catch (thrown) {
      if (asMentorCollabError(thrown).code === 'cancelled') return null;
      throw thrown;
    }
  }

  #offerToUse(ids: readonly string[]): void {
    const { state, useAs } = this.#parts;
    const names = ids.map((id) => modelLabel(id, state.snapshot.catalogue));
    const [id] = ids;
    const [generator, mentor] = ['Use as Generator', 'Use as Mentor'] as const;
    const buttons = ids.length === 1 ? [generator, mentor] : [];
    const message = `Imported ${names.join(', ')}. ${ids.length === 1 ? 'Its file stays' : 'Their files stay'} where ${ids.length === 1 ? 'it is' : 'they are'}.`;
    void vscode.window.showInformationMessage(message, ...buttons).then(async (chosen) => {
      if (id === undefined) return;
      if (chosen === generator) await useAs('generator', id);
      else if (chosen === mentor) await useAs('mentor', id);
    });
  }

  /** The model that an argument names (a line of the view, an id), or else the one that the user chooses. */
  async #entryOf(
    argument: unknown,
    title: string,
    isFit: (entry: InstalledEntry) => boolean,
  ): Promise<InstalledEntry | null> {
    const { state } = this.#parts;
    await state.start();
    const { installed, roles } = state.snapshot;
    const target = targetOf(argument);
    const role = target?.type === 'role' ? roles.find((each) => each.role === target.role) : undefined;
    const named = target?.type === 'installed' || target?.type === 'catalogue' ? target.id : argument;
    const id = role?.reference ?? named;
    if (typeof id === 'string') {
      const entry = installed.find((each) => each.id === id);
      if (entry && isFit(entry)) return entry;
      throw new MentorCollabError('bad-input', `${id} is no model of the library, so this can’t be done with it.`);
    }
    const items = installed.filter(isFit).map((entry) => ({
      label: entry.name,
      description: `${formatBytes(entry.bytes)} · ${entry.origin}`,
      entry,
    }));
    if (items.length === 0) {
      throw new MentorCollabError('bad-input', 'No model is downloaded or imported yet. Download or import one first.');
    }
    return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.entry ?? null;
  }
}

/** Paths of what menus and callers pass along. */
function pathsIn(argument: unknown): readonly string[] {
  if (Array.isArray(argument)) return argument.flatMap(pathsIn);
  if (typeof argument === 'string') return [argument];
  return argument instanceof vscode.Uri && argument.scheme === 'file' ? [argument.fsPath] : [];
}

async function browse(): Promise<readonly string[]> {
  const files = await vscode.window.showOpenDialog({
    title: 'Import GGUF Models (of a split model, its first part)',
    openLabel: 'Import',
    canSelectMany: true,
    filters: { 'GGUF models': ['gguf'] },
  });
  return files?.map(({ fsPath }) => fsPath) ?? [];
}

async function askToRemove({ name, origin, paths, path, bytes, usedAs }: InstalledEntry): Promise<boolean> {
  const isImported = origin === 'imported';
  const files = paths.length === 1 ? path : `${paths.length} files in ${dirname(path)}`;
  const what = isImported
    ? `It is only taken from the list: ${files} stays where it is.`
    : `This deletes ${files} (${formatBytes(bytes)}). It can be downloaded again.`;
  const use =
    usedAs.length === 0
      ? ''
      : ` It is in use as ${listRoles(usedAs)}: choose another model for that before you ask again.`;
  const yes = isImported ? 'Remove' : 'Delete';
  const message = isImported ? `Remove ${name} from the list?` : `Delete ${name}?`;
  const detail = `${what}${use}`;
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, yes)) === yes;
}
