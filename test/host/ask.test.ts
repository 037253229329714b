import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { viewRun } from '../../src/core/view/runView.ts';
import { parseTrace } from '../../src/protocol/traceText.ts';
import type { RunSnapshot } from '../../src/host/extensionApi.ts';
import { activateExtension, ask, ORDERING, STORY, untilRun, useSettings } from './support/extensionUnderTest.ts';

/** The demo generator does not know how many this is; its mentor does. */
const HELPED =
  'Zoe has 22 shells. She gives 4 shells to each of 2 friends. She buys 2 packs with 5 shells in each pack. She buys 2 packs with 9 shells in each pack. How many shells are left with Zoe?';

const viewOf = (run: RunSnapshot) => viewRun(run.lines.filter((line) => line.type !== 'run-started'));

describe('asking a question', () => {
  const set = useSettings();

  it('solves it with the demo pair, with words of the mentor, and opens the panel', async () => {
    await set({ preset: 'always-mentor', probability: 1 });
    const { api } = await activateExtension();
    const run = await ask(HELPED);
    assert.deepEqual(run.state, { phase: 'done' });
    const view = viewOf(run);
    assert.match(view.text, /The answer is \d+\./);
    assert.ok(view.segments.some(({ source }) => source === 'mentor'));
    assert.ok((view.ended?.mentorShare ?? 0) > 0);
    assert.equal(api.isPanelVisible(), true);
  });

  it('keeps the whole run in its trace file', async () => {
    const run = await ask(ORDERING);
    const { header, events, damage } = parseTrace(readFileSync(run.tracePath, 'utf8'));
    assert.equal(damage, null);
    assert.equal(events.at(-1)?.type, 'run-ended');
    assert.deepEqual([header, ...events], run.lines);
    assert.deepEqual(header?.prompt, { form: 'chat', question: ORDERING });
  });

  it('loads no native code into the extension host', async () => {
    const { api } = await activateExtension();
    await ask(ORDERING);
    assert.notEqual(api.enginePid(), process.pid);
    const { sharedObjects } = process.report.getReport() as { sharedObjects: readonly string[] };
    assert.deepEqual(
      sharedObjects.filter((path) => /llama|ggml/i.test(path)),
      [],
    );
  });

  it('gives the same run again for the same question, settings and seed, from the same process', async () => {
    const { api } = await activateExtension();
    const first = await ask(STORY);
    const pid = api.enginePid();
    const second = await ask(STORY);
    assert.equal(viewOf(second).text, viewOf(first).text);
    assert.deepEqual(viewOf(second).ended?.tokens, viewOf(first).ended?.tokens);
    assert.notEqual(second.runId, first.runId);
    assert.equal(api.enginePid(), pid);
  });

  it('applies changed settings to the next run', async () => {
    await set({
      preset: 'always-generator',
      probability: 1,
      patchTokens: 3,
      maxTokens: 40,
      seed: 99,
      threads: 1,
      contextSize: 256,
    });
    const [header] = (await ask(STORY)).lines;
    assert.equal(header?.type, 'run-started');
    assert.equal(header.settings.preset, 'always-generator');
    assert.equal(header.settings.verification, 'alwaysGenerator');
    assert.deepEqual(header.settings.decision, { policy: 'random', probability: 1 });
    assert.deepEqual([header.settings.patchTokens, header.settings.maxTokens, header.settings.seed], [3, 40, 99]);
    assert.deepEqual([header.threads, header.generator.model.contextSize], [1, 256]);
    await set({ verification: 'letter', generator: 'demo-mentor', mentor: 'demo-small' });
    const [next] = (await ask(STORY)).lines;
    assert.equal(next?.type, 'run-started');
    assert.equal(next.settings.verification, 'letter');
    assert.match(next.generator.model.path ?? '', /demo-mentor\.gguf$/);
    assert.match(next.mentor?.model.path ?? '', /demo-small\.gguf$/);
  });

  it('opens the panel and runs nothing when there is no question yet', async () => {
    const { api } = await activateExtension();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const before = api.currentRun();
    await vscode.commands.executeCommand('mentorcollab.ask');
    assert.equal(api.isPanelVisible(), true);
    assert.equal(api.currentRun()?.runId, before?.runId);
  });

  it('asks the same question again', async () => {
    const first = await ask(ORDERING);
    const again = untilRun((run) => run.runId !== first.runId && run.state.phase === 'done');
    await vscode.commands.executeCommand('mentorcollab.retry');
    assert.equal((await again).question, ORDERING);
  });
});
