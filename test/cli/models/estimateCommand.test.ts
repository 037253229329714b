import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runCommand } from '../../../src/cli/commands.ts';
import type { PairEstimate } from '../../../src/cli/models/estimate.ts';
import { UsageError } from '../../../src/cli/usageError.ts';
import type { InspectOptions } from '../../../src/protocol/engine.ts';
import type { GgufReport } from '../../../src/protocol/ggufReport.ts';
import { anyModel, anyPair } from '../../models/catalogue/anyModel.ts';
import { ScriptedContext } from '../scriptedContext.ts';
import { ScriptedEngine } from '../scriptedEngine.ts';

const GIB = 2 ** 30;
const SHAPE = { layers: 1, keyValueHeads: 1, headSize: 1, vocabulary: 1 };
const CATALOGUE = {
  models: [
    anyModel({
      id: 'small',
      shape: SHAPE,
      parameters: 1e9,
      files: [{ name: 'small.gguf', bytes: null, sha256: null }],
    }),
    anyModel({ id: 'middle', shape: SHAPE, parameters: 6e9 }),
    anyModel({ id: 'large', shape: SHAPE, parameters: 30e9, contextTokens: 2_048 }),
    anyModel({ id: 'unknown' }),
  ],
  pairs: [anyPair({ id: 'near', generator: 'small', mentor: 'middle' })],
};

/** An engine whose files take the GiB of weights that their names tell, and one of context. */
class WeighingEngine extends ScriptedEngine {
  readonly looks: (readonly [file: string, options: InspectOptions])[] = [];

  override inspect(path: string, options: InspectOptions): Promise<GgufReport> {
    this.looks.push([basename(path), options]);
    const weightsBytes = Number(/\d+/.exec(basename(path))) * GIB;
    return Promise.resolve({
      facts: {
        ...{ name: 'any', path, server: null, architecture: null, quantization: null, parameters: null },
        bytes: weightsBytes,
      },
      trainContextSize: null,
      contextSize: options.contextSize ?? 4_096,
      hasChatTemplate: true,
      partPaths: [path],
      memory: { weightsBytes, contextBytes: GIB, totalBytes: weightsBytes + GIB },
    });
  }
}

