import { fileSource } from '../../src/core/modelSource.ts';
import assert from 'node:assert/strict';
import { MentorCollabError } from '../../src/core/errors.ts';
import { LlamaEngine } from '../../src/engine/engine.ts';
import { traceLineSchema } from '../../src/protocol/trace.ts';
import { DEMO_MENTOR, DEMO_SMALL } from '../support/models/demoModels.ts';
import { demoRequest, RecordedRun } from '../support/recordedRun.ts';

const never = new AbortController().signal;

describe('LlamaEngine on the demo pair', () => {
  const engine = new LlamaEngine();
  after(() => engine.dispose());

  async function solve(changes: Parameters<typeof demoRequest>[0] = {}): Promise<RecordedRun> {
    const run = new RecordedRun();
    await engine.solve(demoRequest(changes), run, never);
    return run;
  }

  it('solves a problem with a whole trace, header first and end last', async () => {
    const run = await solve();
    assert.equal(run.lines[0]?.type, 'run-started');
    assert.equal(run.lines.at(-1)?.type, 'run-ended');
    for (const line of run.lines) assert.deepEqual(traceLineSchema.parse(JSON.parse(JSON.stringify(line))), line);
    assert.equal(run.view.ended?.stop, 'end');
    assert.match(run.view.text, /The answer is \d+\.$/);
    assert.equal(run.view.ended.answer, /(\d+)\.$/.exec(run.view.text)?.[1]);
  });

  it('tells both models by name, hash, quantization and size, and the prompts as they were sent', async () => {
    const { header } = await solve({ settings: { maxTokens: 1 } });
    assert.ok(header?.mentor);
    const { model, promptAsSent } = header.generator;
    assert.equal(model.name, 'demo-small');
    assert.equal(model.path, DEMO_SMALL);
    assert.match(model.sha256 ?? '', /^[0-9a-f]{64}$/);
    assert.notEqual(model.sha256, header.mentor.model.sha256);
    assert.equal(model.quantization, 'Q8_0');
    assert.equal(model.architecture, 'llama');
    assert.ok((model.parameters ?? 0) > 100_000);
    assert.equal(model.contextSize, 1_024);
    assert.match(promptAsSent, /^<\|user\|>\nRosa .*<\|end\|>\n<\|assistant\|>\n$/s);
  });

  it('reports loading and reading before the first line', async () => {
    await engine.unload();
    const run = await solve({ settings: { maxTokens: 1 } });
    assert.deepEqual(run.progress.at(-1), { type: 'prompt-reading' });
    for (const role of ['generator', 'mentor'] as const) {
      const fractions = run.progress.flatMap((one) =>
        one.type === 'model-loading' && one.role === role ? [one.fraction] : [],
      );
      assert.equal(fractions.at(-1), 1);
      assert.deepEqual(
        fractions,
        [...fractions].sort((a, b) => a - b),
      );
    }
  });

  it('probes at the listed positions alone', async () => {
    const run = await solve({ settings: { decision: { policy: 'positions', steps: [2, 5] } } });
    assert.deepEqual(
      run.view.decisions.map(({ step }) => step),
      [2, 5],
    );
  });

  it("is corrected by its mentor where the mentor's patch is always taken", async () => {
    const alone = await solve({ mentor: null, settings: { decision: { policy: 'never' } } });
    const mentor = await solve({
      generator: fileSource(DEMO_MENTOR),
      mentor: null,
      settings: { decision: { policy: 'never' } },
    });
    const together = await solve({
      settings: { decision: { policy: 'always' }, verification: 'alwaysMentor', patchTokens: 1 },
    });
    assert.equal(alone.view.counts.probes, 0);
    assert.equal(alone.header?.mentor, null);
    assert.equal(mentor.view.ended?.answer, '30');
    assert.equal(together.view.ended?.answer, '30');
    assert.ok(together.view.counts.mentorShare > 0 && together.view.counts.mentorShare < 1);
  });

  it('repeats a run exactly, numbers included', async () => {
    const withoutTimes = (run: RecordedRun): unknown =>
      JSON.parse(JSON.stringify(run.events, (key, value: unknown) => (key === 'timeMs' ? 0 : value)));
    const settings = { decision: { policy: 'random', probability: 0.5 } } as const;
    assert.deepEqual(withoutTimes(await solve({ settings })), withoutTimes(await solve({ settings })));
  });

  it('sends a raw prompt without the template', async () => {
    const text = '<|user|>\nWhat is the capital of France?<|end|>\n<|assistant|>\n';
    const raw = await solve({ prompt: { form: 'raw', text } });
    const chat = await solve({ prompt: { form: 'chat', question: 'What is the capital of France?' } });
    assert.equal(raw.header?.generator.promptAsSent, text);
    assert.equal(raw.view.text, chat.view.text);
  });

  it('keeps both models for the next run, and says what it holds', async () => {
    await solve();
    const again = await solve();
    assert.deepEqual(
      again.progress.map((one) => (one.type === 'model-loading' ? `${one.role} ${one.fraction}` : one.type)),
      ['backend-chosen', 'generator 1', 'mentor 1', 'prompt-reading'],
    );
    const status = await engine.status();
    assert.deepEqual(status.loadedModels.map(({ path }) => path).sort(), [DEMO_MENTOR, DEMO_SMALL].sort());
    assert.equal(status.activeRuns, 0);
    assert.ok(status.residentBytes > 0);
  });

  it('keeps the weights when only the context changes', async () => {
    const run = await solve({ options: { contextSize: 600, threads: 1, gpu: 'off' }, settings: { maxTokens: 1 } });
    assert.equal(run.header?.generator.model.contextSize, 600);
    assert.equal(run.progress.filter(({ type }) => type === 'model-loading').length, 2);
  });

  it('runs one at a time, in order of arrival', async () => {
    const order: string[] = [];
    const start = (runId: string): Promise<unknown> =>
      engine.solve(demoRequest({ runId }), new RecordedRun(({ type }) => order.push(`${runId} ${type}`)), never);
    const all = Promise.all([start('a'), start('b'), start('c')]);
    await all;
    const ends = order.filter((entry) => /run-(started|ended)/.test(entry));
    assert.deepEqual(
      ends,
      ['a', 'b', 'c'].flatMap((id) => [`${id} run-started`, `${id} run-ended`]),
    );
  });

  it('keeps what was written when it is stopped, and is idle after', async () => {
    const abort = new AbortController();
    const run = new RecordedRun((line) => {
      if (line.type === 'step-taken' && line.step === 1) abort.abort();
    });
    const ended = await engine.solve(demoRequest(), run, abort.signal);
    assert.equal(ended.stop, 'cancelled');
    assert.equal(run.view.segments.length, 2);
    assert.equal((await engine.status()).activeRuns, 0);
    assert.equal((await solve()).view.ended?.stop, 'end');
  });

  it('does not begin a run that was stopped while it waited or while its models load', async () => {
    await engine.unload();
    const abort = new AbortController();
    const loading = engine.solve(demoRequest({ runId: 'loading' }), new RecordedRun(), abort.signal);
    const waiting = engine.solve(demoRequest({ runId: 'waiting' }), new RecordedRun(), abort.signal);
    abort.abort();
    for (const run of [loading, waiting]) await assert.rejects(run, hasCode('cancelled'));
    assert.equal((await solve()).view.ended?.stop, 'end');
  });

  it('gives its models back when told to unload, and loads them again when needed', async () => {
    await solve();
    await engine.unload();
    assert.deepEqual((await engine.status()).loadedModels, []);
    await engine.unload();
    assert.equal((await solve()).view.ended?.stop, 'end');
    assert.equal((await engine.status()).loadedModels.length, 2);
  });

  it('cancels the run under way when told to unload', async () => {
    const unloads: Promise<void>[] = [];
    const run = new RecordedRun((line) => {
      if (line.type === 'step-taken' && unloads.length === 0) unloads.push(engine.unload());
    });
    const ended = await engine.solve(demoRequest(), run, never);
    await Promise.all(unloads);
    assert.equal(ended.stop, 'cancelled');
    assert.deepEqual((await engine.status()).loadedModels, []);
  });

  it('runs a pair of the same file twice', async () => {
    const run = await solve({ mentor: fileSource(DEMO_SMALL), settings: { decision: { policy: 'always' } } });
    assert.equal(run.view.counts.divergences, 0);
    assert.equal(run.view.counts.probes, run.view.counts.steps);
  });

  it('holds a verifier beside the pair while a run needs one, and tells it in the trace', async () => {
    const run = await solve({ verifier: fileSource(DEMO_MENTOR), settings: { decision: { policy: 'always' } } });
    assert.equal(run.header?.verifier?.model.name, 'demo-mentor');
    assert.match(run.header.verifier.promptAsSent, /^<\|user\|>\nRosa /);
    assert.ok((run.view.ended?.usage.verifier?.decoded ?? 0) > 0);
    assert.equal((await engine.status()).loadedModels.length, 3);
    await solve({ generator: fileSource(DEMO_MENTOR), mentor: null, settings: { decision: { policy: 'never' } } });
    assert.ok((await engine.status()).loadedModels.length <= 3);
  });

  it('keeps no more than a pair', async () => {
    await solve();
    await solve({ generator: fileSource(DEMO_MENTOR), mentor: null, settings: { decision: { policy: 'never' } } });
    assert.equal((await engine.status()).loadedModels.length, 2);
  });

  it('ends a run whose text outgrows the context with advice, the text kept', async () => {
    const run = await solve({ options: { contextSize: 110, threads: 1, gpu: 'off' } });
    const { ended, text } = run.view;
    assert.equal(ended?.stop, 'failed');
    assert.equal(ended.failure?.code, 'context-full');
    assert.match(ended.failure.message, /need \d+ tokens.*holds 109.*context size.*token limit/s);
    assert.notEqual(text, '');
    assert.equal((await solve()).view.ended?.stop, 'end');
  });

  it('refuses a question longer than the context before the run begins', async () => {
    const question = 'Rosa has 24 marbles. '.repeat(10_000);
    const run = new RecordedRun();
    const refused = engine.solve(demoRequest({ prompt: { form: 'chat', question } }), run, never);
    await assert.rejects(
      refused,
      (error) => hasCode('context-full')(error) && String(error).includes('shorten the question'),
    );
    assert.deepEqual(run.lines, []);
  });

  it('refuses everything once it is shut down', async () => {
    const other = new LlamaEngine();
    await other.solve(demoRequest({ settings: { maxTokens: 1 } }), new RecordedRun(), never);
    await other.dispose();
    await assert.rejects(other.solve(demoRequest(), new RecordedRun(), never), hasCode('engine-unavailable'));
    assert.deepEqual((await other.status()).loadedModels, []);
  });
});

function hasCode(code: MentorCollabError['code']): (error: unknown) => boolean {
  return (error) => error instanceof MentorCollabError && error.code === code;
}
