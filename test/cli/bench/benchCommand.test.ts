import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../../src/cli/usageError.ts';
import { cancelledError, MentorCollabError } from '../../../src/core/errors.ts';
import { fileSource } from '../../../src/core/modelSource.ts';
import { AnsweringEngine, after } from './answeringEngine.ts';
import { bench, BenchFixture, printed, writeData } from './benchFixture.ts';

describe('bench, on a scripted engine', () => {
  const fixture = new BenchFixture();

  it('asks the generator alone, the mentor in its place, and the pair', async () => {
    const engine = new AnsweringEngine();
    const context = fixture.contextOf(engine);
    assert.equal(await bench(context, '--arms', 'generator,mentor,paper-free', '--limit', '1', '--json'), 'done');
    const file = (name: string) => fileSource(join(context.modelsFolder, name));
    assert.deepEqual(
      engine.requests.map(({ prompt, generator, mentor, settings }) => [
        prompt.form === 'chat' && prompt.question,
        generator,
        mentor,
        settings.decision.policy,
      ]),
      ['a', 'c', 'a', 'c', 'a', 'c'].map((question, index) => [
        question,
        file(index < 2 || index > 3 ? 'demo-small.gguf' : 'demo-mentor.gguf'),
        index > 3 ? file('demo-mentor.gguf') : null,
        index > 3 ? 'random' : 'never',
      ]),
    );
    assert.equal(engine.isDisposed, true);
  });

  it('prints the report that scripts read', async () => {
    const context = fixture.contextOf();
    await bench(context, '--arms', 'generator,always-mentor', '--json');
    const { arms, pairs } = printed(context);
    assert.deepEqual(
      arms.map(({ arm, n, correct }) => [arm, n, correct]),
      [
        ['generator', 3, 2],
        ['always-mentor', 3, 2],
      ],
    );
    const [, arm = assert.fail()] = arms;
    const { accuracy, low, high, mentorShare, mentorStepShare, tokens, timeMs } = arm;
    assert.ok(low < accuracy && accuracy < high && accuracy === 2 / 3);
    assert.deepEqual([mentorShare, mentorStepShare, timeMs], [3 / 5, 1 / 3, 30]);
    assert.deepEqual(tokens, {
      generator: { accepted: 6, decoded: 15, prefilled: 21 },
      mentor: { accepted: 9, decoded: 18, prefilled: 21 },
    });
    const [{ a, b, onlyA, onlyB, p, pHolm } = assert.fail()] = pairs;
    assert.deepEqual([a, b, onlyA, onlyB, p, pHolm], ['generator', 'always-mentor', 0, 0, 1, 1]);
    assert.equal(pairs.length, 1);
    assert.equal(context.messages.written, '');
    assert.equal(context.output.written.split('\n').length, 2);
    assert.equal('items' in printed(context), false);
  });

  it('gives an arm the preset it is named for, and the options that were set', async () => {
    const engine = new AnsweringEngine();
    const arms = 'always-mentor,always-generator';
    await bench(fixture.contextOf(engine), '--limit', '1', '--arms', arms, '--patch-tokens', '4', '--raw-prompt');
    assert.deepEqual(
      engine.requests.map(({ settings, prompt }) => [settings.verification, settings.patchTokens, prompt.form]),
      ['alwaysMentor', 'alwaysMentor', 'alwaysGenerator', 'alwaysGenerator'].map((name) => [name, 4, 'raw']),
    );
  });

  it('takes arms from files beside it, and from a sweep', async () => {
    const engine = new AnsweringEngine();
    const context = fixture.contextOf(engine);
    writeFileSync(join(context.workingFolder, 'mine.json'), '{"patchTokens": 2, "decision": "always"}');
    await bench(context, '--limit', '1', '--arms', 'mine.json', '--sweep', 'probability=0.5,1', '--json');
    assert.deepEqual(
      printed(context).arms.map(({ arm, sweptProbability }) => [arm, sweptProbability]),
      [
        ['mine', null],
        ['mine p=0.5', 0.5],
        ['mine p=1', 1],
      ],
    );
    assert.ok(engine.requests.every(({ settings }) => settings.patchTokens === 2));
  });

  it('runs arms with chance in them once for each seed, from --seed on', async () => {
    const engine = new AnsweringEngine();
    const context = fixture.contextOf(engine);
    await bench(context, '--arms', 'generator,paper-free', '--seeds', '3', '--seed', '7', '--json');
    const { plan, arms } = printed(context);
    assert.deepEqual(
      [plan.seeds, arms.map(({ n }) => n)],
      [
        [7, 8, 9],
        [3, 9],
      ],
    );
    assert.equal(new Set(engine.requests.map(({ settings }) => settings.seed)).size, 9);
  });

  it('judges as it is told', async () => {
    const script = (): string => 'It is 5';
    for (const [mode, correct] of [
      ['strict', 0],
      ['flexible', 2],
    ] as const) {
      const context = fixture.contextOf(new AnsweringEngine(script));
      await bench(context, '--arms', 'generator', '--answers', mode, '--json');
      assert.equal(printed(context).arms[0]?.correct, correct);
    }
  });

  it('prints tables for people, and progress on a terminal', async () => {
    const context = fixture.contextOf(new AnsweringEngine(), { terminal: true });
    await bench(context, '--arms', 'generator,paper-free,mentor');
    const [accuracy = '', tokens = '', difference = ''] = context.output.written.split('\n\n');
    assert.match(accuracy, /^arm +n +accuracy +95% interval +math +facts +mentor share +of steps +time\n/);
    assert.match(accuracy, /\ngenerator +3 +66\.7% +20\.8% to 93\.9% +50\.0% +100\.0% +– +– +\d/);
    assert.match(accuracy, /\npaper-free +3 +66\.7% .* 60\.0% +33\.3% +\d/);
    assert.match(tokens, /^tokens of +generator: accepted/);
    assert.match(tokens, /\ngenerator +9 +9 +21 +0 +0 +0\n/);
    assert.match(tokens, /\nmentor +0 +0 +0 +9 +9 +21$/, 'what the mentor alone wrote is its own');
    assert.match(difference, /^difference +points +95% interval +gained +lost +p +p \(Holm\)/);
    assert.match(difference, /\npaper-free − generator +0\.0 .* 0 +0 +1\.0000 +1\.0000/);
    assert.match(context.messages.written, /paper-free: 2 of 3 right · 6 of 9 runs/);
    assert.ok(context.messages.written.endsWith('\r\u001b[K'), 'the line of progress is taken away');
  });

  it('tells runs without an answer and runs that failed apart', async () => {
    const script = ({ runId }: { runId: string }) =>
      runId.includes('/0/') ? { steps: [{ text: 'The answer is 5.' }], stop: 'failed' as const } : 'No idea.';
    const context = fixture.contextOf(new AnsweringEngine(script));
    assert.equal(await bench(context, '--arms', 'generator'), 'done');
    assert.match(context.output.written, /\ngenerator +3 \(1 failed, 2 without an answer\) +0\.0%/);
  });

  it('tells a remark of the engine once', async () => {
    const engine = new AnsweringEngine();
    engine.remarks.push('The graphics processor failed.');
    const context = fixture.contextOf(engine);
    await bench(context, '--concurrency', '3');
    assert.equal(context.messages.written, 'mentorcollab: The graphics processor failed.\n');
    const quiet = fixture.contextOf(engine, { terminal: true });
    await bench(quiet, '--quiet');
    assert.equal(quiet.messages.written, '');
  });

  it('reports what is done when it is interrupted', async () => {
    const engine = new AnsweringEngine(
      after(4, () => {
        context.abort.abort();
      }),
    );
    const context = fixture.contextOf(engine);
    assert.equal(await bench(context, '--arms', 'generator,paper-free', '--json'), 'interrupted');
    assert.deepEqual([printed(context).arms.map(({ n }) => n), printed(context).missing], [[3, 1], 2]);
    assert.match(context.messages.written, /: 4 of 6 runs were done\.\n$/);
    assert.equal(engine.isDisposed, true);
  });

  it('reports what is done when its engine answers an interruption with an error', async () => {
    const engine = new AnsweringEngine(
      after(2, () => {
        context.abort.abort();
        throw cancelledError();
      }),
    );
    const context = fixture.contextOf(engine);
    assert.equal(await bench(context, '--arms', 'generator', '--json'), 'interrupted');
    assert.equal(printed(context).arms[0]?.n, 2);
    assert.doesNotMatch(context.messages.written, /Cancelled/);
  });

  it('reports what is done when the engine dies, and fails', async () => {
    const dies = (): never => {
      throw new MentorCollabError('engine-crashed', 'The engine has died.');
    };
    const engine = new AnsweringEngine(after(2, dies));
    const context = fixture.contextOf(engine);
    assert.equal(await bench(context, '--arms', 'generator', '--json'), 'failed');
    assert.equal(printed(context).arms[0]?.n, 2);
    assert.match(context.messages.written, /The engine has died\.\nmentorcollab: 2 of 3 runs were done\.\n$/);
    assert.equal(engine.isDisposed, true);
    const none = fixture.contextOf(new AnsweringEngine(dies));
    assert.equal(await bench(none, '--arms', 'generator', '--json'), 'failed');
    assert.equal(none.output.written, '');
  });

  it('finds the problems of the demo pair, all or of one domain', async () => {
    const engine = new AnsweringEngine();
    const context = fixture.contextOf(engine);
    mkdirSync(join(context.modelsFolder, 'problems'));
    const problem = (question: string, domain: string) => ({ domain, question, answer: 5 });
    writeData(context, join('problems', 'all.jsonl'), [
      problem('a', 'math'),
      problem('b', 'knowledge'),
      problem('c', 'knowledge'),
    ]);
    await bench(context, '--data', 'demo', '--arms', 'generator', '--json');
    assert.deepEqual(
      printed(context).plan.domains.map(({ domain, isRecall }) => [domain, isRecall]),
      [
        ['math', false],
        ['knowledge', true],
      ],
    );
    await bench(context, '--data', 'demo:knowledge', '--arms', 'generator');
    assert.deepEqual(
      engine.requests.map(({ prompt }) => prompt.form === 'chat' && prompt.question),
      ['a', 'b', 'c', 'b', 'c'],
    );
    await assert.rejects(bench(context, '--data', 'demo:art'), /no domain "art"; there are math, knowledge/);
  });

  it('takes no domain of other data for recall', async () => {
    const context = fixture.contextOf();
    writeData(context, 'other.jsonl', [{ domain: 'knowledge', question: 'a', answer: 5 }]);
    await bench(context, '--data', 'other.jsonl', '--arms', 'generator', '--json');
    assert.equal(printed(context).plan.domains[0]?.isRecall, false);
  });

  it('names file and line of data that can not be used', async () => {
    const context = fixture.contextOf();
    writeFileSync(join(context.workingFolder, 'bad.jsonl'), '{"question":"q","answer":1}\nnonsense\n');
    await assert.rejects(bench(context, '--data', 'bad.jsonl'), /bad\.jsonl:2 is no JSON/);
    await assert.rejects(
      bench(context, '--data', 'none.jsonl'),
      (error) => !(error instanceof UsageError) && String(error).includes("none.jsonl can't be read"),
    );
  });
});
