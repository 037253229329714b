import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Influence } from '../../src/protocol/panel.ts';
import { parseTrace } from '../../src/protocol/traceText.ts';
import { activateExtension, ask, HELPED } from './support/extensionUnderTest.ts';

const weigh = (): Thenable<Influence | null> =>
  vscode.commands.executeCommand<Influence | null>('mentorcollab.weighInterventions');

describe('which intervention mattered', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('flips the one patch of the mentor that a run has, which changes its answer, and keeps the branch', async () => {
    const { api } = await activateExtension();
    const run = await ask(HELPED);
    const influence = await weigh();
    assert.ok(influence);
    assert.deepEqual([influence.phase, influence.total, influence.flipped.length], ['done', 1, 1]);
    const [flipped] = influence.flipped;
    assert.ok(flipped);
    assert.deepEqual([flipped.phase, flipped.answerChanged], ['done', true]);
    const path = join(dirname(run.tracePath), `${flipped.runId}.mctrace.jsonl`);
    const { header, events, damage } = parseTrace(await readFile(path, 'utf8'));
    assert.equal(damage, null);
    assert.deepEqual(header?.branch, {
      parentRunId: run.runId,
      step: flipped.step,
      change: { type: 'other-patch' },
    });
    assert.equal(events.at(-1)?.type, 'run-ended');
    assert.equal(api.currentRun()?.runId, run.runId);
    assert.equal(api.isPanelVisible(), true);
  });

  it('is known when it is asked again, without another run', async () => {
    const { api } = await activateExtension();
    await ask(HELPED);
    const first = await weigh();
    const kept = api.keptRuns().length;
    assert.deepEqual(await weigh(), first);
    assert.equal(api.keptRuns().length, kept);
  });

  it('is refused for a run without a patch of the mentor', async () => {
    const run = await ask('What is the capital of Kenya?');
    assert.ok(!run.lines.some((line) => line.type === 'step-taken' && line.source === 'mentor'));
    assert.equal(await weigh(), null);
  });
});
