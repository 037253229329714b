import type { PanelMessage } from '../../protocol/panel.ts';
import type { Actions } from '../commands/actions.ts';

const FAILURE_ACTIONS = {
  'retry-requested': 'retry',
  'log-requested': 'show-log',
  'settings-requested': 'settings',
  'models-requested': 'choose-models',
  'models-view-requested': 'show-models',
  'download-requested': 'download-models',
} as const;

/**
 * Does what the panel asks for; the panel's own affairs (`panel-ready`, `composer-closed`) are its controller's, and the
 * step that is open is the selection's.
 */
export async function handlePanelMessage(message: PanelMessage, actions: Actions): Promise<void> {
  switch (message.type) {
    case 'question-asked':
      await actions.askFromPanel(message.question);
      return;
    case 'composer-opened':
      actions.openComposer();
      return;
    case 'stop-requested':
      actions.stop();
      return;
    case 'retry-requested':
    case 'log-requested':
    case 'settings-requested':
    case 'models-requested':
    case 'models-view-requested':
    case 'download-requested':
      await actions.doFailureAction(FAILURE_ACTIONS[message.type]);
      return;
    case 'copy-requested':
      if (message.part === 'annotated') await actions.copyAnnotated();
      else await actions.copy(message.part);
      return;
    case 'insert-requested':
      await actions.insert(message.part);
      return;
    case 'replace-requested':
      await actions.replace(message.part);
      return;
    case 'branch-requested':
      await actions.branch({ step: message.step, change: message.change });
      return;
    case 'run-requested':
      await actions.openRun(message.runId);
      return;
    case 'compare-requested':
      await actions.compareShown(message.with);
      return;
    case 'export-requested':
      await actions.exportRun();
      return;
    case 'influence-requested':
      await actions.influence.weigh();
      return;
    case 'influence-cancelled':
      actions.influence.cancel();
      return;
    case 'panel-ready':
    case 'composer-closed':
    case 'step-selected':
    case 'keep-requested':
    case 'more-requested':
    case 'text-requested':
      return;
  }
}
