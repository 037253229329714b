import assert from 'node:assert/strict';
import { join } from 'node:path';
import { formatTraceLine } from '../../src/protocol/traceText.ts';
import { sampleRun } from '../support/panelPage/sampleRun.ts';
import { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import { shownText, untilState } from './support/panelWindow.ts';

const root = join(import.meta.dirname, '..', '..');
const { script } = sampleRun();

describe('the viewer in a browser, without Node', function () {
  this.timeout(240_000);
  let window: VsCodeWindow;

  before(async () => {
    const files = { 'run.mctrace.jsonl': script.lines.map(formatTraceLine).join('') };
    window = await VsCodeWindow.open({ name: 'ui-web', webExtension: root, theme: 'dark', files });
  });

  after(() => window.close());

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window.screenshot('ui-web-failed.png');
  });

  it('shows a trace file', async () => {
    await window.openEditor('run.mctrace.jsonl');
    const panel = await window.webviewFrame('#root > .panel');
    await untilState(panel, 'Done');
    assert.match(await shownText(panel), /^Mia starts with 34 shells/);
    await window.screenshot('ui-web.png');
  });
});
