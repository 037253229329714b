import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';

const root = join(import.meta.dirname, '..', '..');
const QUESTION = 'Ben is taller than Mia. Leo is taller than Ben. Who is the tallest?';

describe('the packaged extension', function () {
  this.timeout(300_000);
  let window: VsCodeWindow | undefined;
  let vsix = '';

  before(() => {
    execFileSync(process.execPath, ['scripts/package.js'], { cwd: root, stdio: 'inherit' });
    const made = readdirSync(root).filter((name) => name.endsWith('.vsix') && !name.includes('-web-'));
    assert.equal(made.length, 1, `one VSIX, not ${made.join(', ')}`);
    vsix = join(root, made[0] ?? '');
  });

  after(() => window?.close());

  it('installs from its file and solves a problem with the engine inside it', async () => {
    window = await VsCodeWindow.open({ name: 'package', vsix });
    await window.runCommand('MentorCollab: Ask a Reasoning Question');
    const panel = await window.webviewFrame('textarea');
    await panel.locator('textarea').fill(QUESTION);
    await panel.locator('textarea').press('Enter');
    await panel.getByText('The answer is').first().waitFor({ timeout: 60_000 });
    await window.screenshot('package.png');
  });
});
