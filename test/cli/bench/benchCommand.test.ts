import { fileSource } from '../../../src/core/modelSource.ts';
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchReport } from '../../../src/bench/report/reportDocument.ts';
import { runCommand } from '../../../src/cli/commands.ts';
import { UsageError } from '../../../src/cli/usageError.ts';
import { MentorCollabError } from '../../../src/core/errors.ts';
import type { RunEnded } from '../../../src/core/runEvent.ts';
import type { ReasoningEngine, SolveListener, SolveRequest } from '../../../src/protocol/engine.ts';
import type { AbortNotifier } from '../../../src/core/languageModel.ts';
import { scriptedTrace } from '../../support/scriptedTrace.ts';
import { ScriptedContext } from '../scriptedContext.ts';
import { ScriptedEngine } from '../scriptedEngine.ts';

const DATA = [
  { domain: 'math', question: 'a', answer: 5 },
  { domain: 'math', question: 'b', answer: '6' },
  { domain: 'facts', question: 'c', answer: '5.0' },
]
  .map((line) => JSON.stringify(line))
  .join('\n');

describe('bench, on a scripted engine', () => {
  const contexts: ScriptedContext[] = [];
  let ended: RunEnded;
  before(async () => {
    const last = (await scriptedTrace()).events.at(-1);
    assert.ok(last?.type === 'run-ended');
    ended = last;
  });
  afterEach(() => {
    for (const { workingFolder } of contexts.splice(0)) rmSync(workingFolder, { recursive: true });
  });

  function contextOf(
    engine: ReasoningEngine,
    options: ConstructorParameters<typeof ScriptedContext>[1] = {},
  ): ScriptedContext {
    const context = new ScriptedContext(engine, options);
    contexts.push(context);
    writeFileSync(join(context.workingFolder, 'data.jsonl'), DATA);
    return context;
  }
  const bench = (context: ScriptedContext, ...args: string[]): ReturnType<typeof runCommand> =>
    runCommand(['bench', ...args], context, '0.0.0');
  // The document was written by the code under test; its fields are what is checked.
  const printed = (context: ScriptedContext): BenchReport => JSON.parse(context.output.written) as BenchReport;

  it('asks the generator alone, the mentor in its place, and the pair', async () => {
    const engine = new ScriptedEngine([ended]);
    const context = contextOf(engine);
    assert.equal(await bench(context, '--data', 'data.jsonl', '--limit', '1', '--json'), 'done');
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
    const context = contextOf(new ScriptedEngine([ended]));
    await bench(context, '--data', 'data.jsonl', '--arms', 'generator,always-mentor', '--json');
    const { arms, pairs } = printed(context);
    assert.deepEqual(
      arms.map(({ arm, n, correct }) => [arm, n, correct]),
      [
        ['generator', 3, 2],
        ['always-mentor', 3, 2],
      ],
    );
    const [arm] = arms;
    for (const field of ['accuracy', 'low', 'high', 'mentorShare', 'mentorStepShare', 'tokens', 'timeMs', 'domains']) {
      assert.ok(arm && field in arm, field);
    }
    assert.deepEqual(pairs, [{ a: 'generator', b: 'always-mentor', onlyA: 0, onlyB: 0, p: 1, pHolm: 1 }]);
    assert.equal(context.messages.written, '');
  });

  it('gives an arm the preset it is named for, and the options that were set', async () => {
    const engine = new ScriptedEngine([ended]);
    const arms = 'always-mentor,always-generator';
    await bench(
      contextOf(engine),
      '--data',
      'data.jsonl',
      '--limit',
      '1',
      '--arms',
      arms,
      '--patch-tokens',
      '4',
      '--raw-prompt',
    );
    assert.deepEqual(
      engine.requests.map(({ settings, prompt }) => [settings.verification, settings.patchTokens, prompt.form]),
      ['alwaysMentor', 'alwaysMentor', 'alwaysGenerator', 'alwaysGenerator'].map((name) => [name, 4, 'raw']),
    );
  });

  it('prints tables for people, and progress on a terminal', async () => {
    const context = contextOf(new ScriptedEngine([ended]), { terminal: true });
    await bench(context, '--data', 'data.jsonl', '--arms', 'generator,paper-free');
    const [accuracy = '', tokens = '', difference = ''] = context.output.written.split('\n\n');
    assert.match(accuracy, /^arm +n +accuracy +95% interval +math +facts +mentor share +of steps +time\n/);
    assert.match(accuracy, /\ngenerator +3 +66\.7% +20\.8% to 93\.9% +50\.0% +100\.0% +– +– +\d/);
    assert.match(accuracy, /\npaper-free +3 +66\.7% .* 60\.0% +28\.6% +\d/);
    assert.match(tokens, /^tokens of +generator: accepted/);
    assert.match(difference, /generator \/ paper-free +0 +0 +1\.0000 +1\.0000/);
    assert.match(context.messages.written, /paper-free: 3 of 3, 2 right/);
  });

  it('reports what is done when it is interrupted', async () => {
    const engine = new InterruptingEngine(ended, 4, () => {
      context.abort.abort();
    });
    const context = contextOf(engine);
    assert.equal(
      await bench(context, '--data', 'data.jsonl', '--arms', 'generator,paper-free', '--json'),
      'interrupted',
    );
    assert.deepEqual(
      printed(context).arms.map(({ n }) => n),
      [3, 1],
    );
    assert.match(context.messages.written, /4 of 6 runs were done/);
  });

  it('reports what is done when the engine dies, and fails', async () => {
    const engine = new InterruptingEngine(ended, 2, () => {
      throw new MentorCollabError('engine-crashed', 'The engine has died.');
    });
    const context = contextOf(engine);
    assert.equal(await bench(context, '--data', 'data.jsonl', '--arms', 'generator', '--json'), 'failed');
    assert.equal(printed(context).arms[0]?.n, 2);
    assert.match(context.messages.written, /The engine has died/);
  });

  it('finds the problems of the demo pair, all or of one domain', async () => {
    const engine = new ScriptedEngine([ended]);
    const context = contextOf(engine);
    mkdirSync(join(context.modelsFolder, 'problems'));
    writeFileSync(join(context.modelsFolder, 'problems', 'all.jsonl'), DATA);
    await bench(context, '--data', 'demo', '--arms', 'generator');
    await bench(context, '--data', 'demo:facts', '--arms', 'generator');
    assert.deepEqual(
      engine.requests.map(({ prompt }) => prompt.form === 'chat' && prompt.question),
      ['a', 'b', 'c', 'c'],
    );
    await assert.rejects(bench(context, '--data', 'demo:art'), /no domain "art"; there are math, facts/);
  });

  const usage = [
    [[], /Say which questions by --data/],
    [['--data', 'data.jsonl', '--arms', 'papper-free'], /no arm "papper-free"/],
    [['--data', 'data.jsonl', '--limit', '0'], /--limit is 0/],
    [['--data', 'data.jsonl', 'more'], /"more" is not understood/],
    [['--data', 'data.jsonl', '--preset', 'paper-free'], /no option --preset/],
  ] as const;
  for (const [args, message] of usage) {
    it(`refuses ${JSON.stringify(args)}`, async () => {
      await assert.rejects(
        bench(contextOf(new ScriptedEngine([ended])), ...args),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }

  it('names file and line of data that can not be used', async () => {
    const context = contextOf(new ScriptedEngine([ended]));
    writeFileSync(join(context.workingFolder, 'bad.jsonl'), '{"question":"q","answer":1}\nnonsense\n');
    await assert.rejects(bench(context, '--data', 'bad.jsonl'), /bad\.jsonl:2 is no JSON/);
    await assert.rejects(bench(context, '--data', 'none.jsonl'), /none\.jsonl can't be read/);
  });
});

/** Something happens once so many runs are done; it then ends like an engine whose run was cancelled. */
class InterruptingEngine extends ScriptedEngine {
  readonly #ended: RunEnded;
  readonly #after: number;
  readonly #interrupt: () => void;

  constructor(ended: RunEnded, after: number, interrupt: () => void) {
    super([ended]);
    this.#ended = ended;
    this.#after = after;
    this.#interrupt = interrupt;
  }

  override async solve(request: SolveRequest, listener: SolveListener, signal: AbortNotifier): Promise<RunEnded> {
    if (this.requests.length < this.#after) return super.solve(request, listener, signal);
    this.#interrupt();
    return { ...this.#ended, stop: 'cancelled' };
  }
}
