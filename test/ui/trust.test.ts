import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Frame } from 'playwright-core';
import type { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import { CountingServer } from './support/countingServer.ts';
import { LINES, markShownRun, panelOf, selectProblem, untilNewRun, untilState } from './support/panelWindow.ts';
import { useWindow } from './support/useWindow.ts';

const WAIT_MS = 60_000;
/** A sound model file that comes with the folder. */
const STRANGE_FILE = 'models/strange.gguf';

describe('a folder whose settings name models, in a VS Code window that asks for trust', function () {
  this.timeout(240_000);
  let window: VsCodeWindow;
  const server = new CountingServer();

  useWindow(
    'ui-trust',
    (opened) => {
      window = opened;
    },
    async () => ({
      asksForTrust: true,
      files: { '.vscode/settings.json': JSON.stringify(settingsOfStranger(await server.start())) },
    }),
  );

  before(() => {
    const file = join(window.server.workspace, STRANGE_FILE);
    mkdirSync(dirname(file), { recursive: true });
    cpSync(join(import.meta.dirname, '..', '..', 'media', 'models', 'demo-mentor.gguf'), file);
  });

  after(() => {
    server.stop();
  });

  async function solve(): Promise<Frame> {
    await selectProblem(window, LINES.ordering);
    await markShownRun(window);
    await window.runCommand('MentorCollab: Solve Selection');
    const panel = await panelOf(window);
    await untilNewRun(panel);
    return panel;
  }

  /** The report of Diagnose, which looks at everything that settings name. */
  async function report(): Promise<string> {
    await window.runCommand('MentorCollab: Diagnose');
    const told = window.page.locator('.notification-toast', { hasText: /found\. Keys/ });
    await told.getByRole('button', { name: 'Copy Report' }).click({ timeout: WAIT_MS });
    await told.waitFor({ state: 'hidden' });
    await window.runCommand('View: Revert and Close Editor');
    return window.page.evaluate(() => navigator.clipboard.readText());
  }

  it('gets an answer of the user’s own models until it is trusted, and its server hears nothing', async () => {
    await window.page.locator('.part.banner', { hasText: 'Restricted Mode' }).waitFor({ timeout: WAIT_MS });
    const panel = await solve();
    await untilState(panel, 'Done');
    const facts = await panel.locator('main.run').innerText();
    assert.match(facts, /Generator\s+demo-small/);
    assert.match(facts, /Mentor\s+demo-mentor/);
    assert.doesNotMatch(facts, /Verifier|strange/);
    assert.equal(await panel.locator('.remark-failure').count(), 0);
    assert.equal(server.requests, 0);
    await window.screenshot('trust-restricted.png');
  });

  it('names neither a server to test nor a hub to download from until it is trusted', async () => {
    const text = await report();
    assert.match(text, /- Folder: not trusted: its settings name no models\n/);
    assert.match(text, /## Settings that are not at their default\n\n- None\.\n/);
    assert.doesNotMatch(text, /127\.0\.0\.1/);
    assert.equal(server.requests, 0);
  });

  it('gets its own models used from the moment it is trusted', async () => {
    await window.runCommand('Workspaces: Manage Workspace Trust');
    const editor = window.page.locator('.workspace-trust-editor');
    await editor.getByRole('button', { name: 'Trust', exact: true }).click();
    await window.page.locator('.part.banner').waitFor({ state: 'hidden', timeout: WAIT_MS });
    await window.runCommand('View: Close Editor');
    const panel = await solve();
    const facts = panel.locator('main.run');
    await facts.filter({ hasText: /Generator\s*strange\.gguf/ }).waitFor({ timeout: WAIT_MS });
    await facts.filter({ hasText: /Mentor\s*strange-mentor/ }).waitFor({ timeout: WAIT_MS });
    // Its server refuses everything, but now it is asked.
    await untilState(panel, 'Failed');
    assert.ok(server.requests > 0);
    const text = await report();
    assert.match(text, /- `mentorcollab\.hubEndpoint`: `"http:\/\/127\.0\.0\.1:\d+\/v1"` \(workspace\)\n/);
    assert.match(text, /- Server: `http:\/\/127\.0\.0\.1:\d+\/elsewhere`: .* \(server-refused\)\n/);
  });
});

/** What a folder from anywhere may ask for: a file of its own for native code to read, questions and downloads at its server. */
function settingsOfStranger(url: string): Readonly<Record<string, unknown>> {
  return {
    'mentorcollab.generator': STRANGE_FILE,
    'mentorcollab.mentor': `${url}#strange-mentor`,
    'mentorcollab.verifier': `${url}#strange-verifier`,
    'mentorcollab.servers': [{ url: url.replace('/v1', '/elsewhere') }],
    'mentorcollab.hubEndpoint': url,
  };
}
