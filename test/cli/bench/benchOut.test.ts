import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchReport } from '../../../src/bench/report/reportDocument.ts';
import { UsageError } from '../../../src/cli/usageError.ts';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { parseTrace } from '../../../src/protocol/traceText.ts';
import { randomScript } from '../../support/bench/randomScript.ts';
import type { ScriptedContext } from '../scriptedContext.ts';
import { AnsweringEngine, after, answerFive } from './answeringEngine.ts';
import { bench, BenchFixture, printed, printedMatrix, writeData } from './benchFixture.ts';

describe('bench --out, on a scripted engine', () => {
  const fixture = new BenchFixture();
  const text = (context: ScriptedContext, ...path: readonly string[]): string =>
    readFileSync(join(context.workingFolder, ...path), 'utf8');
  // Written by the code under test; its fields are what is checked.
  const report = (context: ScriptedContext, ...path: readonly string[]): BenchReport =>
    JSON.parse(text(context, ...path, 'report.json')) as BenchReport;

  it('keeps plan, results, runs and reports in that folder', async () => {
    const context = fixture.contextOf();
    assert.equal(await bench(context, '--arms', 'generator,paper-free', '--out', 'out', '--json'), 'done');
    const names = readdirSync(join(context.workingFolder, 'out')).sort();
    assert.deepEqual(names, ['plan.json', 'report.html', 'report.json', 'report.md', 'results.jsonl', 'runs']);
    assert.match(text(context, 'out', 'plan.json'), /"mentorcollab-bench-plan"/);
    assert.equal(text(context, 'out', 'results.jsonl').match(/"run-done"/g)?.length, 6);
    assert.deepEqual(readdirSync(join(context.workingFolder, 'out', 'runs')).sort(), ['generator', 'paper-free']);
    const { items, ...printedPart } = report(context, 'out');
    assert.deepEqual(printedPart, printed(context));
    for (const { trace, page } of items.flatMap(({ runs }) => runs)) {
      assert.equal(parseTrace(text(context, 'out', trace ?? '')).damage, null);
      assert.match(text(context, 'out', page ?? ''), /^<!doctype html>/i);
    }
  });

  it('writes nothing without it', async () => {
    const context = fixture.contextOf();
    const before = readdirSync(context.workingFolder);
    await bench(context);
    assert.deepEqual(readdirSync(context.workingFolder), before);
  });

  it('is refused where a bench is there already, and asks nothing', async () => {
    const engine = new AnsweringEngine();
    const context = fixture.contextOf(engine);
    const again = ['--arms', 'generator', '--out', 'out'];
    await bench(context, ...again);
    const { length } = engine.requests;
    const before = text(context, 'out', 'report.json');
    await assert.rejects(bench(context, ...again), (error) => {
      assert.ok(!(error instanceof UsageError));
      assert.match(String(error), /There is a bench in .*out already\. Go on with it by --resume/);
      return true;
    });
    assert.equal(engine.requests.length, length);
    assert.equal(text(context, 'out', 'report.json'), before);
    assert.equal(engine.isDisposed, true);
  });

  it('goes on with what is not done by --resume, as it says', async () => {
    const engine = new AnsweringEngine(after(4, die));
    const context = fixture.contextOf(engine);
    const args = ['--arms', 'generator,paper-free', '--json', '--out'];
    assert.equal(await bench(context, ...args, 'out'), 'failed');
    assert.match(context.messages.written, /4 of 6 runs were done\. The same command with --resume goes on\.\n$/);
    assert.equal(report(context, 'out').missing, 2);
    const { length } = engine.requests;
    assert.equal(await bench(context, ...args, 'out', '--resume'), 'done');
    assert.equal(engine.requests.length, length + 2);
    await bench(context, ...args, 'whole');
    assert.deepEqual(report(context, 'out'), report(context, 'whole'));
  });

  it('does nothing again where all is done', async () => {
    const engine = new AnsweringEngine();
    const context = fixture.contextOf(engine, { terminal: true });
    await bench(context, '--arms', 'generator', '--out', 'out');
    const before = report(context, 'out');
    assert.equal(await bench(context, '--arms', 'generator', '--out', 'out', '--resume'), 'done');
    assert.equal(engine.requests.length, 3);
    assert.deepEqual(report(context, 'out'), before);
  });

  it('does not go on with another bench, and tells what differs', async () => {
    const context = fixture.contextOf();
    await bench(context, '--arms', 'generator', '--out', 'out');
    writeData(context, 'data.jsonl', [{ question: 'x', answer: 1 }]);
    await assert.rejects(
      bench(context, '--arms', 'generator,coin', '--seed', '2', '--out', 'out', '--resume'),
      /what differs: the questions, the arms, the seeds\. Go on/,
    );
  });

  it('reports the same with three questions at once as with one', async () => {
    const reports: unknown[] = [];
    for (const concurrency of ['1', '3']) {
      const engine = new AnsweringEngine(randomScript);
      const context = fixture.contextOf(engine);
      const args = ['--generator', 'http://x/v1#small', '--mentor', 'http://x/v1#large'];
      await bench(context, ...args, '--seeds', '2', '--out', 'out', '--concurrency', concurrency);
      assert.equal(engine.solver.mostBusy, Number(concurrency));
      reports.push(report(context, 'out'));
    }
    assert.deepEqual(reports[0], reports[1]);
  });

  it('asks four questions at once where all models are on servers, and one where any is not', async () => {
    const busiest = async (...args: readonly string[]): Promise<number> => {
      const engine = new AnsweringEngine();
      await bench(fixture.contextOf(engine), ...args);
      return engine.solver.mostBusy;
    };
    const [small, large] = ['http://x/v1#small', 'http://x/v1#large'];
    assert.equal(await busiest('--generator', small, '--mentor', large), 4);
    assert.equal(await busiest('--generator', small), 1);
    assert.equal(await busiest('--generator', small, '--arms', 'generator'), 3, 'no more than there are runs');
    assert.equal(await busiest('--generator', small, '--mentor', large, '--verifier', 'demo-small'), 1);
    assert.equal(await busiest('--generator', small, '--mentor', large, '--concurrency', '2'), 2);
  });

  describe('with --matrix', () => {
    const PAIRS = [
      { name: 'one', generator: 'http://x/v1#small', mentor: 'http://x/v1#large' },
      { name: 'Two + more', generator: 'http://x/v1#tiny', mentor: 'http://x/v1#large' },
    ];
    const args = ['--matrix', 'pairs.json', '--arms', 'generator,paper-free'];
    const contextOf = (engine = new AnsweringEngine(), options = {}): ScriptedContext => {
      const context = fixture.contextOf(engine, options);
      writeFileSync(join(context.workingFolder, 'pairs.json'), JSON.stringify(PAIRS));
      return context;
    };

    it('runs each pair on its own models, and prints all of them with a summary', async () => {
      const engine = new AnsweringEngine();
      const context = contextOf(engine);
      assert.equal(await bench(context, ...args, '--json'), 'done');
      const { format, matrix, summary } = printedMatrix(context);
      assert.equal(format, 'mentorcollab-bench-matrix');
      assert.deepEqual(
        matrix.map(({ plan, arms, pairs }) => [plan.generator.name, arms.length, pairs.length]),
        [
          ['http://x/v1#small', 2, 1],
          ['http://x/v1#tiny', 2, 1],
        ],
      );
      assert.ok(matrix.every((one) => !('items' in one)));
      assert.deepEqual(summary, [
        { arm: 'paper-free', pairs: 2, averageGain: 0, bestGain: 0, improved: 0, mentorShare: 0.6 },
      ]);
      assert.equal(engine.requests.length, 12);
    });

    it('prints a table for each pair, and one for all', async () => {
      const context = contextOf(new AnsweringEngine(), { terminal: true });
      await bench(context, ...args);
      assert.match(context.output.written, /^one\narm +n .*\n\nTwo \+ more\narm +n /s);
      assert.match(
        context.output.written,
        /\nover the generators alone +average points +best +pairs improved +mentor share\n/,
      );
      assert.match(context.output.written, /\npaper-free +0\.0 +0\.0 +0 of 2 +60\.0%\n$/);
      assert.match(context.messages.written, /Two \+ more, paper-free: 2 of 3 right · 6 of 6 runs/);
    });

    it('has a folder for each pair, and one report of all', async () => {
      const context = contextOf();
      await bench(context, ...args, '--out', 'out');
      const inFolder = (...names: string[]) => readdirSync(join(context.workingFolder, 'out', ...names)).sort();
      assert.deepEqual(inFolder(), ['pairs', 'report.html', 'report.json', 'report.md']);
      assert.deepEqual(inFolder('pairs'), ['Two%20%2B%20more', 'one']);
      assert.equal(report(context, 'out', 'pairs', 'one').missing, 0);
      const { matrix } = JSON.parse(text(context, 'out', 'report.json')) as ReturnType<typeof printedMatrix>;
      const pages = matrix.flatMap(({ items }) => items.flatMap(({ runs }) => runs.map(({ page }) => page ?? '')));
      assert.equal(pages.length, 12);
      for (const page of pages) assert.ok(existsSync(join(context.workingFolder, 'out', page)), page);
    });

    it('begins no further pair when it is interrupted', async () => {
      const engine = new AnsweringEngine(
        after(2, () => {
          context.abort.abort();
        }),
      );
      const context = contextOf(engine);
      assert.equal(await bench(context, ...args, '--json', '--concurrency', '1'), 'interrupted');
      assert.equal(printedMatrix(context).matrix.length, 1);
      assert.match(context.messages.written, /2 of 12 runs were done\.\n$/);
    });

    it('goes on by --resume with the pairs that are not whole', async () => {
      const engine = new AnsweringEngine(after(2, die));
      const context = contextOf(engine);
      const kept = [...args, '--concurrency', '1', '--out', 'out'];
      assert.equal(await bench(context, ...kept), 'failed');
      assert.deepEqual(
        ['one', 'Two%20%2B%20more'].map((name) => report(context, 'out', 'pairs', name).missing),
        [4, 0],
      );
      const { length } = engine.requests;
      assert.equal(await bench(context, ...kept, '--resume'), 'done');
      assert.equal(engine.requests.length, length + 4);
      const { matrix } = JSON.parse(text(context, 'out', 'report.json')) as ReturnType<typeof printedMatrix>;
      assert.deepEqual(
        matrix.map(({ missing }) => missing),
        [0, 0],
      );
    });

    it('goes on with the other pairs where one breaks off, and fails', async () => {
      const engine = new AnsweringEngine(({ generator, ...request }) => {
        if (generator.type === 'server' && generator.model === 'small') throw new Error('No such model.');
        return answerFive({ generator, ...request });
      });
      const context = contextOf(engine);
      assert.equal(await bench(context, ...args, '--json'), 'failed');
      assert.deepEqual(
        printedMatrix(context).matrix.map(({ missing }) => missing),
        [6, 0],
      );
      assert.match(context.messages.written, /No such model\.\nmentorcollab: 6 of 12 runs were done/);
    });
  });
});

function die(): never {
  throw new MentorCollabError('engine-crashed', 'The engine has died.');
}
