import type * as vscode from 'vscode';
import type { HostMessage, PanelMessage } from '../../protocol/panel.ts';
import { panelMessageSchema } from '../../protocol/panel.ts';
import type { PageKind, WebviewPageOptions } from './webviewPage.ts';
import { WebviewPage } from './webviewPage.ts';

/** Type of the panel, as package.json's activation event and key bindings name it. */
export const PANEL_TYPE = 'mentorcollab.panel';

const PANEL_PAGE: PageKind<PanelMessage> = {
  name: 'the MentorCollab panel',
  reassurance: 'The run itself is not affected.',
  bundle: 'panel',
  schema: panelMessageSchema,
  readyType: 'panel-ready',
};

/** The page that shows one run. */
export class PanelView extends WebviewPage<HostMessage, PanelMessage> {
  constructor(panel: vscode.WebviewPanel, options: WebviewPageOptions) {
    super(panel, PANEL_PAGE, options);
  }
}
