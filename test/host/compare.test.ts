import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { CompareResult } from '../../src/host/compare/compareActions.ts';
import type { Trace } from '../../src/protocol/traceText.ts';
import { parseTrace } from '../../src/protocol/traceText.ts';
import { activateExtension, ask, ORDERING, STORY, useEndlessModel } from './support/extensionUnderTest.ts';

const compare = (command: string, argument: unknown): Thenable<CompareResult | null> =>
  vscode.commands.executeCommand<CompareResult | null>(`mentorcollab.${command}`, argument);

const closeAll = (): Thenable<unknown> => vscode.commands.executeCommand('workbench.action.closeAllEditors');

/** The kept traces of a comparison's runs. */
async function tracesOf({ runIds }: CompareResult): Promise<readonly Trace[]> {
  const { api } = await activateExtension();
  const folder = dirname(api.currentRun()?.tracePath ?? assert.fail('no run on show'));
  return Promise.all(
    runIds.map(async (runId) =>
      parseTrace(await readFile(join(folder, `${runId ?? assert.fail('not run')}.mctrace.jsonl`), 'utf8')),
    ),
  );
}

const endOf = ({ events }: Trace) => {
  const last = events.at(-1);
  return last?.type === 'run-ended' ? last : assert.fail('the run has no end');
};

describe('a comparison', () => {
  afterEach(closeAll);
  const setEndless = useEndlessModel();

  it('runs a question by generator, mentor and pair, each kept with its answer, and takes the run on show for the pair', async () => {
    const shown = await ask(STORY);
    const result = await compare('compareArms', STORY);
    assert.ok(result);
    assert.equal(result.phase, 'done');
    assert.equal(result.runIds[2], shown.runId);
    const traces = await tracesOf(result);
    assert.deepEqual(
      traces.map(({ header }) => [header?.generator.model.name, header?.mentor?.model.name ?? null]),
      [
        ['demo-small', null],
        ['demo-mentor', null],
        ['demo-small', 'demo-mentor'],
      ],
    );
    for (const trace of traces) assert.notEqual(endOf(trace).answer, null);
    const { api } = await activateExtension();
    assert.equal(api.currentRun()?.runId, shown.runId);
  });

  it('is stopped by a question that is asked meanwhile, which goes first', async () => {
    await setEndless();
    const compared = compare('compareArms', 'Which number follows 41?');
    const asked = ask(STORY);
    const result = await compared;
    assert.equal(result?.phase, 'stopped');
    assert.equal(result.runIds[2], null);
    await vscode.commands.executeCommand('mentorcollab.stop');
    assert.equal((await asked).state.phase, 'stopped');
  });

  it('opens kept runs without running anything, and a branch beside its parent', async () => {
    const first = await ask(STORY);
    const second = await ask(ORDERING);
    const result = await compare('compareRuns', [first.runId, second.runId]);
    assert.deepEqual(result, { runIds: [first.runId, second.runId], phase: 'done' });
    const { api } = await activateExtension();
    assert.equal(api.currentRun()?.runId, second.runId);
    assert.equal(await compare('compareWithParent', second.runId), null, 'it is no branch');
  });

  it('refuses one run alone, and a run that is not kept', async () => {
    const { runId } = await ask(ORDERING);
    assert.equal(await compare('compareRuns', [runId, runId]), null);
    assert.equal(await compare('compareRuns', [runId, 'no-such-run']), null);
  });

  it('is cancelled when its page is closed', async () => {
    await setEndless();
    const compared = compare('compareArms', ORDERING);
    await closeAll();
    assert.equal((await compared)?.phase, 'stopped');
  });
});
