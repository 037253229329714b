import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { TrainingResult } from '../../src/host/training/trainingActions.ts';
import { readVerifier } from '../../src/verifier/files/readVerifier.ts';
import { activateExtension, ask, STORY, useSettings } from './support/extensionUnderTest.ts';

const train = (choice: unknown): Thenable<TrainingResult | null> =>
  vscode.commands.executeCommand<TrainingResult | null>('mentorcollab.trainVerifier', choice);

/** Orderings: the demo generator slips in many of them, so that a few have something to teach. */
const CHOICE = { data: 'demo:commonsense', limit: 60, probability: 1 };

describe('training a verifier in the editor', () => {
  const set = useSettings();
  const folder = mkdtempSync(join(tmpdir(), 'mentorcollab-'));
  const made: string[] = [];

  after(() => {
    for (const path of [folder, ...made]) rmSync(path, { recursive: true, force: true });
  });

  it('runs the pair, fits in a thread of its own, and keeps a verifier with its report that runs can use', async () => {
    await activateExtension();
    const result = await train(CHOICE);
    assert.ok(result?.verifierFile);
    assert.equal(result.phase, 'done');
    made.push(dirname(result.verifierFile));
    const verifier = readVerifier(readFileSync(result.verifierFile), 'the trained one');
    assert.equal(verifier.mlp?.first.inputs, 64);
    assert.equal(verifier.card?.generator.name, 'demo-small');
    assert.equal(verifier.card.data.questions, 60);
    const names = readdirSync(dirname(result.verifierFile));
    for (const end of ['.report.html', '.report.md', '.report.json', '.training'])
      assert.ok(
        names.some((name) => name.endsWith(end)),
        end,
      );
    await set({ verifierFile: result.verifierFile, preset: 'paper-mlp' });
    assert.equal((await ask(STORY)).state.phase, 'done');
  });

  it('goes on where the same training has been, without running anything again', async () => {
    const startedMs = performance.now();
    const result = await train(CHOICE);
    assert.equal(result?.phase, 'done');
    // Nothing is left but the fit: a question alone takes the pair a tenth of a second.
    assert.ok(performance.now() - startedMs < 60_000);
  });

  it('refuses data without a question, and another training beside one under way', async () => {
    const empty = join(folder, 'empty.jsonl');
    writeFileSync(empty, '\n');
    assert.equal(await train({ data: vscode.Uri.file(empty).toString() }), null);
    const running = train({ ...CHOICE, limit: 61 });
    assert.equal(await train(CHOICE), null);
    assert.equal((await running)?.phase, 'done');
  });
});
