import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { trainingHtml } from '../../../src/bench/training/report/trainingHtml.ts';
import { trainingMarkdown } from '../../../src/bench/training/report/trainingMarkdown.ts';
import type { TrainedVerifier } from '../../../src/bench/training/trainVerifier.ts';
import { trainVerifier } from '../../../src/bench/training/trainVerifier.ts';
import { trainedPlaces, writeTrained } from '../../../src/bench/training/writeTrained.ts';
import { readVerifier } from '../../../src/verifier/files/readVerifier.ts';
import { fitVerifier } from '../../../src/verifier/training/fitVerifier.ts';
import { PairSolver } from '../../support/bench/pairSolver.ts';
import { scratchFolder } from '../../support/scratchFolder.ts';
import { NOBODY, TRAINING_PAIR, trainingPlan } from './trainingPair.ts';

describe('the report of a training', () => {
  const scratch = scratchFolder();
  let trained: TrainedVerifier;
  before(async () => {
    trained = await trainVerifier(trainingPlan({ data: '<questions> & *answers*.jsonl' }, 24), {
      folder: scratch.file('work'),
      heldOutShare: 0.25,
      workers: [new PairSolver(TRAINING_PAIR).solve],
      fit: fitVerifier,
      listener: NOBODY,
      now: () => new Date(0),
      signal: new AbortController().signal,
    });
  });

  it('is a page with every judge, the calibration of three, the losses and the counts', () => {
    const html = trainingHtml(trained.report);
    for (const id of ['s-judges', 's-calibration', 's-training', 's-counts', 's-method'])
      assert.ok(html.includes(`id="${id}"`), id);
    for (const name of ['mlp', 'logistic', 'letter']) assert.ok(html.includes(`id="reliability-${name}-title"`), name);
    assert.ok(html.includes('id="losses-title"'));
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(html.includes('&lt;questions&gt; &amp; *answers*.jsonl') && !html.includes('<questions>'));
  });

  it('says so where a fixed choice does as well as what was trained', () => {
    const judges = trained.report.judges.map((judge) => ({ ...judge, correct: judge.name === 'mlp' ? 3 : 4 }));
    const words = 'no better than keeping the mentor';
    assert.ok(trainingMarkdown({ ...trained.report, judges }).includes(words));
    const better = judges.map((judge) => ({ ...judge, correct: judge.name === 'mlp' ? 6 : 4 }));
    assert.ok(!trainingMarkdown({ ...trained.report, judges: better }).includes(words));
  });

  it('tells the same as Markdown', () => {
    const markdown = trainingMarkdown(trained.report);
    for (const caption of ['Judges on held-out divergences', 'Losses of the MLP by epoch', 'Questions and divergences'])
      assert.ok(markdown.includes(`**${caption}**`), caption);
    assert.ok(!markdown.includes(' <questions>') && !markdown.includes(' *answers*'));
  });

  it('is written beside the verifier, which is read again as it was', async () => {
    const path = scratch.file('mine.safetensors');
    const places = await writeTrained(trained, path);
    assert.deepEqual(places, trainedPlaces(path));
    assert.deepEqual(readVerifier(readFileSync(path), path), trained.verifier);
    const names = readdirSync(scratch.file('.')).filter((name) => name.startsWith('mine'));
    assert.deepEqual(names.sort(), ['mine.report.html', 'mine.report.json', 'mine.report.md', 'mine.safetensors']);
    assert.deepEqual(
      JSON.parse(readFileSync(scratch.file('mine.report.json'), 'utf8')),
      JSON.parse(JSON.stringify(trained.report)),
    );
  });
});
