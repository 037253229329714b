import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MisbehavingHub } from '../support/hub/misbehavingHub.ts';
import type { ColorTheme } from '../support/vscode/colorThemes.ts';
import { COLOR_THEMES } from '../support/vscode/colorThemes.ts';
import type { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import { ModelRows } from './support/modelRows.ts';
import { LINES, ORDERING, panelOf, selectProblem, untilQuestion, untilState } from './support/panelWindow.ts';
import { ServedModels } from './support/servedModels.ts';
import { useWindow } from './support/useWindow.ts';

const shipped = join(import.meta.dirname, '..', '..', 'media', 'models');
const WAIT_MS = 60_000;
const KEY = 'sk-of-the-test';

describe('the Models view in a VS Code window', function () {
  this.timeout(240_000);
  let window: VsCodeWindow;
  let models: ModelRows;
  let folder = '';
  let address = '';
  const hub = new MisbehavingHub();
  const served = new ServedModels();

  useWindow(
    'ui-models',
    (opened) => {
      window = opened;
      models = new ModelRows(opened);
    },
    async () => {
      await hub.start();
      address = await served.start(KEY);
      folder = mkdtempSync(join(tmpdir(), 'mentorcollab-models-'));
      copyFileSync(join(shipped, 'demo-small.gguf'), join(folder, 'Foreign-Small.gguf'));
      const mentor = readFileSync(join(shipped, 'demo-mentor.gguf'));
      hub.publish('owner/mentor', { 'Some-Mentor.gguf': mentor });
      hub.publish('owner/gated', { 'Gated.gguf': mentor }, { gatedFor: 'a token' });
      return { settings: { 'mentorcollab.hubEndpoint': hub.endpoint } };
    },
  );

  after(async () => {
    served.stop();
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function clearNotifications(): Promise<void> {
    await window.runCommand('Notifications: Clear All Notifications');
  }

  /** Begins a download by its reference, as a user who has read what is asked. */
  async function download(reference: string, name: string): Promise<void> {
    await window.runCommand('MentorCollab: Download Model…');
    await models.pick('A file of a hub');
    await models.type('Of a split model', reference);
    const dialog = models.dialog(`Download ${name}?`);
    await dialog.waitFor({ timeout: WAIT_MS });
    assert.match(await dialog.innerText(), /are free/);
    await models.answer(`Download ${name}?`, 'Download');
  }

  it('shows roles, the demo pair and what can be had, with states in words', async () => {
    await models.open();
    await models.until(/^Generator.*Demo generator/, 'not loaded');
    await models.until(/^Mentor.*Demo mentor/, 'not loaded');
    await models.until(/^Verifier.*the generator itself/);
    await models.until('Together they fit');
    await models.until('Demo generator', 'in use as generator');
    await models.until('Only the demo pair is here yet');
    const label = await models.row(/^Generator.*Demo generator/).getAttribute('aria-label');
    assert.match(label ?? '', /^Generator, Demo generator, not loaded, about \d/);
    await window.screenshot('ui-models-first.png');
  });

  it('tells what a model takes before it is loaded and while it is', async () => {
    await selectProblem(window, LINES.ordering);
    await window.runCommand('MentorCollab: Solve Selection');
    const panel = await panelOf(window);
    await untilQuestion(panel, ORDERING);
    await untilState(panel, 'Done');
    await models.until(/^Generator.*Demo generator/, /(?<!not )loaded/);
    await models.row(/^Mentor.*Demo mentor/).hover();
    const tooltip = window.page.locator('.monaco-hover', { hasText: 'Memory, estimated' });
    await tooltip.filter({ hasText: 'Memory, actual' }).waitFor({ timeout: WAIT_MS });
    await window.screenshot('ui-models-loaded.png');
    await window.runCommand('MentorCollab: Unload Models');
    await models.until(/^Generator.*Demo generator/, 'not loaded');
    await window.runCommand('View: Close All Editors');
  });

  it('imports a file from its title, and uses it from its menu', async () => {
    await clearNotifications();
    await models.pressTitle('Import GGUF Model…');
    await models.openFile('Import GGUF Models', join(folder, 'Foreign-Small.gguf'));
    const row = await models.until('Foreign-Small', 'imported');
    await models.choose(row, 'Use as Generator');
    await models.until(/^Generator.*Foreign-Small/);
    await models.until('Foreign-Small', 'in use as generator', 'imported');
  });

  it('downloads with pause and resume, and offers the model once it is whole', async () => {
    hub.misbehave({ type: 'stall', afterBytes: 200_000 }, undefined, 100);
    await download('hf:owner/mentor/Some-Mentor.gguf', 'Some-Mentor');
    const row = await models.until('Some-Mentor', /\d+% of 2\.3 MiB/);
    await window.screenshot('ui-models-downloading.png');
    await models.press(row, 'Pause Download');
    await models.until('Some-Mentor', 'paused');
    await window.screenshot('ui-models-paused.png');
    hub.behave();
    await window.reload();
    await models.open();
    const paused = await models.until('Some-Mentor', 'paused');
    await models.press(paused, 'Resume Download');
    const done = models.notification('Some-Mentor is downloaded and checked.');
    await done.getByRole('button', { name: 'Use as Mentor' }).click({ timeout: WAIT_MS });
    await models.until(/^Mentor.*Some-Mentor/);
    await models.until('Some-Mentor', 'in use as mentor', 'downloaded');
    await models.untilGone('Downloads');
  });

  it('cancels a download after asking, and leaves nothing of it', async () => {
    hub.publish('owner/other', { 'Other.gguf': readFileSync(join(shipped, 'demo-mentor.gguf')) });
    hub.misbehave({ type: 'stall', afterBytes: 200_000 }, undefined, 100);
    await download('hf:owner/other/Other.gguf', 'Other');
    const row = await models.until('Other', /[1-9]\d*% of 2\.3 MiB/);
    await models.press(row, 'Cancel Download');
    await models.answer('Cancel the download of Other', 'Cancel Download');
    await models.untilGone('Downloads');
    hub.behave();
    assert.ok(!existsSync(join(window.server.modelsFolder, 'owner--other--Other')));
  });

  it('says of a gated model what to do, with buttons that do it', async () => {
    await download('hf:owner/gated/Gated.gguf', 'Gated');
    const notice = models.notification('owner/gated is gated');
    await notice.getByRole('button', { name: 'Set Hub Token…' }).waitFor({ timeout: WAIT_MS });
    await notice.getByRole('button', { name: 'Open Page' }).waitFor();
    await models.until('Gated', 'failed');
    await window.screenshot('ui-models-gated.png');
    await notice.getByRole('button', { name: 'Set Hub Token…' }).click();
    await models.type('An access token', 'a token');
    await models.until('Gated', 'downloaded');
    await clearNotifications();
  });

  it('adds a server that wants a key, tells what it can do, and uses its models', async () => {
    await window.runCommand('MentorCollab: Add Model Server…');
    await models.type('Its address', address);
    await models.answer(/key/i, 'Set API Key…');
    await models.type('The key for', KEY);
    await models.pick('demo-mentor');
    await models.pick('Use as Mentor');
    await models.until(/^Mentor.*demo-mentor/, 'reached');
    const row = await models.until(new URL(address).host, 'answers');
    await models.press(row, 'Test Connection');
    const dialog = models.dialog(/answers \(mentorcollab serve\)/);
    await dialog.waitFor({ timeout: WAIT_MS });
    assert.match(await dialog.innerText(), /Log-probabilities: of the \d+ likeliest tokens/);
    await window.screenshot('ui-models-report.png');
    await models.answer(/answers/, 'Cancel');
    assert.ok(!window.hostLog().includes(KEY));
  });

  it('asks a question of an imported generator and a mentor on a server', async () => {
    await selectProblem(window, LINES.ordering);
    await window.runCommand('MentorCollab: Solve Selection');
    const panel = await panelOf(window);
    await untilQuestion(panel, ORDERING);
    await untilState(panel, 'Done');
    const facts = await panel.locator('main.run').innerText();
    assert.match(facts, /Foreign-Small/);
    assert.match(facts, /demo-mentor/);
    await window.runCommand('View: Close All Editors');
  });

  it('can be read in every theme', async () => {
    await clearNotifications();
    await models.toggle(await models.until('Catalogue'));
    await models.until('Pairs for this machine');
    for (const theme of Object.keys(COLOR_THEMES) as ColorTheme[]) {
      await window.useTheme(theme);
      await window.screenshot(`ui-models-${theme}.png`);
    }
    await window.useTheme('dark');
  });

  it('imports a file that is dropped on it, and one of the explorer from its menu', async () => {
    const dropped = join(window.server.workspace, 'Dropped.gguf');
    copyFileSync(join(shipped, 'demo-small.gguf'), dropped);
    copyFileSync(join(shipped, 'demo-small.gguf'), join(window.server.workspace, 'Listed.gguf'));
    // For a window that works on a server, plain files are those of the machine it is shown on.
    await models.drop([pathToFileURL(dropped).href]);
    await models.notification('What was dropped is no file on the machine').waitFor({ timeout: WAIT_MS });
    await models.drop([`vscode-remote://127.0.0.1:${window.server.port}${pathToFileURL(dropped).pathname}`]);
    await models.until('Dropped', 'imported');
    await window.runCommand('View: Show Explorer');
    const explorer = window.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'Listed.gguf' });
    await explorer.waitFor({ timeout: WAIT_MS });
    await models.choose(explorer, 'Import GGUF Model…');
    await models.open();
    await models.until('Listed', 'imported');
  });

  it('removes what is asked to be removed, and says what happens to the file', async () => {
    await models.choose(await models.until('Dropped', 'imported'), 'Remove Model…');
    await models.answer(/only taken from the list/, 'Remove');
    await models.untilGone('Dropped');
    assert.ok(existsSync(join(window.server.workspace, 'Dropped.gguf')));
    await models.choose(await models.until('Some-Mentor', 'downloaded'), 'Remove Model…');
    await models.answer(/This deletes/, 'Delete');
    await models.untilGone('Some-Mentor');
    assert.ok(!existsSync(join(window.server.modelsFolder, 'owner--mentor--Some-Mentor')));
  });

  it('warns of a model that is not downloaded where it is used, and fetches it from there', async () => {
    window.changeSettings({ 'mentorcollab.generator': 'qwen3-0.6b' });
    const row = await models.until(/^Generator.*Qwen3 0\.6B/, 'not downloaded');
    await models.until('Qwen3 0.6B is not downloaded yet');
    await window.screenshot('ui-models-missing.png');
    await models.press(row, 'Download Model…');
    await models.dialog('Download Qwen3 0.6B (609.8 MiB)?').waitFor({ timeout: WAIT_MS });
    assert.match(await models.dialog('Download').innerText(), /Apache-2\.0\. By downloading it you accept it/);
    assert.match(await models.dialog('Download').innerText(), /In memory, roughly: about .* models may take/);
    await window.screenshot('ui-models-offer.png');
    await models.answer('Download Qwen3', 'Cancel');
  });
});
