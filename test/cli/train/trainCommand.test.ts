import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainingReport } from '../../../src/bench/training/trainingDocument.ts';
import { runCommand } from '../../../src/cli/commands.ts';
import { UsageError } from '../../../src/cli/usageError.ts';
import type { AbortNotifier } from '../../../src/core/languageModel.ts';
import type { RunEnded } from '../../../src/core/runEvent.ts';
import type { SolveListener, SolveRequest } from '../../../src/protocol/engine.ts';
import { readVerifier } from '../../../src/verifier/files/readVerifier.ts';
import { TRAINING_PAIR } from '../../bench/training/trainingPair.ts';
import { PairSolver } from '../../support/bench/pairSolver.ts';
import { ScriptedContext } from '../scriptedContext.ts';
import { ScriptedEngine } from '../scriptedEngine.ts';

/** An engine on two scripted models, of which one answers right now and then. */
class PairEngine extends ScriptedEngine {
  readonly solver: PairSolver;

  constructor(onRun: (request: SolveRequest) => void = () => undefined) {
    super([]);
    this.solver = new PairSolver(TRAINING_PAIR, onRun);
  }

  override async solve(request: SolveRequest, listener: SolveListener, signal: AbortNotifier): Promise<RunEnded> {
    this.requests.push(request);
    return this.solver.solve(request, listener, signal);
  }
}

describe('train-verifier, on a scripted engine', () => {
  const contexts: ScriptedContext[] = [];
  afterEach(() => {
    for (const { workingFolder } of contexts.splice(0)) rmSync(workingFolder, { recursive: true });
  });

  function contextOf(engine: PairEngine, folder?: string): ScriptedContext {
    const context = new ScriptedContext(engine);
    contexts.push(context);
    const items = Array.from({ length: 24 }, (_, n) => ({ id: `q${n}`, question: `What is ${n}?`, answer: n }));
    writeFileSync(
      join(folder ?? context.workingFolder, 'q.jsonl'),
      items.map((item) => JSON.stringify(item)).join('\n'),
    );
    return context;
  }

  const train = (context: ScriptedContext, ...args: readonly string[]): ReturnType<typeof runCommand> =>
    runCommand(
      [
        'train-verifier',
        '--data',
        'q.jsonl',
        '--out',
        'v.safetensors',
        '--decision',
        'always',
        '--patch-tokens',
        '1',
        ...args,
      ],
      context,
      '0.0.0',
    );

  it('writes a verifier and its report, and says what to do with it', async () => {
    const engine = new PairEngine();
    const context = contextOf(engine);
    assert.equal(await train(context), 'done');
    const at = (name: string): string => join(context.workingFolder, name);
    const { card } = readVerifier(readFileSync(at('v.safetensors')), 'v');
    assert.equal(card?.data.name, 'q.jsonl');
    assert.match(card.data.sha256 ?? '', /^[0-9a-f]{64}$/);
    for (const name of ['v.report.html', 'v.report.md', 'v.report.json', 'v.training/journal.jsonl'])
      assert.ok(existsSync(at(name)), name);
    assert.match(context.output.written, /^Of 48 divergences/);
    assert.match(context.output.written, /mlp \(trained\) +\d/);
    assert.match(context.messages.written, /--preset paper-mlp --verifier-file v\.safetensors/);
    assert.equal(engine.isDisposed, true);
    assert.ok(engine.requests.every(({ recordsEvidence }) => recordsEvidence === true));
  });

  it('prints its report for scripts', async () => {
    const context = contextOf(new PairEngine());
    await train(context, '--json', '--quiet', '--max-divergences', '1', '--held-out', '0.5');
    // Written by the code under test, so its fields are what is checked.
    const report = JSON.parse(context.output.written) as TrainingReport;
    assert.deepEqual(
      [report.format, report.counts.tried, report.plan.heldOutShare],
      ['mentorcollab-training', 24, 0.5],
    );
  });

  it('that is interrupted goes on by the same command', async () => {
    let runs = 0;
    const first = contextOf(
      new PairEngine(() => {
        if (++runs === 30) first.abort.abort();
      }),
    );
    assert.equal(await train(first), 'interrupted');
    assert.match(first.messages.written, /what has been run is kept. The same command goes on/);
    assert.ok(!existsSync(join(first.workingFolder, 'v.safetensors')));
    const engine = new PairEngine();
    const second = contextOf(engine);
    const at = (name: string): string => join(first.workingFolder, name);
    const same = ['--work', at('v.training'), '--generator', at('demo-small.gguf'), '--mentor', at('demo-mentor.gguf')];
    assert.equal(await train(second, ...same), 'done');
    assert.equal(engine.requests.length, 24 * 5 - 29);
  });

  it('refuses what can not be before anything is run', async () => {
    const engine = new PairEngine();
    const context = contextOf(engine);
    const run = (...args: readonly string[]) => runCommand(['train-verifier', ...args], context, '0.0.0');
    const refused = (words: RegExp) => (error: unknown) => error instanceof UsageError && words.test(error.message);
    await assert.rejects(run('--data', 'q.jsonl'), refused(/--out/));
    await assert.rejects(run('--out', 'v.safetensors'), refused(/--data/));
    await assert.rejects(train(context, '--held-out', '0.9'), refused(/0\.05 to 0\.5/));
    await assert.rejects(train(context, '--max-divergences', '0'), refused(/--max-divergences/));
    await assert.rejects(train(context, '--generator', 'http://127.0.0.1:1#m'), refused(/tell no hidden states/));
    await assert.rejects(train(context, '--verification', 'letter'), refused(/no option --verification/));
    assert.equal(engine.requests.length, 0);
  });
});
