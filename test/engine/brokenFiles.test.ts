import { fileSource } from '../../src/core/modelSource.ts';
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import type { ErrorCode } from '../../src/core/errors.ts';
import { MentorCollabError } from '../../src/core/errors.ts';
import { LlamaEngine } from '../../src/engine/engine.ts';
import { asLoadError } from '../../src/engine/loadError.ts';
import { NativeLlama } from '../../src/engine/nativeLlama.ts';
import { DEMO_MENTOR, DEMO_SMALL } from '../support/models/demoModels.ts';
import { writeSuccessorModel } from '../support/models/successorModel.ts';
import { SENTENCE_PIECE_MODEL } from '../support/models/tinyModels.ts';
import { demoRequest, RecordedRun } from '../support/recordedRun.ts';
import { scratchFolder } from '../support/scratchFolder.ts';

const never = new AbortController().signal;

describe('broken model files', () => {
  const scratch = scratchFolder();
  const engine = new LlamaEngine();
  after(() => engine.dispose());

  /** Solving with this generator fails before the run begins, with this code and words; the next run works. */
  async function assertRefused(path: string, code: ErrorCode, words: RegExp): Promise<void> {
    for (const request of [demoRequest({ generator: fileSource(path) }), demoRequest({ mentor: fileSource(path) })]) {
      const run = new RecordedRun();
      const failure = await engine.solve(request, run, never).catch((error: unknown) => error);
      assert.ok(failure instanceof MentorCollabError, String(failure));
      assert.equal(failure.code, code, failure.message);
      assert.match(failure.message, words);
      assert.ok(failure.message.includes(path), failure.message);
      assert.deepEqual(run.lines, []);
    }
    const after = new RecordedRun();
    await engine.solve(demoRequest({ settings: { maxTokens: 3 } }), after, never);
    assert.equal(after.view.ended?.stop, 'maxTokens');
  }

  async function written(name: string, content: string | Uint8Array): Promise<string> {
    const path = scratch.file(name);
    await writeFile(path, content);
    return path;
  }

  it('names a path where there is no file', async () => {
    await assertRefused(scratch.file('nowhere.gguf'), 'model-missing', /no model file at/);
  });

  it('refuses a folder, an empty file, and a file of another kind', async () => {
    await assertRefused(scratch.file(''), 'model-invalid', /not a file/);
    await assertRefused(await written('empty.gguf', ''), 'model-invalid', /empty.*[Dd]ownload/);
    await assertRefused(await written('text.gguf', 'Dear reader'), 'model-invalid', /not a GGUF file/);
  });

  it('says that a web page or a Git LFS pointer was saved in place of the model', async () => {
    const page = await written('page.gguf', '<!DOCTYPE html><html><body>Log in</body></html>');
    await assertRefused(page, 'model-invalid', /web page/);
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n';
    await assertRefused(await written('pointer.gguf', pointer), 'model-invalid', /Git LFS pointer/);
  });

  it('says how much of a truncated file is there, wherever it was cut', async () => {
    const whole = await readFile(DEMO_SMALL);
    for (const length of [whole.length - 1, Math.floor(whole.length / 2), 20_000, 100, 5]) {
      const path = await written(`cut-${length}.gguf`, whole.subarray(0, length));
      await assertRefused(path, 'model-invalid', new RegExp(`truncated: ${length} of at least|can't be read|cut off`));
    }
  });

  it('takes a file of exactly its length', async () => {
    const path = await written('whole.gguf', await readFile(DEMO_SMALL));
    const run = new RecordedRun();
    await engine.solve(demoRequest({ generator: fileSource(path), settings: { maxTokens: 3 } }), run, never);
    assert.equal(run.view.ended?.stop, 'maxTokens');
  });

  it('refuses a file whose numbers are not finite', async () => {
    const bytes = await readFile(DEMO_MENTOR);
    const { module } = await NativeLlama.load('off');
    const info = await module.readGgufFileInfo(DEMO_MENTOR);
    const tensor = info.tensorInfo?.find(({ name }) => name === 'blk.1.attn_q.weight');
    const start = Number(tensor?.fileOffset);
    // 0xffff as a block's scale is a NaN.
    await assertRefused(
      await written('nan.gguf', Buffer.from(bytes).fill(0xff, start, start + 4_000)),
      'model-invalid',
      /invalid data.*damaged.*[Dd]ownload/s,
    );
  });

  it('refuses an architecture that llama.cpp does not know', async () => {
    const bytes = await readFile(DEMO_SMALL);
    const start = bytes.indexOf('general.architecture') + 'general.architecture'.length + 4 + 8;
    const path = await written('architecture.gguf', Buffer.from(bytes).fill('xxxxx', start, start + 5));
    await assertRefused(path, 'model-unsupported', /does not know the architecture "xxxxx"/);
  });

  it('ends a run of a model that overflows as failed, with advice', async () => {
    const path = scratch.file('overflow.gguf');
    await writeSuccessorModel(path, { ...SENTENCE_PIECE_MODEL, logit: 1e39 });
    const run = new RecordedRun();
    const settings = { decision: { policy: 'never' } } as const;
    await engine.solve(demoRequest({ generator: fileSource(path), mentor: null, settings }), run, never);
    assert.equal(run.view.ended?.failure?.code, 'model-invalid');
    assert.match(run.view.ended.failure.message, /not finite.*[Dd]ownload/);
  });

  it('says which setting to lower when a context does not fit the memory', async () => {
    // Really asking for too much takes llama.cpp's estimate a minute and the machine to its limit.
    const native = await NativeLlama.load('off');
    const thrown = new native.module.InsufficientMemoryError('A context size of 9 is too large for the available RAM');
    const error = await asLoadError(native, DEMO_SMALL, thrown);
    assert.equal(error.code, 'out-of-memory');
    assert.match(error.message, /too large for the available RAM.*lower the context size/);
    assert.equal(error.cause, thrown);
  });

  it('says that a chat template is broken', async () => {
    const path = scratch.file('template.gguf');
    await writeSuccessorModel(path, { ...SENTENCE_PIECE_MODEL, chatTemplate: '{% if messages %}' });
    const run = engine.solve(demoRequest({ generator: fileSource(path), mentor: null }), new RecordedRun(), never);
    await assert.rejects(run, (error) => error instanceof MentorCollabError && error.code === 'model-unsupported');
  });

  it('sends the question as plain text where there is no chat template', async () => {
    const path = scratch.file('plain.gguf');
    const { chatTemplate: _, ...plain } = SENTENCE_PIECE_MODEL;
    await writeSuccessorModel(path, plain);
    const prompt = { form: 'chat', question: 'Hi there' } as const;
    const run = new RecordedRun();
    const settings = { decision: { policy: 'never' } } as const;
    await engine.solve(demoRequest({ generator: fileSource(path), mentor: null, prompt, settings }), run, never);
    assert.equal(run.view.ended?.stop, 'end');
    assert.equal(run.header?.generator.promptAsSent, '<s>Hi there\n\n');
  });

  it('loads a file anew when it has been replaced', async () => {
    const path = await written('replaced.gguf', await readFile(DEMO_SMALL));
    const hashOf = async (): Promise<string | null | undefined> => {
      const run = new RecordedRun();
      await engine.solve(demoRequest({ generator: fileSource(path), settings: { maxTokens: 1 } }), run, never);
      return run.header?.generator.model.sha256;
    };
    const before = await hashOf();
    await written('replaced.gguf', await readFile(DEMO_MENTOR));
    assert.notEqual(await hashOf(), before);
  });
});
