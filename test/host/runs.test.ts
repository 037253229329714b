import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { RunSummary } from '../../src/host/history/runSummary.ts';
import type { ExtensionApi, RunSnapshot } from '../../src/host/extensionApi.ts';
import { isActive } from '../../src/protocol/isActive.ts';
import {
  activateExtension,
  ask,
  ORDERING,
  STORY,
  untilRun,
  useEndlessModel,
  useSettings,
} from './support/extensionUnderTest.ts';

const run = (command: string, ...args: readonly unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`mentorcollab.${command}`, ...args);

describe('kept runs', () => {
  let api: ExtensionApi;
  const setSettings = useSettings();
  const setEndless = useEndlessModel();

  before(async () => {
    ({ api } = await activateExtension());
  });

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const kept = (runId: string): RunSummary | undefined => api.keptRuns().find((each) => each.runId === runId);

  /** Waits until the index knows this of a run. */
  async function until(runId: string, fits: (summary: RunSummary | undefined) => boolean): Promise<void> {
    for (let looks = 0; looks < 500; looks++) {
      if (fits(kept(runId))) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.fail(`The run is still kept as ${JSON.stringify(kept(runId))}.`);
  }

  const copied = (): Thenable<string> => vscode.env.clipboard.readText();

  function activeUri(): string | undefined {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputText ? input.uri.fsPath : undefined;
  }

  async function askTwo(): Promise<readonly [RunSnapshot, RunSnapshot]> {
    return [await ask(STORY), await ask(ORDERING)];
  }

  it('are listed newest first, with what their traces tell, and the one under way among them', async () => {
    const begun = untilRun(({ state }) => isActive(state));
    const asking = ask(STORY);
    assert.equal(kept((await begun).runId)?.phase, 'running');
    const { runId } = await asking;
    await until(runId, (summary) => summary?.phase === 'done' && summary.sizeBytes > 0);
    const [newest] = api.keptRuns();
    assert.equal(newest?.runId, runId);
    assert.deepEqual([newest.question, newest.generatorName, newest.mentorName], [STORY, 'demo-small', 'demo-mentor']);
    assert.notEqual(newest.answer, null);
  });

  it('open by id or as an item of the view, and stay open when the models are gone', async () => {
    const [story, ordering] = await askTwo();
    await run('openRun', { runId: story.runId });
    assert.equal(api.currentRun()?.runId, story.runId);
    await setSettings({ generator: '/nowhere/small.gguf', mentor: '/nowhere/large.gguf' });
    await run('openRun', ordering.runId);
    assert.deepEqual([api.currentRun()?.runId, api.currentRun()?.state], [ordering.runId, { phase: 'done' }]);
    assert.deepEqual(api.currentRun()?.lines, ordering.lines);
    await run('openRun', 'no-such-run');
    assert.equal(api.currentRun()?.runId, ordering.runId);
  });

  it('are renamed, which a file beside the traces keeps', async () => {
    const { runId, tracePath } = await ask(ORDERING);
    await run('renameRun', runId, '  Who is\ntallest ');
    assert.equal(kept(runId)?.title, 'Who is tallest');
    assert.match(readFileSync(join(dirname(tracePath), 'titles.json'), 'utf8'), /Who is tallest/);
    await run('renameRun', runId, '');
    assert.equal(kept(runId)?.title, null);
  });

  it('give their answers to the clipboard, one or several', async () => {
    const [story, ordering] = await askTwo();
    await until(story.runId, (summary) => summary?.phase === 'done');
    const answers = [kept(story.runId)?.answer, kept(ordering.runId)?.answer];
    await run('copyRunAnswer', story.runId);
    assert.equal(await copied(), answers[0]);
    const items = [story, ordering].map(({ runId }) => ({ type: 'run', runId }));
    await run('copyRunAnswer', items[0], items);
    assert.equal(await copied(), answers.join('\n'));
  });

  it('open as the text they are', async () => {
    const { runId, tracePath } = await ask(ORDERING);
    await run('openRunText', { runId });
    assert.equal(activeUri(), tracePath);
  });

  it('are deleted, taken off show, and brought back', async () => {
    const [story, ordering] = await askTwo();
    await run('deleteRun', { runId: story.runId }, [{ runId: story.runId }, { runId: ordering.runId }]);
    assert.deepEqual([kept(story.runId), kept(ordering.runId), api.currentRun()], [undefined, undefined, null]);
    assert.ok(!existsSync(story.tracePath) && !existsSync(ordering.tracePath));
    await run('undoDelete');
    assert.ok(kept(story.runId) && kept(ordering.runId));
    assert.equal(api.currentRun()?.runId, ordering.runId);
    assert.ok(existsSync(story.tracePath));
  });

  it('are not deleted while they go on', async () => {
    await setEndless();
    const begun = untilRun(({ state }) => state.phase === 'reasoning');
    const asking = ask(ORDERING);
    const { runId, tracePath } = await begun;
    await run('deleteRun', runId);
    assert.deepEqual([kept(runId)?.phase, api.currentRun()?.runId], ['running', runId]);
    await run('stop');
    assert.equal((await asking).state.phase, 'stopped');
    await until(runId, (summary) => summary?.phase === 'stopped' && summary.sizeBytes > 0);
    await run('deleteRun', runId);
    assert.ok(!existsSync(tracePath));
  });

  it('that are no traces are left out, and one that is damaged opens as the file it is', async () => {
    const { tracePath, runId } = await ask(ORDERING);
    const folder = dirname(tracePath);
    writeFileSync(join(folder, 'diary.mctrace.jsonl'), 'Dear diary,\n');
    writeFileSync(join(folder, 'future.mctrace.jsonl'), '{"type":"run-started","formatVersion":"9.0"}\n');
    await until('future', (summary) => summary?.phase === 'damaged');
    assert.equal(kept('diary'), undefined);
    await run('openRun', 'future');
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputCustom && input.uri.fsPath.endsWith('future.mctrace.jsonl'));
    assert.equal(api.currentRun()?.runId, runId);
    await run('deleteRun', 'future');
    assert.equal(kept('future'), undefined);
  });
});
