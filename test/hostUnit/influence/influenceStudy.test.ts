import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { parseTrace } from '../../../src/protocol/traceText.ts';
import { HELPED_STEPS, helpedRun, writeRun } from '../support/helpedRun.ts';
import { createStudies, finish, finishAll, rows, until } from '../support/studies.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

const CRASH = new MentorCollabError('engine-crashed', 'The engine was ended by SIGKILL. Ask again.');

describe('which interventions mattered', () => {
  const folder = useTemporaryFolder();

  it('flips each of the mentor’s patches and ranks those first that changed the answer, then by step', async () => {
    const { engine, studies } = createStudies(folder());
    const weighed = studies.weigh(await helpedRun('parent'));
    await finishAll(engine);
    const influence = await weighed;
    assert.deepEqual([influence.phase, influence.total, influence.message], ['done', 3, null]);
    assert.deepEqual(rows(influence), [
      [8, 'done', '5', true],
      [1, 'done', '4', false],
      [4, 'done', '4', false],
    ]);
  });

  it('takes the last patch first, since its prefix holds those of all others', async () => {
    const { engine, studies } = createStudies(folder());
    const weighed = studies.weigh(await helpedRun('parent'));
    await finishAll(engine);
    await weighed;
    assert.deepEqual(
      engine.solves.map(({ request }) => request.opening?.branch.step),
      [...HELPED_STEPS].reverse(),
    );
  });

  it('keeps each flip as a branch of the run, and leaves the run on show where it is', async () => {
    const { engine, studies, store, runs } = createStudies(folder());
    const parent = await helpedRun('parent');
    runs.show(parent);
    const weighed = studies.weigh(parent);
    await finishAll(engine);
    for (const { runId, step } of (await weighed).flipped) {
      const { header, damage } = parseTrace(readFileSync(store.pathOf(runId), 'utf8'));
      assert.equal(damage, null);
      assert.deepEqual(header?.branch, { parentRunId: 'parent', step, change: { type: 'other-patch' } });
    }
    assert.equal(runs.current?.runId, 'parent');
  });

  it('tells of each flip as it begins and ends, and of nothing between', async () => {
    const { engine, studies } = createStudies(folder());
    const told: string[] = [];
    studies.onDidChange((runId) => {
      const { phase, flipped } = studies.of(runId) ?? assert.fail();
      told.push(`${phase}: ${flipped.map((each) => `${each.step} ${each.phase}`).join(', ')}`);
    });
    const weighed = studies.weigh(await helpedRun('parent'));
    await finishAll(engine);
    await weighed;
    assert.deepEqual(told, [
      'running: ',
      'running: 8 running',
      'running: 8 done',
      'running: 8 done, 4 running',
      'running: 8 done, 4 done',
      'running: 8 done, 4 done, 1 running',
      'running: 8 done, 1 done, 4 done',
      'done: 8 done, 1 done, 4 done',
    ]);
  });

  it('stops when it is cancelled, keeps what it has, and flips only the rest when it goes on', async () => {
    const { engine, studies } = createStudies(folder());
    const parent = await helpedRun('parent');
    const weighed = studies.weigh(parent);
    await finish(engine, 1);
    await until(() => engine.solves.length === 2);
    studies.cancel('parent');
    const stopped = await weighed;
    assert.equal(stopped.phase, 'stopped');
    assert.match(stopped.message ?? '', /^Cancelled/);
    assert.deepEqual(rows(stopped), [[8, 'done', '5', true]]);
    const again = studies.weigh(parent);
    await finish(engine, 3);
    await finish(engine, 4);
    assert.equal((await again).phase, 'done');
    assert.deepEqual(
      engine.solves.map(({ request }) => request.opening?.branch.step),
      [8, 4, 4, 1],
    );
  });

  it('lists a flip that had written something when it was stopped, behind the others', async () => {
    const { engine, studies } = createStudies(folder());
    const weighed = studies.weigh(await helpedRun('parent'));
    await finish(engine, 1);
    await until(() => engine.solves.length === 2);
    engine.last.listener.onLines((await writeRun(engine.last.request)).slice(0, 5));
    studies.cancel('parent');
    assert.deepEqual(rows(await weighed), [
      [8, 'done', '5', true],
      [4, 'stopped', null, false],
    ]);
  });

  it('lets a question that is asked meanwhile go first, and says that it was stopped', async () => {
    const { engine, studies, runs } = createStudies(folder());
    const parent = await helpedRun('parent');
    const weighed = studies.weigh(parent);
    await finish(engine, 1);
    await until(() => engine.solves.length === 2);
    const asked = runs.ask({ question: 'Another?', origin: null });
    const stopped = await weighed;
    assert.equal(stopped.phase, 'stopped');
    assert.match(stopped.message ?? '', /something else was asked/);
    await until(() => engine.solves.length === 3);
    assert.deepEqual(engine.last.request.prompt, { form: 'chat', question: 'Another?' });
    const again = studies.weigh(parent);
    assert.equal(engine.solves.length, 3, 'it waits for the question');
    await finish(engine, 3);
    await asked;
    await finish(engine, 4);
    await finish(engine, 5);
    assert.equal((await again).phase, 'done');
  });

  it('goes on behind a flip that fails by itself, and says which', async () => {
    const { engine, studies } = createStudies(folder());
    const weighed = studies.weigh(await helpedRun('parent'));
    await until(() => engine.solves.length === 1);
    const lines = await writeRun(engine.last.request);
    const last = lines.at(-1);
    assert.ok(last?.type === 'run-ended');
    engine.last.listener.onLines(lines.slice(0, -1));
    engine.last.end({ ...last, stop: 'failed', failure: { code: 'context-full', message: 'It is full.' } });
    await finish(engine, 2);
    await finish(engine, 3);
    const influence = await weighed;
    assert.equal(influence.phase, 'failed');
    assert.match(influence.message ?? '', /open the branch of step 8/);
    assert.deepEqual(rows(influence).slice(0, 2), [
      [1, 'done', '4', false],
      [4, 'done', '4', false],
    ]);
    assert.deepEqual(influence.flipped[2]?.phase, 'failed');
  });

  it('ends with what to do when the engine dies, keeps what it has, and can go on', async () => {
    const { engine, studies } = createStudies(folder());
    const parent = await helpedRun('parent');
    const weighed = studies.weigh(parent);
    await finish(engine, 1);
    await until(() => engine.solves.length === 2);
    engine.last.listener.onLines((await writeRun(engine.last.request)).slice(0, 5));
    engine.last.fail(CRASH);
    const failed = await weighed;
    assert.equal(failed.phase, 'failed');
    assert.match(failed.message ?? '', /ended by SIGKILL.* Go On flips the rest/);
    assert.deepEqual(
      failed.flipped.map(({ step, phase }) => [step, phase]),
      [
        [8, 'done'],
        [4, 'failed'],
      ],
    );
    const again = studies.weigh(parent);
    await finish(engine, 3);
    await finish(engine, 4);
    assert.equal((await again).phase, 'done');
  });

  it('stops the run under way when the window goes away', async () => {
    const { engine, studies } = createStudies(folder());
    const weighed = studies.weigh(await helpedRun('parent'));
    await until(() => engine.solves.length === 1);
    studies.dispose();
    assert.equal((await weighed).phase, 'stopped');
    assert.equal(engine.last.signal.aborted, true);
  });
});
