import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../../src/cli/commands.ts';
import { UsageError } from '../../../src/cli/usageError.ts';
import { AnsweringEngine } from './answeringEngine.ts';
import { bench, BenchFixture, printed } from './benchFixture.ts';

describe('the options of bench', () => {
  const fixture = new BenchFixture();

  const usage: readonly (readonly [readonly string[], RegExp])[] = [
    [['more'], /^"more" is not understood/],
    [['--preset', 'paper-free'], /no option --preset/],
    [['--arms', 'papper-free'], /no arm "papper-free"\. The arms are generator, mentor, balanced, .*paper-free/],
    [['--arms', 'generator,'], /no arm ""/],
    [['--arms', 'bad.json'], /^"patchTokens" in bad\.json is 0, but must be a whole number from 1/],
    [['--arms', 'odd.json'], /^The arm odd\.json can't be used: .*"temperature"/],
    [['--patch-tokens', '0'], /^--patch-tokens is 0, but must be/],
    [['--probability', '2'], /^--probability is 2, but must be/],
    [['--sweep', 'often'], /^The sweep "often" is not understood\. Give probability=/],
    [['--sweep', 'probability=0..1'], /must go from above 0/],
    [['--seeds', '0'], /^--seeds is 0, but must be a whole number from 1 to 100/],
    [['--seeds', '101'], /^--seeds is 101/],
    [['--limit', '0'], /^--limit is 0/],
    [['--concurrency', '0'], /^--concurrency is 0, but must be a whole number from 1 to 256/],
    [['--concurrency', 'all'], /^--concurrency is "all"/],
    [['--answers', 'loose'], /^--answers is "loose", but must be strict or flexible/],
    [['--instruction', 'please'], /^--instruction is "please", but must be task or none/],
    [['--format', 'csv'], /csv/],
    [['--field', 'nonsense'], /nonsense/],
    [['--resume'], /^--resume goes on with the bench in a folder: say which by --out FOLDER/],
    [['--context-size', '3'], /^--context-size is 3/],
    [['--matrix', 'pairs.json', '--mentor', 'demo-mentor'], /^--matrix names all models; leave out --mentor/],
  ];
  for (const [args, message] of usage) {
    it(`refuse ${JSON.stringify(args)} as bad usage, and begin nothing`, async () => {
      const engine = new AnsweringEngine();
      const context = fixture.contextOf(engine);
      writeFileSync(join(context.workingFolder, 'bad.json'), '{"patchTokens": 0}');
      writeFileSync(join(context.workingFolder, 'odd.json'), '{"temperature": 1}');
      await assert.rejects(bench(context, ...args), (error) => {
        assert.ok(error instanceof UsageError, String(error));
        assert.match(error.message, message);
        return true;
      });
      assert.deepEqual([engine.requests.length, context.output.written], [0, '']);
    });
  }

  it('must say which questions', async () => {
    await assert.rejects(
      bench(fixture.contextOf(), '--data'),
      (error) => error instanceof UsageError && error.message.startsWith('--data needs a value'),
    );
    await assert.rejects(
      runCommand(['bench'], fixture.contextOf(), '0.0.0'),
      (error) => error instanceof UsageError && error.message.startsWith('Say which questions by --data'),
    );
  });

  it('refuse more seeds than there are numbers behind the first', async () => {
    await assert.rejects(
      bench(fixture.contextOf(), '--seed', String(Number.MAX_SAFE_INTEGER), '--seeds', '2'),
      (error) => error instanceof UsageError && error.message.startsWith('--seed is'),
    );
  });

  it('map fields, put worked examples around the question, and say how to answer', async () => {
    const engine = new AnsweringEngine();
    const context = fixture.contextOf(engine);
    writeFileSync(join(context.workingFolder, 'own.jsonl'), '{"problem": "2+3?", "result": "5"}');
    writeFileSync(join(context.workingFolder, 'shots.txt'), 'Q: 1+1?\nA: The answer is 2.\n');
    const mapped = ['--data', 'own.jsonl', '--field', 'question=problem,answer=result', '--few-shot', 'shots.txt'];
    await bench(context, ...mapped, '--instruction', 'task', '--arms', 'generator', '--json');
    const [request = assert.fail()] = engine.requests;
    assert.ok(request.prompt.form === 'chat');
    assert.match(request.prompt.question, /^Q: 1\+1\?\nA: The answer is 2\.\n\n2\+3\?\n\nThink step by step/);
    assert.equal(printed(context).arms[0]?.correct, 1);
  });

  it('read data in the layout that is named', async () => {
    const context = fixture.contextOf();
    writeFileSync(join(context.workingFolder, 'set.jsonl'), '{"question": "2+3?", "answer": "2+3=5\\n#### 5"}');
    await bench(context, '--data', 'set.jsonl', '--format', 'gsm8k', '--arms', 'generator', '--json');
    assert.equal(printed(context).arms[0]?.correct, 1);
  });

  it('compare the generator, the mentor, paper-free and the default preset where no arms are named', async () => {
    const context = fixture.contextOf();
    await bench(context, '--json');
    assert.deepEqual(
      printed(context).arms.map(({ arm }) => arm),
      ['generator', 'mentor', 'paper-free', 'balanced'],
    );
  });
});
