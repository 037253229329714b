import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { formatTraceLine, parseTrace } from '../../src/protocol/traceText.ts';
import { sampleRun } from '../support/panelPage/sampleRun.ts';
import type { ColorTheme } from '../support/vscode/colorThemes.ts';
import { COLOR_THEMES } from '../support/vscode/colorThemes.ts';
import type { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import { button, shownText, untilState } from './support/panelWindow.ts';
import { useWindow } from './support/useWindow.ts';

const { script, steps } = sampleRun();
const LINES = script.lines.map(formatTraceLine);
/** Lines of the run up to the first divergence, its text taken. */
const HALF = LINES.slice(
  0,
  1 + script.lines.findIndex((line) => line.type === 'step-taken' && line.step === steps.taken),
);
/** Long before now, so that nobody is taken to be writing. */
const LONG_AGO = new Date('2026-01-01T00:00:00Z');

describe('a trace file in a VS Code window', function () {
  this.timeout(240_000);
  let window: VsCodeWindow;

  useWindow(
    'ui-trace',
    (opened) => {
      window = opened;
    },
    () => ({ files: { 'whole.mctrace.jsonl': LINES.join('') } }),
  );

  const pathOf = (name: string): string => join(window.server.workspace, name);

  /** Opens a file that is the only one open, and gives its page. */
  async function open(name: string): Promise<Frame> {
    await window.runCommand('View: Close All Editors');
    await window.openEditor(name);
    return window.webviewFrame('#root > .panel');
  }

  /** As {@link open}, of a file that is written here. */
  async function openText(name: string, text: string, isOld = true): Promise<Frame> {
    writeFileSync(pathOf(name), text);
    if (isOld) utimesSync(pathOf(name), LONG_AGO, LONG_AGO);
    return open(name);
  }

  async function inEveryTheme(picture: string): Promise<void> {
    for (const theme of Object.keys(COLOR_THEMES) as ColorTheme[]) {
      await window.useTheme(theme);
      await window.screenshot(`ui-trace-${picture}-${theme}.png`);
    }
    await window.useTheme('dark');
  }

  it('is shown like a run, with its decisions, and with nothing that needs an engine', async () => {
    const panel = await open('whole.mctrace.jsonl');
    await untilState(panel, 'Done');
    assert.match(await shownText(panel), /^Mia starts with 34 shells/);
    await panel.locator(`.mark[data-step="${steps.taken}"]`).first().click();
    await panel.locator('.inspector').waitFor();
    for (const name of ['New Question', 'Stop', 'Insert at Cursor']) assert.equal(await button(panel, name).count(), 0);
  });

  it('is copied with annotations', async () => {
    const panel = await open('whole.mctrace.jsonl');
    await panel.getByRole('button', { name: 'More' }).click();
    await panel.getByRole('menuitem', { name: 'Copy with Annotations' }).click();
    await panel.getByText('Copied with annotations').waitFor();
  });

  it('that is damaged shows what can be read, and says where it stops and why', async () => {
    const panel = await openText('damaged.mctrace.jsonl', `${HALF.join('')}{"type":"step-tak`);
    await untilState(panel, 'Breaks off before the end of the run');
    const line = HALF.length + 1;
    await panel.locator('.remark-notice', { hasText: `can’t be read from line ${line} on` }).waitFor();
    assert.match(await shownText(panel), /she has \$34 \+ 30 =$/);
    await inEveryTheme('damaged');
  });

  it('that is no trace says so, and opens as text on request', async () => {
    const panel = await openText('foreign.mctrace.jsonl', 'Dear diary,\n');
    await panel.getByRole('alert').filter({ hasText: 'Line 1: The line is no JSON' }).waitFor();
    await window.screenshot('ui-trace-foreign.png');
    await button(panel, 'Open as Text').click();
    await window.page.locator('.monaco-editor .view-line', { hasText: 'Dear diary' }).first().waitFor();
  });

  it('that another program writes is read along to its end', async () => {
    const panel = await openText('growing.mctrace.jsonl', HALF.join(''), false);
    await untilState(panel, 'Being written by another program');
    await inEveryTheme('followed');
    for (const text of LINES.slice(HALF.length)) {
      // In two pieces, as a slow disk may show them.
      appendFileSync(pathOf('growing.mctrace.jsonl'), text.slice(0, 25));
      appendFileSync(pathOf('growing.mctrace.jsonl'), text.slice(25));
    }
    await untilState(panel, 'Done');
    assert.match(await shownText(panel), /The answer\s+is 171\./);
  });

  it('that is replaced shows the other run, and that is deleted says so', async () => {
    const name = 'replaced.mctrace.jsonl';
    const panel = await openText(name, LINES.join(''));
    await untilState(panel, 'Done');
    writeFileSync(pathOf(name), [LINES[0]?.replace('34 shells', '77 shells'), ...LINES.slice(1)].join(''));
    await panel.locator('#question', { hasText: '77 shells' }).waitFor();
    rmSync(pathOf(name));
    await panel.locator('.remark-notice', { hasText: 'The file has been deleted' }).waitFor();
    assert.match(await shownText(panel), /^Mia starts/);
  });

  it('is kept among the runs on request, where it is shown like one made here', async () => {
    const panel = await openText('kept.mctrace.jsonl', LINES.join(''));
    await untilState(panel, 'Done');
    await button(panel, 'Keep in Runs').click();
    await window.page.locator('.tab.active', { hasText: /^MentorCollab$/ }).waitFor();
    const folder = join(window.server.userFolder, 'globalStorage', 'mentorcollab.mentorcollab', 'runs');
    assert.ok(existsSync(folder));
    const [file = '', ...more] = readdirSync(folder);
    assert.deepEqual(more, []);
    const { header, events, damage } = parseTrace(readFileSync(join(folder, file), 'utf8'));
    assert.equal(damage, null);
    assert.deepEqual(events, script.lines.slice(1));
    assert.equal(`${header?.runId ?? ''}.mctrace.jsonl`, file);
  });
});
