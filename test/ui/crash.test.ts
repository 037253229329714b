import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Frame } from 'playwright-core';
import { viewRun } from '../../src/core/view/runView.ts';
import type { Trace } from '../../src/protocol/traceText.ts';
import { parseTrace } from '../../src/protocol/traceText.ts';
import type { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import { enginePid } from './support/enginePid.ts';
import {
  LINES,
  ORDERING,
  panelOf,
  selectProblem,
  shownText,
  untilQuestion,
  untilState,
} from './support/panelWindow.ts';
import { useEndlessWindow } from './support/useWindow.ts';

/** How many words a run has before something is killed under it. */
const WORDS = 300;

describe('a run whose processes are killed', function () {
  this.timeout(240_000);
  let window: VsCodeWindow;

  useEndlessWindow('ui-crash', (opened) => {
    window = opened;
  });

  /** A run well under way, and the path of its trace. */
  async function start(): Promise<{ panel: Frame; path: string }> {
    const before = new Set(traces());
    await selectProblem(window, LINES.ordering);
    await window.runCommand('MentorCollab: Solve Selection');
    const panel = await panelOf(window);
    await untilQuestion(panel, ORDERING);
    await untilState(panel, 'Reasoning');
    await panel.waitForFunction(
      (least) => (document.querySelector('.words')?.textContent.split(/\s+/).length ?? 0) > least,
      WORDS,
    );
    const path = traces().find((each) => !before.has(each)) ?? assert.fail('the run has no trace');
    return { panel, path };
  }

  function traces(): readonly string[] {
    const runs = join(window.server.userFolder, 'globalStorage', 'mentorcollab.mentorcollab', 'runs');
    // Made with the first run.
    return (existsSync(runs) ? readdirSync(runs) : [])
      .filter((name) => name.endsWith('.mctrace.jsonl'))
      .map((name) => join(runs, name));
  }

  /** A trace in the editor of trace files, and what it holds. */
  async function openTrace(path: string): Promise<{ panel: Frame; trace: Trace }> {
    const trace = parseTrace(readFileSync(path, 'utf8').replace(/[^\n]*$/, ''));
    cpSync(path, join(window.server.workspace, 'left.mctrace.jsonl'));
    await window.runCommand('View: Close All Editors');
    await window.openEditor('left.mctrace.jsonl');
    return { panel: await panelOf(window), trace };
  }

  const countWords = ({ events }: Trace): number => viewRun(events).text.trim().split(/\s+/).length;

  it('leaves a whole trace, with its end, when the engine is killed', async () => {
    const { panel, path } = await start();
    process.kill(enginePid(window), 'SIGKILL');
    await untilState(panel, 'Failed');
    const shown = await shownText(panel);
    const { panel: editor, trace } = await openTrace(path);
    assert.equal(trace.damage, null);
    const { ended, text } = viewRun(trace.events);
    assert.deepEqual([ended?.stop, ended?.failure?.code], ['failed', 'engine-crashed']);
    assert.equal(text.trim(), shown);
    await untilState(editor, 'Failed');
    assert.equal(await shownText(editor), shown);
  });

  it('leaves a trace that opens, here and among the kept runs, when the extension host is killed', async () => {
    const { path } = await start();
    const engine = enginePid(window);
    process.kill(parentOf(engine), 'SIGKILL');
    await untilGone(engine);
    const written = parseTrace(readFileSync(path, 'utf8').replace(/[^\n]*$/, ''));
    assert.equal(written.damage, null);
    assert.ok(countWords(written) > WORDS, `${countWords(written)} words are in the trace`);
    assert.equal(viewRun(written.events).ended, null);
    const { text } = viewRun(written.events);

    // VS Code closes the panels of a host that has died; the run is among those that are kept. As long as another window
    // might be writing it, its file is read along.
    await window.reload();
    await window.runCommand('MentorCollab: Open Run…');
    await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'running' }).click();
    const left = await panelOf(window);
    await untilQuestion(left, ORDERING);
    assert.equal(await shownText(left), text.trim());
    await untilState(left, 'Breaks off before the end of the run');
  });
});

/** The process that started another one. */
function parentOf(pid: number): number {
  // "pid (name) state parent …", where the name may hold blanks and parentheses.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? assert.fail('no parent'));
}

/** Waits until a process has ended. */
async function untilGone(pid: number): Promise<void> {
  for (let looks = 0; looks < 200; looks++) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await delay(50);
  }
  assert.fail(`process ${pid} still runs`);
}
