import assert from 'node:assert/strict';
import { copyFileSync, utimesSync, writeFileSync } from 'node:fs';
import { fileSource } from '../../src/core/modelSource.ts';
import { LlamaEngine } from '../../src/engine/engine.ts';
import { VerifierFiles } from '../../src/engine/verifierFiles.ts';
import { traceLineSchema } from '../../src/protocol/trace.ts';
import { writeVerifier } from '../../src/verifier/files/writeVerifier.ts';
import { mlpLogit } from '../../src/verifier/mlpLogit.ts';
import type { Verifier } from '../../src/verifier/verifierWeights.ts';
import { DEMO_MENTOR, DEMO_QUESTION, DEMO_SMALL } from '../support/models/demoModels.ts';
import { openLlamaModel } from '../support/models/openLlamaModel.ts';
import { demoRequest, RecordedRun } from '../support/recordedRun.ts';
import { scratchFolder } from '../support/scratchFolder.ts';
import { randomMlp, SMALL_LOGISTIC, SOME_CARD } from '../support/verifiers/randomVerifier.ts';

const never = new AbortController().signal;
/** Numbers of a hidden state of demo-small. */
const WIDTH = 64;

describe('a trained verifier on the demo pair', () => {
  const folder = scratchFolder();
  const engine = new LlamaEngine();
  after(() => engine.dispose());

  function written(name: string, changes: Partial<Verifier> = {}): string {
    const path = folder.file(`${name}.safetensors`);
    writeFileSync(path, writeVerifier({ mlp: randomMlp(WIDTH, 3), logistic: null, card: null, ...changes }));
    return path;
  }

  async function solve(
    verifierFile: string | null,
    changes: Omit<NonNullable<Parameters<typeof demoRequest>[0]>, 'settings'> = {},
    verification: 'mlp' | 'logistic' | 'letter' = 'mlp',
  ): Promise<RecordedRun> {
    const run = new RecordedRun();
    const settings = { decision: { policy: 'always' }, verification, verifierFile, patchTokens: 6 } as const;
    await engine.solve(demoRequest({ ...changes, settings }), run, never);
    return run;
  }

  it('tells which file it is from, in a trace that the schema accepts', async () => {
    const path = written('random');
    const run = await solve(path);
    assert.equal(run.view.ended?.failure, null);
    assert.equal(run.header?.verifierFile?.path, path);
    assert.match(run.header.verifierFile.sha256, /^[0-9a-f]{64}$/);
    for (const line of run.lines) assert.deepEqual(traceLineSchema.parse(JSON.parse(JSON.stringify(line))), line);
  });

  it('decides by its own logits, as they are when they are worked out again', async () => {
    const model = await openLlamaModel(DEMO_SMALL, { hiddenStates: true });
    const outcomes: string[] = [];
    for (const seed of [1, 2, 3, 4, 5]) {
      const mlp = randomMlp(WIDTH, seed);
      const { decisions, steps } = (await solve(written(`seed-${seed}`, { mlp }))).view;
      const text = await model.openText({ form: 'chat', question: DEMO_QUESTION }, { signal: never });
      // Word by word, since a long pass rounds otherwise.
      await text.readPrompt();
      for (const { step, text: word } of steps) {
        const { suffix, score, outcome } = decisions.find((decision) => decision.step === step) ?? {};
        if (suffix !== undefined && suffix !== null && score !== undefined && score !== null) {
          const logit = mlpLogit(mlp, await text.hiddenState(suffix));
          assert.ok(Math.abs(logit + score) < 1e-3, `${logit} against ${score}`);
          assert.equal(outcome, logit > 0 ? 'keptGenerator' : 'tookMentor');
          outcomes.push(outcome);
        }
        text.append(word);
        await text.nextWord({ entropy: false });
      }
    }
    await model.dispose();
    assert.ok(outcomes.length >= 8, `${outcomes.length} divergences`);
    assert.deepEqual([...new Set(outcomes)].sort(), ['keptGenerator', 'tookMentor']);
  });

  it('repeats a run exactly, also after one that needed no hidden states', async () => {
    const path = written('again');
    const withoutTimes = (run: RecordedRun): unknown =>
      JSON.parse(JSON.stringify(run.events, (key, value: unknown) => (key === 'timeMs' ? 0 : value)));
    const first = await solve(path);
    const letter = await solve(null, {}, 'letter');
    assert.deepEqual(withoutTimes(await solve(path)), withoutTimes(first));
    assert.deepEqual(withoutTimes(await solve(null, {}, 'letter')), withoutTimes(letter));
  });

  it('is the one that ships where none is named, by either of its parts', async () => {
    for (const verification of ['mlp', 'logistic'] as const) {
      const run = await solve(null, {}, verification);
      assert.equal(run.view.ended?.failure, null);
      assert.match(run.header?.verifierFile?.path ?? '', /demo-verifier\.safetensors$/);
      assert.ok(run.view.decisions.some(({ score }) => score !== null));
    }
  });

  it('is refused where there is none, saying how to get one', async () => {
    const elsewhere = folder.file('small.gguf');
    copyFileSync(DEMO_SMALL, elsewhere);
    await assert.rejects(solve(null, { generator: fileSource(elsewhere) }), {
      code: 'bad-input',
      message: /"mlp" needs a verifier.*train-verifier/,
    });
    const missing = folder.file('missing.safetensors');
    await assert.rejects(solve(missing), {
      code: 'bad-input',
      message: /no verifier file at .*missing.*--verifier-file/,
    });
    await assert.rejects(solve(DEMO_SMALL), { code: 'bad-input', message: /is a GGUF model, not a verifier/ });
    await assert.rejects(solve(folder.file('.')), { code: 'bad-input', message: /is not a file/ });
  });

  it('is refused where it belongs to another generator', async () => {
    const named = (name: string): Partial<Verifier> => ({
      card: { ...SOME_CARD, generator: { name, sha256: 'cd'.repeat(32) } },
    });
    await assert.rejects(solve(written('other', named('gemma-3-4b'))), {
      code: 'bad-input',
      message: /trained for the generator gemma-3-4b, not for demo-small\. Choose .*train-verifier/,
    });
    await assert.rejects(solve(written('older', named('demo-small'))), /trained for another file of demo-small/);
    await assert.rejects(solve(written('wide', { mlp: randomMlp(WIDTH + 2, 1) })), {
      code: 'bad-input',
      message: /states of 66 numbers, but those of demo-small have 64\. Choose/,
    });
  });

  it('is taken where its card names this very file', async () => {
    const plain = await solve(written('plain'));
    const sha256 = plain.header?.generator.model.sha256 ?? null;
    const named = written('named', { card: { ...SOME_CARD, generator: { name: 'renamed', sha256 } } });
    assert.equal((await solve(named)).view.text, plain.view.text);
  });

  it('is refused where it lacks the part that the verification judges by', async () => {
    const logistic = written('logistic', { mlp: null, logistic: SMALL_LOGISTIC });
    await assert.rejects(solve(logistic), {
      code: 'bad-input',
      message: /no part that the verification "mlp" judges by\. Choose the verification logistic/,
    });
    await assert.rejects(solve(written('only'), {}, 'logistic'), /"logistic" judges by\. Choose the verification mlp/);
  });

  it('is refused with a generator on a server, and with a third model that verifies, before anything is loaded', async () => {
    const path = written('fine');
    const server = { type: 'server', url: 'http://127.0.0.1:9', model: 'x', apiKey: null } as const;
    await assert.rejects(solve(path, { generator: server }), {
      code: 'bad-input',
      message: /which no server tells\. Choose a generator that runs on this machine/,
    });
    await assert.rejects(solve(path, { verifier: fileSource(DEMO_MENTOR) }), {
      code: 'bad-input',
      message: /no other model can verify\. Leave the verifier out/,
    });
  });

  it('is read once, and again when its file has changed', async () => {
    const files = new VerifierFiles();
    const path = written('kept');
    const first = await files.read(path);
    assert.equal(await files.read(path), first);
    written('kept', { mlp: randomMlp(WIDTH, 4) });
    utimesSync(path, new Date(), new Date(Date.now() + 5_000));
    const second = await files.read(path);
    assert.notEqual(second.sha256, first.sha256);
    assert.notDeepEqual(second.verifier, first.verifier);
    // Two are kept.
    await files.read(written('kept2'));
    await files.read(written('kept3'));
    assert.notEqual(await files.read(path), second);
  });
});
