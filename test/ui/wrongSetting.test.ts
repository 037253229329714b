import type { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import { button, LINES, ORDERING, panelOf, selectProblem, untilQuestion } from './support/panelWindow.ts';
import { useWindow } from './support/useWindow.ts';

describe('a wrong setting in a VS Code window', function () {
  this.timeout(240_000);
  let window: VsCodeWindow;

  useWindow(
    'ui-wrong-setting',
    (opened) => {
      window = opened;
    },
    () => ({ settings: { 'mentorcollab.probability': 7 } }),
  );

  it('is named with its question kept, and the settings open at it', async () => {
    await selectProblem(window, LINES.ordering);
    await window.runCommand('MentorCollab: Solve Selection');
    const panel = await panelOf(window);
    await untilQuestion(panel, ORDERING);
    await panel.locator('.remark-failure', { hasText: 'mentorcollab.probability is 7, but must be' }).waitFor();
    await button(panel, 'Settings').click();
    await window.page.locator('.settings-editor', { hasText: 'mentorcollab.probability' }).first().waitFor();
    await window.page.locator('.settings-editor .setting-item', { hasText: 'Probability' }).first().waitFor();
  });
});
