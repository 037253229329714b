import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { activateExtension, ask, failureOf, ORDERING, STORY, useSettings } from './support/extensionUnderTest.ts';

describe('bad input', () => {
  const set = useSettings();
  let folder = '';
  let sound: Buffer;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mentorcollab-'));
    const { extension } = await activateExtension();
    sound = readFileSync(join(extension.extensionPath, 'media', 'models', 'demo-mentor.gguf'));
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function write(name: string, content: Uint8Array | string): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  async function failsThenWorks(settings: Readonly<Record<string, unknown>>, question = ORDERING): Promise<string> {
    await set(settings);
    const run = await ask(question);
    const message = failureOf(run);
    assert.equal(run.question, question);
    assert.ok(run.state.phase === 'failed' && run.state.actions.includes('retry'));
    await set(Object.fromEntries(Object.keys(settings).map((name) => [name, undefined])));
    assert.equal((await ask(ORDERING)).state.phase, 'done');
    return message;
  }

  it('names the setting that is wrong', async () => {
    assert.match(
      await failsThenWorks({ probability: 7 }),
      /mentorcollab\.probability is 7, but must be a number from 0/,
    );
  });

  it('names the model file that is missing', async () => {
    const path = join(folder, 'gone.gguf');
    const message = await failsThenWorks({ generator: path });
    assert.ok(message.includes('mentorcollab.generator') && message.includes(path), message);
  });

  it('says of a file that is no GGUF that it is none', async () => {
    const path = write('page.gguf', '<!doctype html><title>Not found</title>');
    assert.match(await failsThenWorks({ mentor: path }), /web page, not a model/);
  });

  it('says of a truncated GGUF that it is not whole', async () => {
    const path = write('truncated.gguf', sound.subarray(0, sound.length / 2));
    assert.match(await failsThenWorks({ mentor: path }), /truncated/i);
  });

  it('says of a model with corrupt numbers that it is damaged', async () => {
    const corrupt = Buffer.from(sound);
    corrupt.fill(0xff, sound.length / 2);
    const path = write('corrupt.gguf', corrupt);
    assert.match(await failsThenWorks({ generator: path }), /corrupt|damaged|finite/i);
  });

  it('says of a problem longer than the context that it is, and of which setting that depends', async () => {
    const message = await failsThenWorks({ contextSize: 128 }, `${STORY} `.repeat(20).trim());
    assert.match(message, /tokens.*mentorcollab\.contextSize/);
  });
});
