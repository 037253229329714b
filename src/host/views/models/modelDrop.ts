import * as vscode from 'vscode';
import { MentorCollabError } from '../../../core/errors.ts';
import type { ModelsElement } from './modelsElement.ts';

const URI_LIST = 'text/uri-list';

/** Files dropped on the view, from the explorer or from a file manager, are imported. */
export class ModelDrop implements vscode.TreeDragAndDropController<ModelsElement> {
  readonly dragMimeTypes: readonly string[] = [];
  readonly dropMimeTypes: readonly string[] = [URI_LIST, 'files'];
  readonly #importFiles: (paths: readonly string[]) => Promise<unknown>;
  readonly #tellFailure: (thrown: unknown) => void;

  constructor(importFiles: (paths: readonly string[]) => Promise<unknown>, tellFailure: (thrown: unknown) => void) {
    this.#importFiles = importFiles;
    this.#tellFailure = tellFailure;
  }

  async handleDrop(_target: ModelsElement | undefined, data: vscode.DataTransfer): Promise<void> {
    try {
      const paths = await droppedPaths(data);
      await this.#importFiles(paths);
    } catch (thrown) {
      this.#tellFailure(thrown);
    }
  }
}

/** @throws MentorCollabError `bad-input` where nothing that was dropped is a file of this machine. */
async function droppedPaths(data: vscode.DataTransfer): Promise<readonly string[]> {
  const list = (await data.get(URI_LIST)?.asString()) ?? '';
  const lines = list.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const named = lines.map((line) => vscode.Uri.parse(line.trim()));
  const dropped: vscode.Uri[] = [];
  for (const [, item] of data) {
    const uri = item.asFile()?.uri;
    if (uri) dropped.push(uri);
  }
  // A server's own files have a scheme of their own in a window that works on it, and the path that they have there.
  const paths = [...named, ...dropped].filter(isOnThisMachine).map(({ fsPath }) => fsPath);
  if (paths.length > 0) return [...new Set(paths)];
  throw new MentorCollabError(
    'bad-input',
    'What was dropped is no file on the machine that this window works on. Copy it there first, or download the model.',
  );
}

function isOnThisMachine({ scheme }: vscode.Uri): boolean {
  return scheme === 'file' || (scheme === 'vscode-remote' && vscode.env.remoteName !== undefined);
}
