import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommand } from '../../../src/cli/commands.ts';
import { UsageError } from '../../../src/cli/usageError.ts';
import { LlamaEngine } from '../../../src/engine/engine.ts';
import { MisbehavingHub } from '../../support/hub/misbehavingHub.ts';
import { DEMO_MENTOR, DEMO_SMALL } from '../../support/models/demoModels.ts';
import { KeptOutput, ScriptedContext } from '../scriptedContext.ts';

describe('models, from a terminal', () => {
  const hub = new MisbehavingHub();
  let folder = '';
  before(() => hub.start());
  after(() => hub.stop());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mentorcollab-commands-'));
  });
  afterEach(() => {
    hub.behave();
    rmSync(folder, { recursive: true });
  });

  /** Runs a command on a library of its own, with the real engine and the hub of this machine. */
  async function run(...args: string[]) {
    const kept = new ScriptedContext(new LlamaEngine());
    const output = new KeptOutput();
    const context = {
      ...{ output, messages: kept.messages, signal: kept.signal, workingFolder: folder },
      modelsFolder: dirname(DEMO_SMALL),
      environment: { MENTORCOLLAB_MODELS: join(folder, 'library'), HF_ENDPOINT: hub.endpoint },
      machineMemory: () => kept.machineMemory(),
      readInput: () => kept.readInput(),
      openEngine: () => kept.openEngine(),
      openServing: () => kept.openServing(),
    };
    const outcome = await runCommand(['models', ...args], context, '0.0.0');
    return { outcome, output: output.written, messages: kept.messages.written };
  }

  it('downloads a file of the hub, which then answers by its id, is sound, and is removed', async () => {
    hub.publish('lab/tiny', { 'tiny.gguf': readFileSync(DEMO_SMALL) });
    const downloaded = await run('download', 'hf:lab/tiny/tiny.gguf', '--json');
    assert.equal(downloaded.outcome, 'done');
    // Printed by the code under test; its fields are what is checked.
    const { id, path } = JSON.parse(downloaded.output) as { id: string; path: string };
    assert.deepEqual(readFileSync(path), readFileSync(DEMO_SMALL));
    const verified = await run('verify');
    assert.deepEqual([verified.outcome, verified.output], ['done', `sound\t${id}\t${path}\n`]);
    writeFileSync(path, Buffer.concat([readFileSync(path).subarray(0, -1), Buffer.of(1)]));
    assert.equal((await run('verify', id)).outcome, 'failed');
    await assert.rejects(
      run('remove', id),
      (error) => error instanceof UsageError && /will be deleted.*--yes/.test(error.message),
    );
    assert.ok(existsSync(path));
    await run('remove', id, '--yes');
    assert.equal(existsSync(path), false);
  });

  it('says what a gated repository wants, and leaves nothing behind', async () => {
    hub.publish('lab/gated', { 'g.gguf': readFileSync(DEMO_SMALL) }, { gatedFor: 'a-token' });
    await assert.rejects(run('download', 'hf:lab/gated/g.gguf'), { code: 'download-failed', message: /HF_TOKEN/ });
    assert.equal((await run('verify')).output, '');
  });

  it('imports a file where it is, under its name, and estimates a pair with it', async () => {
    copyFileSync(DEMO_MENTOR, join(folder, 'foreign.gguf'));
    const imported = await run('import', 'foreign.gguf');
    assert.equal(imported.output, 'imported:foreign\n');
    const estimated = await run('estimate', '--mentor', 'imported:foreign');
    assert.equal(estimated.outcome, 'done');
    assert.match(estimated.output, /\nmentor +imported:foreign .* by its file\n\n.* MiB together: fits this machine/);
    await run('remove', 'imported:foreign', '--yes');
    assert.ok(existsSync(join(folder, 'foreign.gguf')));
  });

  it('says what it wants to be told', async () => {
    for (const args of [['download'], ['download', 'a', 'b'], ['import'], ['remove']]) {
      await assert.rejects(run(...args), UsageError);
    }
    await assert.rejects(run('download', 'qwen3-1.7'), { code: 'bad-input', message: /Did you mean qwen3-1\.7b/ });
    await assert.rejects(run('remove', 'no-such', '--yes'), { code: 'model-missing' });
  });
});
