import assert from 'node:assert/strict';
import type { VsCodeWindow } from '../../support/vscode/vscodeWindow.ts';

/** Process id of the engine, the last one if there were more, as the log tells it. */
export function enginePid(window: VsCodeWindow): number {
  const pid = [...window.hostLog().matchAll(/The engine is process (\d+)/g)].at(-1)?.[1];
  return Number(pid ?? assert.fail('the log names no engine'));
}
