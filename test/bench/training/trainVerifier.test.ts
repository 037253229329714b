import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainingPlan } from '../../../src/bench/training/trainingPlan.ts';
import type { TrainedVerifier, TrainingRun } from '../../../src/bench/training/trainVerifier.ts';
import { trainVerifier } from '../../../src/bench/training/trainVerifier.ts';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { fileSource } from '../../../src/core/modelSource.ts';
import { fitVerifier } from '../../../src/verifier/training/fitVerifier.ts';
import { PairSolver } from '../../support/bench/pairSolver.ts';
import { scratchFolder } from '../../support/scratchFolder.ts';
import { NOBODY, TRAINING_PAIR, trainingPlan } from './trainingPair.ts';

function isRefused(...words: readonly string[]) {
  return (error: unknown): boolean =>
    error instanceof MentorCollabError &&
    error.code === 'bad-input' &&
    words.every((word) => error.message.includes(word));
}

function isCancelled(error: unknown): boolean {
  return error instanceof MentorCollabError && error.code === 'cancelled';
}

describe('the training of a verifier', () => {
  const scratch = scratchFolder();
  let folders = 0;
  const fresh = (): string => scratch.file(`training-${folders++}`);
  const train = (plan: TrainingPlan, run: Partial<TrainingRun> & { readonly solver?: PairSolver }) =>
    trainVerifier(plan, {
      folder: fresh(),
      heldOutShare: 0.25,
      workers: [(run.solver ?? new PairSolver(TRAINING_PAIR)).solve],
      fit: fitVerifier,
      listener: NOBODY,
      now: () => new Date('2026-01-02T03:04:05.678Z'),
      signal: new AbortController().signal,
      ...run,
    });
  /** Enough questions to fit anything to. */
  const whole = trainingPlan({}, 24);

  it('runs both branches of each divergence, and tells which of them was right', async () => {
    const solver = new PairSolver(TRAINING_PAIR);
    const { report } = await train(whole, { solver });
    // The last divergence first: the patch that the base run took, and the other, in the order generator, mentor.
    const [base, ...branches] = solver.asked.slice(0, 5);
    assert.equal(base, 'q0');
    assert.deepEqual(branches.slice(0, 2).sort(), ['q0/1/other-patch', 'q0/2/without-mentor']);
    assert.deepEqual(branches.slice(2).sort(), ['q0/0/other-patch', 'q0/1/without-mentor']);
    assert.equal(solver.asked.length, 24 * 5);
    const { questions, divergences, tried, favourGenerator, favourMentor, bothRight, bothWrong } = report.counts;
    assert.deepEqual([questions, divergences, tried], [24, 48, 48]);
    assert.deepEqual([favourGenerator, favourMentor, bothRight + bothWrong], [8, 16, 24]);
    assert.ok(report.counts.baseRight > 0 && report.counts.baseRight < 24);
  });

  it('holds a share of the questions out, and measures every judge on them', async () => {
    const { report, verifier } = await train(whole, {});
    assert.deepEqual(report.examples.heldOut, 6);
    assert.equal(report.examples.training + report.examples.stopping, 18);
    assert.deepEqual(
      report.judges.map(({ name, n }) => [name, n]),
      ['mlp', 'logistic', 'letter', 'letterSwapped', 'confidence', 'likelihood', 'alwaysMentor', 'alwaysGenerator'].map(
        (name) => [name, 6],
      ),
    );
    const fixed = report.judges.filter(({ name }) => name.startsWith('always'));
    assert.deepEqual(
      fixed.map(({ correct, keptGenerator }) => [correct, keptGenerator]),
      [
        [4, 0],
        [2, 1],
      ],
    );
    assert.deepEqual(verifier.card?.data, { name: 'data.jsonl', sha256: null, questions: 24 });
    assert.equal(verifier.card.generator.name, '/models/small.gguf');
    assert.match(verifier.card.generator.sha256 ?? '', /^[0-9a-f]{64}$/);
    assert.deepEqual(verifier.card.examples, { training: 18, heldOut: 6 });
    assert.equal(verifier.mlp?.first.inputs, 2);
  });

  it('comes to the same verifier again, and to another with another seed', async () => {
    const seeded = (seed: number): Promise<TrainedVerifier> =>
      train({ ...whole, settings: { ...whole.settings, seed } }, {});
    const [first, again, other] = [await seeded(1), await seeded(1), await seeded(2)];
    assert.deepEqual(first, again);
    assert.notDeepEqual(first.verifier.mlp, other.verifier.mlp);
  });

  it('tries only so many divergences of a question', async () => {
    const solver = new PairSolver(TRAINING_PAIR);
    const { report } = await train({ ...whole, mostDivergences: 1 }, { solver });
    assert.equal(solver.asked.length, 24 * 3);
    assert.deepEqual([report.counts.divergences, report.counts.tried], [48, 24]);
  });

  it('goes on after any run as if it had never been stopped, and runs nothing twice', async () => {
    const small = trainingPlan({}, 12);
    const expected = await train(small, {});
    const folder = fresh();
    const runs: string[] = [];
    for (let stops = 0; ; stops++) {
      const abort = new AbortController();
      let begun = 0;
      const solver = new PairSolver(TRAINING_PAIR, ({ runId }) => {
        if (++begun > 7) abort.abort();
        else runs.push(runId);
      });
      try {
        const trained = await train(small, { folder, solver, signal: abort.signal });
        assert.deepEqual(trained, expected);
        assert.ok(stops > 5);
        break;
      } catch (thrown) {
        assert.ok(isCancelled(thrown));
      }
    }
    assert.equal(runs.length, 12 * 5);
    assert.equal(new Set(runs).size, runs.length);
    assert.deepEqual(readdirSync(join(folder, 'open')), []);
    assert.ok(!existsSync(join(folder, 'training.lock')));
  });

  it('survives half a last line, and refuses a whole one that is none', async () => {
    const folder = fresh();
    const first = await train(whole, { folder });
    const journal = join(folder, 'journal.jsonl');
    const text = readFileSync(journal, 'utf8');
    writeFileSync(journal, text.slice(0, -20));
    const solver = new PairSolver(TRAINING_PAIR);
    // The branch that was cut off can't be made without its base run, whose trace is gone: the place is named.
    await assert.rejects(train(whole, { folder, solver }), isRefused('open', 'anew in another folder'));
    writeFileSync(journal, text);
    appendFileSync(journal, '{"type":"branch-d');
    assert.deepEqual(await train(whole, { folder, solver }), first);
    assert.equal(solver.asked.length, 0);
    appendFileSync(journal, '{"type":"who-knows"}\n');
    await assert.rejects(train(whole, { folder }), isRefused('journal.jsonl:', 'Take the line out'));
  });

  it('refuses to go on with other questions, settings or models, and names what differs', async () => {
    const folder = fresh();
    await train(whole, { folder });
    const refused = (fields: Partial<TrainingPlan>, words: string) =>
      assert.rejects(train({ ...whole, ...fields }, { folder }), isRefused(words, 'is another one'));
    await refused({ items: whole.items.slice(1) }, 'the questions');
    await refused({ settings: { ...whole.settings, seed: 2 } }, 'the settings or the seed');
    await refused({ mostDivergences: 3 }, 'the number of divergences');
    await refused({ mentor: fileSource('/models/other.gguf') }, 'the mentor');
  });

  it('is fitted anew with another share held out, from what is there', async () => {
    const folder = fresh();
    await train(whole, { folder });
    const solver = new PairSolver(TRAINING_PAIR);
    const { report } = await train(whole, { folder, solver, heldOutShare: 0.5 });
    assert.deepEqual([solver.asked.length, report.examples.heldOut], [0, 12]);
  });

  it('says what is missing where nothing can be learnt', async () => {
    const alike = { generator: TRAINING_PAIR.generator, mentor: TRAINING_PAIR.generator };
    await assert.rejects(
      train(trainingPlan(), { solver: new PairSolver(alike) }),
      isRefused('Nothing can be learnt', '4 questions', 'Give more questions'),
    );
  });

  it('leaves a run out that fails midway, tells of it, and makes it the next time', async () => {
    const folder = fresh();
    const failures: string[] = [];
    const listener = { ...NOBODY, onFailed: (message: string) => failures.push(message) };
    let broken = true;
    const generator = (question: string, text: string): readonly string[] => {
      if (broken && question === 'What is 5?' && text !== '')
        throw new MentorCollabError('context-full', 'It is full.');
      return TRAINING_PAIR.generator(question, text);
    };
    const solver = new PairSolver({ ...TRAINING_PAIR, generator });
    const { report } = await train(whole, { folder, solver, listener });
    assert.deepEqual(failures, ['q5: It is full.']);
    assert.equal(report.counts.questions, 23);
    broken = false;
    assert.equal((await train(whole, { folder, solver })).report.counts.questions, 24);
  });
});
