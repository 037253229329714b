import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { TrainingResult } from '../../src/host/training/trainingActions.ts';
import { readVerifier } from '../../src/verifier/files/readVerifier.ts';
import { writeTrainingQuestions } from '../support/trainingQuestions.ts';
import { activateExtension, ask, STORY, useSettings } from './support/extensionUnderTest.ts';

const train = (choice: unknown): Thenable<TrainingResult | null> =>
  vscode.commands.executeCommand<TrainingResult | null>('mentorcollab.trainVerifier', choice);

function demoFolder(): string {
  const extension = vscode.extensions.getExtension('mentorcollab.mentorcollab');
  assert.ok(extension);
  return join(extension.extensionPath, 'media', 'models');
}

describe('training a verifier in the editor', () => {
  const set = useSettings();
  const folder = mkdtempSync(join(tmpdir(), 'mentorcollab-'));
  const made: string[] = [];
  const questions = join(folder, 'questions.jsonl');
  const choice = { data: vscode.Uri.file(questions).toString(), probability: 1 };

  before(() => {
    writeTrainingQuestions(questions, join(demoFolder(), 'problems'));
  });

  after(() => {
    for (const path of [folder, ...made]) rmSync(path, { recursive: true, force: true });
  });

  it('runs the pair, fits in a thread of its own, and keeps a verifier with its report that runs can use', async () => {
    await activateExtension();
    const result = await train(choice);
    assert.ok(result?.verifierFile);
    assert.equal(result.phase, 'done');
    made.push(dirname(result.verifierFile));
    const verifier = readVerifier(readFileSync(result.verifierFile), 'the trained one');
    assert.equal(verifier.mlp?.first.inputs, 64);
    assert.equal(verifier.card?.generator.name, 'demo-small');
    assert.equal(verifier.card.data.questions, 35);
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
    const [work] = made.flatMap((path) => readdirSync(path).filter((name) => name.endsWith('.training')));
    const journal = join(made[0] ?? '', work ?? '', 'journal.jsonl');
    const before = readFileSync(journal, 'utf8');
    const result = await train(choice);
    assert.equal(result?.phase, 'done');
    assert.equal(readFileSync(journal, 'utf8'), before);
  });

  it('refuses data without a question, and another training beside one under way', async () => {
    const empty = join(folder, 'empty.jsonl');
    writeFileSync(empty, '\n');
    assert.equal(await train({ data: vscode.Uri.file(empty).toString() }), null);
    const running = train({ ...choice, probability: 0.9 });
    assert.equal(await train(choice), null);
    // Whatever it has to teach.
    await running;
  });
});
