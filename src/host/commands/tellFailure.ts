import * as vscode from 'vscode';
import { asMentorCollabError } from '../../core/errors.ts';
import type { ShownLog } from '../hostLog.ts';
import { describeThrown } from '../describeThrown.ts';
import { ACTION_LABELS, describeFailure } from '../runs/describeFailure.ts';

/** Tells the user what could not be done, and the log why. */
export function tellFailure(thrown: unknown, log: ShownLog): void {
  const error = asMentorCollabError(thrown);
  if (error.code === 'cancelled') return;
  const { message } = describeFailure(error);
  if (error.code === 'bad-input') {
    log.info(message);
    void vscode.window.showWarningMessage(message);
    return;
  }
  log.error(describeThrown(thrown));
  const showLog = ACTION_LABELS['show-log'];
  void vscode.window.showErrorMessage(message, showLog).then((chosen) => {
    if (chosen === showLog) log.show();
  });
}