describe('models estimate', () => {
  let engine: WeighingEngine;
  let context: ScriptedContext;
  beforeEach(() => {
    engine = new WeighingEngine([]);
    context = new ScriptedContext(engine);
    context.environment['MENTORCOLLAB_MODELS'] = join(context.workingFolder, 'library');
    writeFileSync(join(context.modelsFolder, 'catalogue.json'), JSON.stringify(CATALOGUE));
    for (const name of ['2.gguf', '5.gguf', '10.gguf']) writeFileSync(join(context.workingFolder, name), '');
  });
  afterEach(() => {
    rmSync(context.workingFolder, { recursive: true });
  });

  const run = (...args: string[]) => runCommand(['models', 'estimate', ...args], context, '0.0.0');
  const estimate = async (...args: string[]): Promise<PairEstimate> => {
    await run('--json', ...args);
    // Printed by the code under test; its fields are what is checked.
    return JSON.parse(context.output.written) as PairEstimate;
  };

  it('sums up files by their headers, on the processor, with the context that is asked for', async () => {
    const { roles, totalBytes, fits, sum, nearest } = await estimate(
      ...['--generator', '2.gguf', '--mentor', '5.gguf', '--context-size', '512'],
    );
    assert.deepEqual(
      roles.map(({ role, source, contextSize, memory }) => [role, source, contextSize, memory?.totalBytes]),
      [
        ['generator', 'file', 512, 3 * GIB],
        ['mentor', 'file', 512, 6 * GIB],
      ],
    );
    assert.deepEqual([totalBytes, fits, nearest], [9 * GIB, 'yes', null]);
    assert.equal(sum, 'generator 2.gguf 3.0 GiB + mentor 5.gguf 6.0 GiB = 9.0 GiB');
    assert.deepEqual(engine.looks[0], ['2.gguf', { contextSize: 512, threads: null, gpu: 'off' }]);
    assert.equal(engine.isDisposed, true);
  });

  it('counts a verifier, unless it is the generator, and the weights of one file in two roles once', async () => {
    const twice = await estimate('--generator', '2.gguf', '--mentor', '5.gguf', '--verifier', '5.gguf');
    assert.equal(twice.totalBytes, (3 + 6 + 1) * GIB);
    context.output.written = '';
    const same = await estimate('--generator', '2.gguf', '--mentor', '5.gguf', '--verifier', '2.gguf');
    assert.equal(same.roles.length, 2);
  });

  it('takes what is not downloaded from the catalogue, and says that it is rough', async () => {
    const { roles, fits } = await estimate('--generator', 'small', '--mentor', 'large');
    assert.deepEqual(
      roles.map(({ model, source, contextSize }) => [model, source, contextSize]),
      [
        ['small', 'catalogue', 4_096],
        ['large', 'catalogue', 2_048],
      ],
    );
    assert.equal(fits, 'no');
    context.output.written = '';
    await run('--generator', 'small', '--mentor', '2.gguf');
    assert.match(context.output.written, /\ngenerator +small +~1013\.4 MiB +~32\.0 MiB .* by the catalogue, roughly/);
    assert.match(context.output.written, /\nmentor +2\.gguf +2\.0 GiB +1\.0 GiB +3\.0 GiB +4,096 +by its file/);
  });

  it('counts nothing for a model on a server, and asks nobody when all are', async () => {
    const { roles, totalBytes, fits, sum } = await estimate(
      ...['--generator', 'http://host/v1#a', '--mentor', 'http://host/v1#b'],
    );
    assert.deepEqual([totalBytes, fits, sum], [0, 'yes', '']);
    assert.deepEqual(roles[0]?.source, 'server');
    assert.deepEqual(engine.looks, []);
    context.output.written = '';
    await run('--generator', 'http://host/v1#a', '--mentor', 'http://host/v1#b');
    assert.match(context.output.written, /\n\nNothing of it runs on this machine\.\n$/);
  });

  it('tells what fits now from what fits once other programs make room', async () => {
    assert.equal((await estimate('--generator', '2.gguf', '--mentor', '10.gguf')).fits, 'tight');
    context.output.written = '';
    assert.equal(await run('--generator', '2.gguf', '--mentor', '10.gguf'), 'done');
    assert.match(
      context.output.written,
      /14\.0 GiB together: fits this machine \(16\.0 GiB, 12\.0 GiB of it free now\) once/,
    );
  });

  it('fails, with the nearest pair, where no room can be made', async () => {
    assert.equal(await run('--generator', 'small', '--mentor', 'large'), 'failed');
    assert.match(
      context.output.written,
      /does not fit this machine .*\n\nThe nearest pair that fits: --generator small --mentor middle \(~/,
    );
    context.output.written = '';
    const { nearest, fits } = await estimate('--generator', 'small', '--mentor', 'large', '--memory', '64');
    assert.deepEqual([nearest, fits], [null, 'yes']);
  });

  it('says that it can not tell where too little is known', async () => {
    const { fits, roles } = await estimate('--generator', '2.gguf', '--mentor', 'unknown');
    assert.deepEqual([fits, roles[1]?.memory], ['unknown', null]);
    context.output.written = '';
    assert.equal(await run('--generator', '2.gguf', '--mentor', 'unknown'), 'done');
    assert.match(context.output.written, /At least 3\.0 GiB together; of one model too little is known/);
  });

  it('refuses what it does not take, and what is nowhere', async () => {
    for (const args of [['qwen3'], ['--memory', '0'], ['--context-size', '1']]) {
      await assert.rejects(run(...args), UsageError);
    }
    await assert.rejects(run('--mentor', 'smal'), { code: 'model-missing', message: /Did you mean small/ });
    assert.equal(context.output.written, '');
  });
});
