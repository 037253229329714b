import assert from 'node:assert/strict';
import type { HostRun } from '../../../src/host/runs/hostRun.ts';
import type { RelatedRun } from '../../../src/protocol/panel.ts';
import { helpedRun, writeRun } from '../support/helpedRun.ts';
import { createStudies, finish, finishAll, rows, until } from '../support/studies.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

describe('studies of which interventions mattered', () => {
  const folder = useTemporaryFolder();

  it('tells a wrong setting, and asks nothing of the engine', async () => {
    const { engine, studies } = createStudies(folder(), { contextSize: 'x' });
    const influence = await studies.weigh(await helpedRun('parent'));
    assert.equal(influence.phase, 'failed');
    assert.match(influence.message ?? '', /mentorcollab\.contextSize/);
    assert.deepEqual(influence.flipped, []);
    assert.equal(engine.solves.length, 0);
  });

  it('keeps the settings of its beginning for every flip', async () => {
    const { engine, studies, values } = createStudies(folder(), { threads: 2 });
    const weighed = studies.weigh(await helpedRun('parent'));
    await finish(engine, 1);
    values['threads'] = 3;
    await finish(engine, 2);
    await finish(engine, 3);
    await weighed;
    assert.deepEqual(
      engine.solves.map(({ request }) => request.options.threads),
      [2, 2, 2],
    );
  });

  it('asks once whether the models may be loaded, and flips nothing without', async () => {
    const { engine, studies, consent } = createStudies(folder());
    const parent = await helpedRun('parent');
    consent.isGiven = false;
    const refused = await studies.weigh(parent);
    assert.deepEqual(consent.asked, [parent.lines[0]]);
    assert.equal(refused.phase, 'stopped');
    assert.match(refused.message ?? '', /not to be loaded/);
    assert.equal(engine.solves.length, 0);
    consent.isGiven = true;
    const weighed = studies.weigh(parent);
    await finishAll(engine);
    assert.equal((await weighed).phase, 'done');
    assert.equal(consent.asked.length, 2);
  });

  it('takes branches that are kept already, if they changed the same and came to their end', async () => {
    const { engine, studies, family } = createStudies(folder());
    const kept = (step: number, changes: Partial<RelatedRun> = {}): RelatedRun => ({
      ...{ runId: `kept-${step}`, title: 'T', depth: 1, phase: 'done', answer: '4.0', answerChanged: false },
      branch: { parentRunId: 'parent', step, change: { type: 'other-patch' } },
      ...changes,
    });
    const candidate = { type: 'candidate', by: 'mentor', text: 'x' } as const;
    family.push(
      kept(1),
      kept(4, { phase: 'stopped' }),
      kept(8, { branch: { parentRunId: 'parent', step: 8, change: candidate } }),
      kept(8, { branch: { parentRunId: 'other', step: 8, change: { type: 'other-patch' } } }),
    );
    const weighed = studies.weigh(await helpedRun('parent'));
    await finish(engine, 1);
    await finish(engine, 2);
    const influence = await weighed;
    assert.deepEqual(
      engine.solves.map(({ request }) => request.opening?.branch.step),
      [8, 4],
    );
    assert.deepEqual(influence.flipped[1], {
      ...{ step: 1, runId: 'kept-1', phase: 'done', answer: '4.0', answerChanged: false },
    });
  });

  it('counts an answer that was found or lost as changed, and none both times as the same', async () => {
    const without = (run: HostRun): HostRun => ({
      ...run,
      lines: run.lines.map((line) => (line.type === 'run-ended' ? { ...line, answer: null } : line)),
    });
    const { engine, studies } = createStudies(folder());
    const weighed = studies.weigh(without(await helpedRun('parent')));
    await finish(engine, 1);
    await until(() => engine.solves.length === 2);
    const last = (await writeRun(engine.last.request)).at(-1);
    assert.ok(last?.type === 'run-ended');
    engine.last.listener.onLines((await writeRun(engine.last.request)).slice(0, 3));
    engine.last.end({ ...last, answer: null });
    await finish(engine, 3);
    assert.deepEqual(rows(await weighed), [
      [1, 'done', '4', true],
      [8, 'done', '5', true],
      [4, 'done', null, false],
    ]);
  });

  it('keeps one study a run, which asking again does not begin anew', async () => {
    const { engine, studies } = createStudies(folder());
    const parent = await helpedRun('parent');
    assert.equal(studies.of('parent'), null);
    const all = [studies.weigh(parent), studies.weigh(parent)];
    assert.equal(studies.activeRunId, 'parent');
    await finishAll(engine);
    await Promise.all(all);
    assert.equal(studies.activeRunId, null);
    assert.equal((await studies.weigh(parent)).phase, 'done');
    assert.equal(engine.solves.length, 3);
    assert.equal(studies.of('parent')?.phase, 'done');
    assert.equal(studies.of('other'), null);
  });

  it('is cancelled at once while it waits for the end of another run', async () => {
    const { engine, studies, runs } = createStudies(folder());
    const asked = runs.ask({ question: 'Another?', origin: null });
    await until(() => engine.solves.length === 1);
    const weighed = studies.weigh(await helpedRun('parent'));
    studies.cancel('parent');
    const { phase, flipped } = await weighed;
    assert.deepEqual([phase, flipped], ['stopped', []]);
    assert.equal(runs.isBusy, true);
    await finish(engine, 1);
    assert.equal((await asked)?.state.phase, 'done');
    assert.equal(engine.solves.length, 1);
  });

  it('refuses another run while one is being weighed, and runs that can’t be', async () => {
    const { engine, studies } = createStudies(folder());
    const parent = await helpedRun('parent');
    const weighed = studies.weigh(parent);
    await assert.rejects(studies.weigh(await helpedRun('other')), /another run are being weighed/);
    await finishAll(engine);
    await weighed;
    const active: HostRun = { ...parent, runId: 'a', state: { phase: 'reasoning', sinceMs: 0 } };
    await assert.rejects(studies.weigh(active), /still goes on/);
    await assert.rejects(studies.weigh({ ...parent, runId: 'b', state: { phase: 'stopped' } }), /come to its end/);
    const alone = parent.lines.filter(({ type }) => type !== 'mentor-probed' && type !== 'patch-drafted');
    await assert.rejects(studies.weigh({ ...parent, runId: 'c', lines: alone }), /taken nowhere/);
  });
});
