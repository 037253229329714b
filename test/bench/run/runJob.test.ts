import assert from 'node:assert/strict';
import type { Arm } from '../../../src/bench/arms/arm.ts';
import { itemSeed } from '../../../src/bench/arms/itemSeed.ts';
import type { AnswerMode } from '../../../src/bench/answers/judgement.ts';
import type { FinishedRun, Solve } from '../../../src/bench/run/runJob.ts';
import { runJob } from '../../../src/bench/run/runJob.ts';
import { MentorCollabError } from '../../../src/core/errors.ts';
import type { SolveProgress } from '../../../src/protocol/engine.ts';
import type { Script } from '../../support/bench/scriptedSolver.ts';
import { ScriptedSolver } from '../../support/bench/scriptedSolver.ts';
import { CHANCE, GENERATOR } from '../../support/bench/testArms.ts';
import { numberItem } from '../../support/bench/testItems.ts';
import { requestOf } from '../../support/bench/testRequest.ts';

describe('a job', () => {
  interface Given {
    readonly arm?: Arm;
    readonly mode?: AnswerMode;
    readonly signal?: AbortSignal;
  }
  const job = { arm: GENERATOR, item: numberItem(5), seed: 9 };
  const run = (script: Script, given: Given = {}): Promise<FinishedRun | null> => {
    const { arm = GENERATOR, mode = 'strict', signal = new AbortController().signal } = given;
    const options = { requestOf, mode, onProgress: () => undefined };
    return runJob({ ...job, arm }, new ScriptedSolver(script).solve, options, signal);
  };

  it('is judged by what the run wrote, and not by the answer that its end names', async () => {
    const right = await run(() => 'Let me see. The answer is 5.');
    assert.deepEqual([right?.record.answer, right?.record.isCorrect], ['5', true]);
    const wrong = await run(() => 'The answer is 6.');
    assert.deepEqual([wrong?.record.answer, wrong?.record.isCorrect], ['6', false]);
    const none = await run(() => 'I would rather not say.');
    assert.deepEqual([none?.record.answer, none?.record.isCorrect, none?.record.stop], [null, false, 'end']);
  });

  it('is judged as the bench says', async () => {
    const script = (): string => 'So 2 and 3 are 5';
    assert.equal((await run(script))?.record.answer, null);
    assert.deepEqual((await run(script, { mode: 'flexible' }))?.record.isCorrect, true);
  });

  it('keeps what became of every probe, and counts the steps of the mentor', async () => {
    const steps = [
      { text: 'The answer', source: 'agreed' },
      { text: ' is', isProbed: true, score: -1.5 },
      { text: ' 5', source: 'mentor', score: 2.5 },
      { text: '.' },
      { text: ' Bye.', source: 'mentor' },
    ] as const;
    const finished = await run(() => ({ steps, stop: 'stopString', timeMs: 33 }), { arm: CHANCE });
    assert.deepEqual(finished?.record, {
      arm: 'paper-free',
      item: 'q5',
      seed: 9,
      answer: '5',
      isCorrect: true,
      stop: 'stopString',
      failure: null,
      steps: 5,
      mentorSteps: 2,
      decisions: [
        [0, 'agreed', null],
        [1, 'keptGenerator', -1.5],
        [2, 'tookMentor', 2.5],
        [4, 'tookMentor', null],
      ],
      tokens: {
        generator: { accepted: 3, decoded: 5, prefilled: 7 },
        mentor: { accepted: 2, decoded: 4, prefilled: 7 },
      },
      timeMs: 33,
      trace: null,
      page: null,
    });
  });

  it('gives its header and all its lines', async () => {
    const finished = await run(() => 'The answer is 5.');
    assert.equal(finished?.header.runId, 'generator/q5/9');
    assert.equal(finished.lines[0], finished.header);
    assert.deepEqual(finished.lines.at(-1)?.type, 'run-ended');
  });

  it('asks with the settings of its arm and the seed of its item', async () => {
    const solver = new ScriptedSolver(() => 'x');
    const options = { requestOf, mode: 'strict', onProgress: () => undefined } as const;
    await runJob(job, solver.solve, options, new AbortController().signal);
    const [request] = solver.requests;
    assert.deepEqual(request?.settings, { ...GENERATOR.settings, seed: itemSeed(9, 5) });
    assert.deepEqual([request.opening, request.prompt], [null, { form: 'chat', question: 'What is 5?' }]);
  });

  it('tells of the progress of its run', async () => {
    const told: SolveProgress[] = [];
    const solver = new ScriptedSolver(() => 'x');
    const options = { requestOf, mode: 'strict', onProgress: (one: SolveProgress) => told.push(one) } as const;
    await runJob(
      job,
      (request, listener, signal) => {
        listener.onProgress({ type: 'prompt-reading' });
        return solver.solve(request, listener, signal);
      },
      options,
      new AbortController().signal,
    );
    assert.deepEqual(told, [{ type: 'prompt-reading' }]);
  });

  it('that failed is wrong whatever it wrote, and says why', async () => {
    const steps = [{ text: 'The answer is 5.' }];
    const finished = await run(() => ({ steps, stop: 'failed' }));
    const { answer, isCorrect, stop, failure } = finished?.record ?? assert.fail();
    assert.deepEqual([answer, isCorrect, stop, failure], ['5', false, 'failed', 'The context is full.']);
  });

  it('that was cancelled gives nothing', async () => {
    const abort = new AbortController();
    abort.abort();
    assert.equal(await run(() => 'The answer is 5.', { signal: abort.signal }), null);
  });

  it('that could not begin is no run that failed', async () => {
    const error = new MentorCollabError('engine-crashed', 'The engine has died.');
    await assert.rejects(
      run(() => {
        throw error;
      }),
      error,
    );
  });

  it('whose run has no header is a defect', async () => {
    const silent = new ScriptedSolver(() => 'x');
    const options = { requestOf, mode: 'strict', onProgress: () => undefined } as const;
    const solve: Solve = (request, listener, signal) =>
      silent.solve(request, { ...listener, onLines: () => undefined }, signal);
    await assert.rejects(runJob(job, solve, options, new AbortController().signal), { code: 'internal' });
  });
});
