import type { PanelMessage } from '../../protocol/panel.ts';
import type { Actions } from '../commands/actions.ts';

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
      await actions.doFailureAction('retry');
      return;
    case 'log-requested':
      await actions.doFailureAction('show-log');
      return;
    case 'settings-requested':
      await actions.doFailureAction('settings');
      return;
    case 'models-requested':
      await actions.doFailureAction('choose-models');
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
