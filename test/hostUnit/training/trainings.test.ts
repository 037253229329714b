import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { fileSource } from '../../../src/core/modelSource.ts';
import { Emitter } from '../../../src/host/emitter.ts';
import { trainingEndWords } from '../../../src/host/training/trainingEndWords.ts';
import type { TrainingsOptions } from '../../../src/host/training/trainings.ts';
import { Trainings } from '../../../src/host/training/trainings.ts';
import { fitVerifier } from '../../../src/verifier/training/fitVerifier.ts';
import { TRAINING_PAIR } from '../../bench/training/trainingPair.ts';
import { PairSolver } from '../../support/bench/pairSolver.ts';
import { scratchFolder } from '../../support/scratchFolder.ts';

const CHOICE = { data: 'file:///data/numbers.jsonl', limit: null, probability: 1 };
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const SETTINGS: Readonly<Record<string, unknown>> = { generator: 'small', mentor: 'large' };
const never = new AbortController().signal;

/** Questions that the scripted pair knows, many enough to fit anything to. */
const NUMBERS = Array.from({ length: 24 }, (_, n) =>
  JSON.stringify({ id: `q${n}`, question: `What is ${n}?`, answer: n }),
).join('\n');

class Others {
  readonly #updated = new Emitter<void>();
  readonly onDidUpdate = this.#updated.event;
  isBusy = false;

  become(isBusy: boolean): void {
    this.isBusy = isBusy;
    this.#updated.fire();
  }
}

describe('trainings in the editor', () => {
  const scratch = scratchFolder();
  let folders = 0;

  function create(solver: PairSolver, own: Partial<TrainingsOptions> = {}) {
    const others = new Others();
    const folder = scratch.file(`verifiers-${folders++}`);
    const trainings = new Trainings({
      readSetting: (name) => SETTINGS[name],
      resolveModel: (reference) => fileSource(`/models/${reference}.gguf`),
      mayLoad: () => true,
      modelsFolder: '/models',
      readFile: () => Promise.resolve(NUMBERS),
      version: '0.0.0',
      loadPlanner: () => import('../../../src/host/training/planTraining.ts'),
      folder,
      engine: solver,
      others,
      fit: fitVerifier,
      log: SILENT,
      now: () => 0,
      ...own,
    });
    const words: string[] = [];
    const listener = {
      onProgress: (progress: { readonly words: string }) => words.push(progress.words),
      onRemark: () => undefined,
    };
    return { trainings, others, folder, words, listener };
  }

  it('keep a verifier with its report, tell how far they are, and say how it judges', async () => {
    const { trainings, folder, words, listener } = create(new PairSolver(TRAINING_PAIR));
    const { path, report } = await trainings.train(CHOICE, listener, never);
    const names = readdirSync(folder);
    assert.equal(names.length, 5);
    assert.ok(names.every((name) => name.startsWith('small-')));
    assert.ok(path.startsWith(join(folder, 'small-')) && path.endsWith('.safetensors'));
    assert.equal(words[0], '0 of 24 questions');
    assert.ok(words.includes('24 of 24 questions'), words.join('\n'));
    assert.match(words.at(-1) ?? '', /^fitting to \d+ divergences · epoch \d+, loss \d\.\d{3}$/);
    assert.match(trainingEndWords(report), /^A verifier for .* is trained\. On \d+ held-out divergences the MLP keeps/);
    assert.equal(trainings.isBusy, false);
  });

  it('go on in the same place with the same pair, data and settings, and begin elsewhere with others', async () => {
    const solver = new PairSolver(TRAINING_PAIR);
    const { trainings, folder, listener } = create(solver);
    const first = await trainings.train(CHOICE, listener, never);
    const runs = solver.asked.length;
    assert.equal((await trainings.train(CHOICE, listener, never)).path, first.path);
    assert.equal(solver.asked.length, runs);
    await trainings.train({ ...CHOICE, probability: 0.9 }, listener, never);
    assert.ok(solver.asked.length > runs);
    assert.equal(readdirSync(folder).filter((name) => name.endsWith('.training')).length, 2);
  });

  it('let others go first, and run nothing twice', async () => {
    let runs = 0;
    const solver = new PairSolver(TRAINING_PAIR, () => {
      // A question is asked in the middle of a run, and answered a moment later.
      if (++runs === 7) {
        others.become(true);
        setImmediate(() => {
          others.become(false);
        });
      }
    });
    const { trainings, others, listener } = create(solver);
    await trainings.train(CHOICE, listener, never);
    assert.equal(new Set(solver.asked).size, solver.asked.length - 1);
  });

  it('are one at a time, and end when they are cancelled or the window goes away', async () => {
    const isOf = (code: string) => (error: unknown) => error instanceof MentorCollabError && error.code === code;
    for (const end of ['cancel', 'close'] as const) {
      const abort = new AbortController();
      let begun = (): void => undefined;
      const running = new Promise<void>((resolve) => (begun = resolve));
      const { trainings, listener } = create(
        new PairSolver(TRAINING_PAIR, () => {
          begun();
        }),
      );
      const training = trainings.train(CHOICE, listener, abort.signal);
      const ended = assert.rejects(training, isOf('cancelled'));
      await running;
      await assert.rejects(trainings.train(CHOICE, listener, never), isOf('bad-input'));
      if (end === 'cancel') abort.abort();
      else await trainings.shutDown();
      await ended;
      assert.equal(trainings.isBusy, false);
    }
  });

  it('are refused for a generator on a server', async () => {
    const { trainings, listener } = create(new PairSolver(TRAINING_PAIR), {
      resolveModel: (reference) => ({ type: 'server', url: 'http://127.0.0.1:1/v1', model: reference, apiKey: null }),
    });
    await assert.rejects(trainings.train(CHOICE, listener, never), /tell no hidden states.*mentorcollab\.generator/);
  });
});
