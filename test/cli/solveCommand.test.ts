import { fileSource } from '../../src/core/modelSource.ts';
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../src/cli/commands.ts';
import { UsageError } from '../../src/cli/usageError.ts';
import { cancelledError, MentorCollabError } from '../../src/core/errors.ts';
import type { TraceLine } from '../../src/protocol/trace.ts';
import { parseTrace } from '../../src/protocol/traceText.ts';
import type { SolveResult } from '../../src/export/solveResult.ts';
import { anyModel } from '../models/catalogue/anyModel.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';
import { ScriptedContext } from './scriptedContext.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

const QUESTION = ['--question', 'What is the capital of Peru?'];

describe('solve, on a scripted engine', () => {
  const contexts: ScriptedContext[] = [];
  let lines: readonly TraceLine[] = [];
  before(async () => {
    ({ lines } = await scriptedTrace());
  });
  afterEach(() => {
    for (const { workingFolder } of contexts.splice(0)) rmSync(workingFolder, { recursive: true });
  });

  function contextOf(
    engine: ScriptedEngine,
    options: ConstructorParameters<typeof ScriptedContext>[1] = {},
  ): ScriptedContext {
    const context = new ScriptedContext(engine, options);
    contexts.push(context);
    return context;
  }
  const solve = (context: ScriptedContext, ...args: string[]): ReturnType<typeof runCommand> =>
    runCommand(['solve', ...args], context, '0.0.0');
  // The document was written by the code under test; its fields are what is checked.
  const printed = (context: ScriptedContext): SolveResult => JSON.parse(context.output.written) as SolveResult;

  it('prints the text alone, and a summary beside it', async () => {
    const engine = new ScriptedEngine(lines);
    const context = contextOf(engine);
    assert.equal(await solve(context, ...QUESTION), 'done');
    assert.equal(context.output.written, 'The sum is 5. The answer is 5.\n');
    assert.match(context.messages.written, /^\nanswer {8}5\nmentor share {2}60\.0%\n/);
    assert.match(context.messages.written, /probes {8}7 in 7 steps, 2 divergences, 2 taken from the mentor\n/);
    assert.equal(engine.isDisposed, true);
  });

  it('says nothing besides the text when it is to be quiet', async () => {
    const context = contextOf(new ScriptedEngine(lines), { terminal: true });
    await solve(context, '--question', 'Something else', '--quiet');
    assert.equal(context.messages.written, '');
  });

  it('shows progress on a terminal only, and takes it away before the text', async () => {
    const terminal = contextOf(new ScriptedEngine(lines), { terminal: true });
    await solve(terminal, ...QUESTION);
    const rewrite = '\r\u001b[K';
    const expected = `${rewrite}Loading the generator… 50%${rewrite}Reading the prompt…${rewrite}\nanswer`;
    assert.ok(terminal.messages.written.startsWith(expected), JSON.stringify(terminal.messages.written));
  });

  it('hands every option on to the engine', async () => {
    const engine = new ScriptedEngine(lines);
    const context = contextOf(engine);
    const options =
      '--preset always-mentor --probability 0.5 --patch-tokens 4 --max-tokens 9 --seed -3 --context-size 256 --threads 2';
    await solve(
      context,
      ...QUESTION,
      ...options.split(' '),
      '--generator',
      'demo-mentor',
      '--mentor',
      'demo-small.gguf',
    );
    const [request] = engine.requests;
    assert.ok(request);
    assert.deepEqual(request.prompt, { form: 'chat', question: QUESTION[1] });
    assert.deepEqual(request.generator, fileSource(join(context.workingFolder, 'demo-mentor.gguf')));
    assert.deepEqual(request.mentor, fileSource(join(context.workingFolder, 'demo-small.gguf')));
    assert.equal(request.verifier, null);
    assert.deepEqual(request.options, { contextSize: 256, threads: 2, gpu: 'auto' });
    const { stopStrings: _, ...settings } = request.settings;
    assert.deepEqual(settings, {
      preset: 'always-mentor',
      decision: { policy: 'random', probability: 0.5 },
      verification: 'alwaysMentor',
      verifierFile: null,
      patchLength: 'tokens',
      patchTokens: 4,
      earlyRejoin: false,
      readAhead: false,
      maxTokens: 9,
      seed: -3,
    });
  });

  it('probes at listed steps, and loads no mentor where it never probes', async () => {
    const engine = new ScriptedEngine(lines);
    await solve(contextOf(engine), ...QUESTION, '--probe-at', '3, 7,10', '--verification', 'alwaysGenerator');
    await solve(contextOf(engine), ...QUESTION, '--decision', 'never');
    assert.deepEqual(engine.requests[0]?.settings.decision, { policy: 'positions', steps: [3, 7, 10] });
    assert.equal(engine.requests[0].settings.verification, 'alwaysGenerator');
    assert.equal(engine.requests[1]?.mentor, null);
  });

  it('takes the question from standard input, stripped, and a raw prompt as it is', async () => {
    const engine = new ScriptedEngine(lines);
    await solve(contextOf(engine, { input: '\ufeff\n Why? \n' }), '-');
    await solve(contextOf(engine, { input: ' <s>Why?\n' }), '--file', '-', '--raw-prompt');
    assert.deepEqual(
      engine.requests.map(({ prompt }) => prompt),
      [
        { form: 'chat', question: 'Why?' },
        { form: 'raw', text: ' <s>Why?\n' },
      ],
    );
  });

  it('says that the demo pair does not know a question', async () => {
    const foreign = contextOf(new ScriptedEngine(lines));
    await solve(foreign, '--question', 'Who wrote Hamlet?');
    assert.match(foreign.messages.written, /demo models know only three kinds/);
    const known = contextOf(new ScriptedEngine(lines));
    await solve(known, ...QUESTION);
    assert.doesNotMatch(known.messages.written, /demo/);
  });

  it('prints what was produced when it is interrupted', async () => {
    const cut = [...lines.slice(0, 8)];
    const context = contextOf(new ScriptedEngine(cut, cancelledError()));
    assert.equal(await solve(context, ...QUESTION, '--json', '--trace', 'cut.mctrace'), 'interrupted');
    const result = printed(context);
    assert.equal(result.stop, 'cancelled');
    assert.equal(result.text, 'The sum');
    assert.equal('failure' in result, false);
    assert.equal(parseTrace(readFileSync(join(context.workingFolder, 'cut.mctrace'), 'utf8')).events.length, 7);
  });

  it('still prints a result when it is interrupted before anything was produced', async () => {
    const context = contextOf(new ScriptedEngine(lines));
    context.abort.abort();
    assert.equal(await solve(context, ...QUESTION, '--json'), 'interrupted');
    const { stop, text, steps } = printed(context);
    assert.deepEqual({ stop, text, steps }, { stop: 'cancelled', text: '', steps: 0 });
  });

  it('prints the part that is there when the engine dies, and why', async () => {
    const crash = new MentorCollabError('engine-crashed', 'The engine has died.');
    const context = contextOf(new ScriptedEngine(lines.slice(0, 8), crash));
    assert.equal(await solve(context, ...QUESTION, '--json'), 'failed');
    const result = printed(context);
    assert.deepEqual(result.failure, { code: 'engine-crashed', message: 'The engine has died.' });
    assert.equal(result.text, 'The sum');
    assert.match(context.messages.written, /The engine has died\./);
  });

  it('prints nothing but the reason when a run could not begin', async () => {
    const context = contextOf(new ScriptedEngine([], new MentorCollabError('model-invalid', 'That is no GGUF file.')));
    assert.equal(await solve(context, ...QUESTION, '--json', '--trace', 'none.mctrace'), 'failed');
    assert.equal(context.output.written, '');
    assert.equal(context.messages.written, 'mentorcollab: That is no GGUF file.\n');
  });

  it('names the nearest pair that fits where the machine has too little memory', async () => {
    const context = contextOf(new ScriptedEngine([], new MentorCollabError('out-of-memory', 'It is too large.')));
    const shape = { layers: 1, keyValueHeads: 1, headSize: 1, vocabulary: 1 };
    const models = [anyModel({ id: 'a', shape, parameters: 1e9 }), anyModel({ id: 'b', shape, parameters: 2e9 })];
    writeFileSync(join(context.modelsFolder, 'catalogue.json'), JSON.stringify({ models, pairs: [] }));
    assert.equal(await solve(context, ...QUESTION), 'failed');
    assert.match(
      context.messages.written,
      /It is too large\. The nearest pair that fits: --generator a --mentor b \(about 3\.\d GiB\)\.\n$/,
    );
  });

  it('tells a remark on how the models run, unless it is to be quiet', async () => {
    for (const [args, told] of [
      [[], 1],
      [['--quiet'], 0],
    ] as const) {
      const engine = new ScriptedEngine(lines);
      engine.remarks.push('No card is used.');
      const context = contextOf(engine);
      await solve(context, ...QUESTION, ...args);
      assert.equal(context.messages.written.split('mentorcollab: No card is used.\n').length - 1, told);
    }
  });

  it('fails with the reason of a run that failed, its text printed', async () => {
    const failed = await scriptedTrace({ contextSize: 20 });
    const context = contextOf(new ScriptedEngine(failed.lines));
    assert.equal(await solve(context, ...QUESTION), 'failed');
    assert.equal(context.output.written, 'The sum is\n');
    assert.match(context.messages.written, /end {11}failed\n[^]*mentorcollab: .*context/);
  });

  it('finishes the run and fails when its trace can not be written to the end', async function () {
    // The device that is always full is Linux's.
    if (process.platform !== 'linux') this.skip();
    const context = contextOf(new ScriptedEngine(lines));
    assert.equal(await solve(context, ...QUESTION, '--trace', '/dev/full'), 'failed');
    assert.equal(context.output.written, 'The sum is 5. The answer is 5.\n');
    assert.match(context.messages.written, /trace can't be written to \/dev\/full/);
  });

  const usage = [
    [[], /There is no question/],
    [['--question', ' '], /The question is empty/],
    [['--question', 'a', '-'], /more than one question/],
    [['What is it?'], /"What is it\?" is not understood.*--question/],
    [[...QUESTION, '--probability', '1.5'], /--probability is 1\.5/],
    [[...QUESTION, '--patch-tokens', '0'], /--patch-tokens is 0/],
    [[...QUESTION, '--seed', 'x'], /--seed is "x"/],
    [[...QUESTION, '--probe-at', '3,x'], /--probe-at is "3,x"/],
    [[...QUESTION, '--preset', 'paper'], /--preset is "paper".*paper-free/],
    [[...QUESTION, '--threads', '0'], /--threads is 0/],
    [[...QUESTION, '--generator', 'http://localhost'], /no model on it/],
    [[...QUESTION, '--generator', ''], /No model is named/],
  ] as const;
  for (const [args, message] of usage) {
    it(`refuses ${JSON.stringify(args.slice(-2))}`, async () => {
      const engine = new ScriptedEngine(lines);
      await assert.rejects(
        solve(contextOf(engine), ...args),
        (error) => error instanceof UsageError && message.test(error.message),
      );
      assert.deepEqual(engine.requests, []);
    });
  }

  it('fails over a model that is not there, which is no bad usage', async () => {
    await assert.rejects(
      solve(contextOf(new ScriptedEngine(lines)), ...QUESTION, '--mentor', 'none.gguf'),
      (error) => error instanceof MentorCollabError && !(error instanceof UsageError) && error.code === 'model-missing',
    );
  });
});
