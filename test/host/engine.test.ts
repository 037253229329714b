import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { parseTrace } from '../../src/protocol/traceText.ts';
import type { RunSnapshot } from '../../src/host/extensionApi.ts';
import {
  activateExtension,
  ask,
  failureOf,
  ORDERING,
  untilRun,
  useEndlessModel,
  useSettings,
} from './support/extensionUnderTest.ts';

const hasStep = (run: RunSnapshot): boolean =>
  run.state.phase === 'reasoning' && run.lines.some(({ type }) => type === 'step-taken');
const hasEnded = ({ state }: RunSnapshot): boolean => ['done', 'stopped', 'failed'].includes(state.phase);
const stepsOf = (run: RunSnapshot): number => run.lines.filter(({ type }) => type === 'step-taken').length;

/** Everything a file of a broken run has to have. */
function assertWhole(run: RunSnapshot): void {
  const { header, events, damage } = parseTrace(readFileSync(run.tracePath, 'utf8'));
  assert.equal(damage, null);
  assert.deepEqual([header, ...events], run.lines);
  assert.equal(events.at(-1)?.type, 'run-ended');
}

describe('the engine', () => {
  const set = useSettings();
  const setEndless = useEndlessModel();

  /** A run that goes on and on, at its first step. */
  async function start(): Promise<RunSnapshot> {
    await setEndless();
    const begun = untilRun(hasStep);
    void vscode.commands.executeCommand('mentorcollab.ask', ORDERING);
    return begun;
  }

  async function useDemoPair(): Promise<void> {
    await set({ generator: undefined, mentor: undefined, maxTokens: undefined, contextSize: undefined });
  }

  it('stops within a run, keeps what was written, and is idle for the next', async () => {
    const { api } = await activateExtension();
    const begun = await start();
    const pid = api.enginePid();
    const stopped = untilRun(hasEnded);
    await vscode.commands.executeCommand('mentorcollab.stop');
    const run = await stopped;
    assert.equal(run.state.phase, 'stopped');
    assert.ok(stepsOf(run) >= stepsOf(begun));
    const last = run.lines.at(-1);
    assert.ok(last?.type === 'run-ended' && last.stop === 'cancelled');
    await useDemoPair();
    assert.equal((await ask(ORDERING)).state.phase, 'done');
    assert.equal(api.enginePid(), pid);
    assertWhole(api.currentRun() ?? assert.fail());
  });

  it('is stopped for a new question, which then runs', async () => {
    const begun = await start();
    const stopped = untilRun((run) => run.runId === begun.runId && hasEnded(run));
    await useDemoPair();
    const next = await ask(ORDERING);
    assert.equal((await stopped).state.phase, 'stopped');
    assert.equal(next.question, ORDERING);
    assert.notEqual(next.runId, begun.runId);
    assert.equal(next.state.phase, 'done');
  });

  it('fails the run that it dies in, whose text is kept, and comes back for the next', async () => {
    const { api } = await activateExtension();
    const begun = await start();
    const pid = api.enginePid() ?? assert.fail('no engine');
    const ended = untilRun(hasEnded);
    process.kill(pid, 'SIGKILL');
    const run = await ended;
    assert.match(failureOf(run), /engine was ended by SIGKILL .* ask again/);
    assert.ok(stepsOf(run) >= stepsOf(begun));
    await useDemoPair();
    assert.equal((await ask(ORDERING)).state.phase, 'done');
    assert.notEqual(api.enginePid(), pid);
    assertWhole({ ...run });
  });

  it('gives the models back on request, and loads them again', async () => {
    await ask(ORDERING);
    const done = vscode.commands.executeCommand('mentorcollab.unloadModels');
    await done;
    assert.equal((await ask(ORDERING)).state.phase, 'done');
  });
});
