import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { VsCodeWindow } from '../../support/vscode/vscodeWindow.ts';

const WAIT_MS = 30_000;

/** Process id of the engine, as the log tells it. */
export function enginePid(window: VsCodeWindow): number {
  const pid = [...window.hostLog().matchAll(/The engine is process (\d+)/g)].at(-1)?.[1];
  return Number(pid ?? assert.fail('the log names no engine'));
}

/** Process id of a process's parent, from Linux's table of processes. */
export function parentPid(pid: number): number {
  const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(parent ?? assert.fail(`process ${pid} has no parent`));
}

/** Waits until there is no such process any more. */
export async function untilGone(window: VsCodeWindow, pid: number): Promise<void> {
  const endMs = Date.now() + WAIT_MS;
  while (isThere(pid)) {
    assert.ok(Date.now() < endMs, `process ${pid} is still there`);
    await window.page.waitForTimeout(50);
  }
}

function isThere(pid: number): boolean {
  try {
    // A process that has ended and was not taken leave of yet is a zombie.
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
