import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../../src/cli/commands.ts';
import type { ModelList } from '../../../src/cli/models/modelList.ts';
import { UsageError } from '../../../src/cli/usageError.ts';
import { ModelLibrary } from '../../../src/models/library/modelLibrary.ts';
import { anyModel, anyPair } from '../../models/catalogue/anyModel.ts';
import { DEMO_SMALL } from '../../support/models/demoModels.ts';
import { ScriptedContext } from '../scriptedContext.ts';
import { ScriptedEngine } from '../scriptedEngine.ts';

const GIB = 2 ** 30;
const SHAPE = { layers: 1, keyValueHeads: 1, headSize: 1, vocabulary: 1 };
const DEMO = { repository: null, revision: null, shape: SHAPE };
const CATALOGUE = {
  models: [
    anyModel({ ...DEMO, id: 'demo-small', files: [{ name: 'demo-small.gguf', bytes: 200_512, sha256: null }] }),
    anyModel({ id: 'small', shape: SHAPE, parameters: 1e9, isPaperGenerator: true }),
    anyModel({ id: 'large', shape: SHAPE, parameters: 30e9 }),
    anyModel({ id: 'unknown' }),
  ],
  pairs: [
    anyPair({ id: 'near', memoryGiB: 4, generator: 'demo-small', mentor: 'small', description: 'A near pair.' }),
    anyPair({ id: 'far', memoryGiB: 64, generator: 'small', mentor: 'large', description: 'A far pair.' }),
  ],
};

