import * as vscode from 'vscode';
import { MODEL_COMMAND_IDS } from '../commandIds.ts';
import type { ChoiceActions } from './choiceActions.ts';
import type { DownloadActions } from './downloadActions.ts';
import type { LibraryActions } from './libraryActions.ts';
import type { ServerActions } from './serverActions.ts';

export interface ModelCommandParts {
  readonly choice: ChoiceActions;
  readonly downloads: DownloadActions;
  readonly library: LibraryActions;
  readonly servers: ServerActions;
  /** Reads everything that the view shows anew. */
  readonly refresh: () => Promise<void>;
  /** Opens the view. */
  readonly show: () => Promise<void>;
  readonly tellFailure: (thrown: unknown) => void;
}

/**
 * Registers every command on models. Arguments come from menus, key bindings and other extensions: only those that are
 * understood are taken.
 */
export function registerModelCommands(parts: ModelCommandParts): vscode.Disposable {
  const { choice, downloads, library, servers, refresh, show, tellFailure } = parts;
  const handlers: Record<keyof typeof MODEL_COMMAND_IDS, (of: unknown, more: unknown) => Promise<unknown>> = {
    choosePair: () => choice.choosePair(),
    usePair: (of) => choice.usePair(of),
    useAsGenerator: (of, agreed) => choice.useAs('generator', of, agreed),
    useAsMentor: (of, agreed) => choice.useAs('mentor', of, agreed),
    useAsVerifier: (of, agreed) => choice.useAs('verifier', of, agreed),
    downloadModel: (of, agreed) => downloads.download(of, agreed),
    pauseDownload: (of) => downloads.pause(of),
    resumeDownload: (of) => downloads.resume(of),
    retryDownload: (of) => downloads.resume(of),
    cancelDownload: (of, agreed) => downloads.cancel(of, agreed),
    setHubToken: () => downloads.setHubToken(),
    openModelPage: (of) => downloads.openPage(of),
    importModel: (of, selected) => library.import(of, selected),
    verifyModel: (of) => library.verify(of),
    revealModel: (of) => library.reveal(of),
    removeModel: (of, agreed) => library.remove(of, agreed),
    addServer: (of, role) => servers.add(of, role),
    testConnection: (of) => servers.test(of),
    setServerKey: (of) => servers.setKey(of),
    removeServer: (of) => servers.remove(of),
    refreshModels: refresh,
    showModels: show,
  };
  const commands = Object.entries(handlers).map(([name, handle]) =>
    // The keys of `handlers` are those of MODEL_COMMAND_IDS, by its type.
    vscode.commands.registerCommand(
      MODEL_COMMAND_IDS[name as keyof typeof MODEL_COMMAND_IDS],
      async (of: unknown, more: unknown) => {
        try {
          return await handle(of, more);
        } catch (thrown) {
          tellFailure(thrown);
          return null;
        }
      },
    ),
  );
  return vscode.Disposable.from(...commands);
}
