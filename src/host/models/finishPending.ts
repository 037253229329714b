import * as vscode from 'vscode';
import type { Catalogue } from '../../models/catalogue/catalogue.ts';
import type { DownloadManager } from '../../models/download/downloadManager.ts';
import type { ModelLibrary } from '../../models/library/modelLibrary.ts';
import { COMMAND_IDS } from '../commandIds.ts';
import type { ChoiceActions } from './choiceActions.ts';
import { progressWords } from './downloadWords.ts';
import { modelLabel } from './modelLabel.ts';
import type { PendingChoices } from './pendingChoices.ts';

export interface PendingParts {
  readonly pending: PendingChoices;
  readonly manager: DownloadManager;
  readonly library: Pick<ModelLibrary, 'pathOf'>;
  readonly catalogue: Catalogue;
  readonly choice: Pick<ChoiceActions, 'write' | 'describe'>;
}

/**
 * Writes the settings of choices whose models are all here now, and tells it.
 *
 * @param id - the model that has just come.
 * @returns whether that model was waited for.
 */
export async function finishPending(id: string, parts: PendingParts): Promise<boolean> {
  const isWanted = parts.pending.rolesOf(id).length > 0;
  await applyReady(parts);
  return isWanted;
}

/** After a start: finishes what other windows have brought to its end, and offers to go on with what was interrupted. */
export async function resumePending(parts: PendingParts): Promise<void> {
  const { pending, manager, catalogue } = parts;
  if (pending.all.length === 0) return;
  await manager.refresh();
  await applyReady(parts);
  const wanted = new Set(pending.all.flatMap((choice) => Object.values(choice)));
  const stopped = manager.list.filter(({ download, state }) => state === 'paused' && wanted.has(download.id));
  if (stopped.length === 0) return;
  const what = stopped.map(
    ({ download, progress }) => `${modelLabel(download.id, catalogue)} (${progressWords(progress)})`,
  );
  const resume = 'Resume';
  const message = `The download of ${what.join(' and ')} was interrupted.`;
  if ((await vscode.window.showInformationMessage(message, resume, 'Not Now')) !== resume) return;
  for (const { download } of stopped) manager.resume(download.id);
}

async function applyReady({ pending, library, catalogue, choice }: PendingParts): Promise<void> {
  const isShipped = (reference: string): boolean =>
    catalogue.models.some(({ id, repository }) => id === reference && repository === null);
  // A file or a server was there when it was chosen; what is wrong with it since is told where a question is asked.
  const isOfCatalogue = (reference: string): boolean => catalogue.models.some(({ id }) => id === reference);
  const ready = await pending.takeReady(
    (reference) => !isOfCatalogue(reference) || isShipped(reference) || library.pathOf(reference) !== null,
  );
  for (const each of ready) {
    await choice.write(each);
    const ask = 'Ask a Question';
    const message = `Downloaded and ready: ${choice.describe(each)}.`;
    void vscode.window.showInformationMessage(message, ask).then((chosen) => {
      if (chosen === ask) void vscode.commands.executeCommand(COMMAND_IDS.ask);
    });
  }
}