describe('models list', () => {
  let context: ScriptedContext;
  let libraryFolder = '';
  beforeEach(() => {
    context = new ScriptedContext(new ScriptedEngine([]));
    libraryFolder = join(context.workingFolder, 'library');
    context.environment['MENTORCOLLAB_MODELS'] = libraryFolder;
    writeFileSync(join(context.modelsFolder, 'catalogue.json'), JSON.stringify(CATALOGUE));
  });
  afterEach(() => {
    rmSync(context.workingFolder, { recursive: true });
  });

  const print = async (...args: string[]): Promise<string> => {
    assert.equal(await runCommand(['models', 'list', ...args], context, '0.0.0'), 'done');
    assert.equal(context.messages.written, '');
    return context.output.written;
  };
  // Written by the code under test; its fields are what is checked.
  const list = async (...args: string[]): Promise<ModelList> => JSON.parse(await print('--json', ...args)) as ModelList;
  const install = (id: string, recordedBytes: number): void => {
    const folder = join(libraryFolder, id);
    mkdirSync(folder, { recursive: true });
    copyFileSync(DEMO_SMALL, join(folder, 'any.gguf'));
    const file = { name: 'any.gguf', bytes: recordedBytes, sha256: 'a'.repeat(64), isPublished: true };
    const source = { type: 'hub', repository: 'someone/any-GGUF', revision: 'main' };
    writeFileSync(join(folder, 'model.json'), JSON.stringify({ version: 1, source, addedAtMs: 1, files: [file] }));
  };

  it('tells what ships, what is installed, what is damaged and what can be had', async () => {
    install('small', 200_512);
    install('large', 30e9);
    const { models } = await list();
    assert.deepEqual(
      models.map(({ id, state, path }) => [id, state, path]),
      [
        ['demo-small', 'shipped', join(context.modelsFolder, 'demo-small.gguf')],
        ['small', 'installed', join(libraryFolder, 'small', 'any.gguf')],
        ['large', 'damaged', join(libraryFolder, 'large', 'any.gguf')],
        ['unknown', 'available', null],
      ],
    );
  });

  it('tells sizes that are known from those that are estimated', async () => {
    install('small', 200_512);
    const { models } = await list();
    assert.deepEqual(
      models.map(({ bytes, hasExactSize }) => [bytes, hasExactSize]),
      [
        [200_512, true],
        [200_512, true],
        [Math.ceil((30e9 * 8.5008) / 8), false],
        [null, false],
      ],
    );
  });

  it('judges by the memory of this machine, or by that which is asked for', async () => {
    const fits = (models: ModelList['models']): unknown => models.map((model) => model.fits);
    const here = await list();
    assert.deepEqual([here.memory.machineBytes, fits(here.models)], [16 * GIB, [true, true, false, null]]);
    context.output.written = '';
    const large = await list('--memory', '64');
    assert.deepEqual([large.memory.machineBytes, fits(large.models)], [64 * GIB, [true, true, true, null]]);
    assert.deepEqual(
      large.pairs.map((pair) => pair.fits),
      [true, true],
    );
  });

  it('counts with the context that is asked for', async () => {
    const memoryOf = async (...args: string[]): Promise<number> => {
      context.output.written = '';
      return (await list(...args)).models[1]?.memoryBytes ?? 0;
    };
    assert.equal((await memoryOf('--context-size', '8192')) - (await memoryOf()), 4_096 * 4);
  });

  it('has the models of the library that the catalogue does not know', async () => {
    const path = join(context.workingFolder, 'mine.gguf');
    copyFileSync(DEMO_SMALL, path);
    await new ModelLibrary(libraryFolder).import(path);
    const { ownModels } = await list();
    assert.deepEqual(ownModels, [
      { id: 'imported:mine', origin: 'imported', path, bytes: 200_512, state: 'installed' },
    ]);
    context.output.written = '';
    assert.match(await print(), /\nimported:mine {2}installed {2}imported {2}.*mine\.gguf {2}195\.8 KiB\n/);
  });

  it('leaves out what does not fit on request, but nothing that is installed', async () => {
    install('large', 200_512);
    const { models, pairs } = await list('--fitting');
    assert.deepEqual(
      [models.map(({ id }) => id), pairs.map(({ id }) => id)],
      [['demo-small', 'small', 'large'], ['near']],
    );
  });

  it('prints tables for people', async () => {
    const text = await print();
    assert.match(text, /^model +state +thinks +kind +licence +files +memory +fits\n/);
    assert.match(text, /\nsmall \* +available +never +instruct +Apache-2\.0 +~1013\.4 MiB +~1\.0 GiB +yes\n/);
    assert.match(text, /\nunknown +available .* \? +\? +\?\n/);
    assert.match(text, /\n64 GiB +small +large +no +~30\.7 GiB {2}A far pair\.\n/);
    assert.match(text, /within 12\.8 GiB, which leaves the rest of 16\.0 GiB/);
  });

  it('refuses what it does not take', async () => {
    for (const args of [['qwen3'], ['--memory', '0'], ['--memory', '1.5'], ['--context-size', '1']]) {
      await assert.rejects(runCommand(['models', 'list', ...args], context, '0.0.0'), UsageError);
    }
    assert.equal(context.output.written, '');
  });

  it('says what to do when the catalogue is damaged', async () => {
    writeFileSync(join(context.modelsFolder, 'catalogue.json'), '{}');
    await assert.rejects(runCommand(['models', 'list'], context, '0.0.0'), {
      code: 'protocol',
      message: /models[^]*Install MentorCollab again/,
    });
  });
});

describe('models', () => {
  it('helps, and names the nearest command for an unknown one', async () => {
    const context = new ScriptedContext(new ScriptedEngine([]));
    try {
      assert.equal(await runCommand(['models', '--help'], context, '0.0.0'), 'done');
      assert.match(context.output.written, /^Usage: mentorcollab models [^]*\n {2}models list /);
      await assert.rejects(
        runCommand(['models', 'lst'], context, '0.0.0'),
        /no models command "lst"\. Did you mean list\?/,
      );
      await assert.rejects(runCommand(['models'], context, '0.0.0'), UsageError);
    } finally {
      rmSync(context.workingFolder, { recursive: true });
    }
  });
});
