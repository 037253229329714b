import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BENCH_OPTIONS } from '../../../src/cli/bench/benchOptions.ts';
import { readMatrix } from '../../../src/cli/bench/matrixFile.ts';
import { parseOptions } from '../../../src/cli/commandOptions.ts';
import { UsageError } from '../../../src/cli/usageError.ts';
import { fileSource } from '../../../src/core/modelSource.ts';
import { BenchFixture } from './benchFixture.ts';

describe('a file of pairs', () => {
  const fixture = new BenchFixture();
  const read = (text: string, { args = [] as readonly string[], context = fixture.contextOf() } = {}) => {
    writeFileSync(join(context.workingFolder, 'pairs.json'), text);
    return readMatrix('pairs.json', parseOptions(BENCH_OPTIONS, args), context);
  };
  const DEMO = { name: 'demo', generator: 'demo-small', mentor: 'demo-mentor' };

  it('names models as on the command line', async () => {
    const context = fixture.contextOf();
    context.environment['MENTORCOLLAB_MENTOR_API_KEY'] = 'secret';
    const served = { name: 'served 1.5', generator: './demo-small.gguf', mentor: 'http://x/v1#large' };
    const pairs = await read(JSON.stringify([DEMO, { ...served, verifier: 'demo-mentor' }]), { context });
    const file = (name: string) => fileSource(join(context.modelsFolder, name));
    assert.deepEqual(pairs, [
      { name: 'demo', generator: file('demo-small.gguf'), mentor: file('demo-mentor.gguf'), verifier: null },
      {
        name: 'served 1.5',
        generator: file('demo-small.gguf'),
        mentor: { type: 'server', url: 'http://x/v1', model: 'large', apiKey: 'secret' },
        verifier: file('demo-mentor.gguf'),
      },
    ]);
  });

  it('has no verifier of its own where that is the generator', async () => {
    const [pair] = await read(JSON.stringify([{ ...DEMO, verifier: 'demo-small' }]));
    assert.equal(pair?.verifier, null);
  });

  it('may begin with a byte order mark', async () => {
    assert.equal((await read(`\ufeff${JSON.stringify([DEMO])}`)).length, 1);
  });

  const refused: readonly (readonly [string, RegExp])[] = [
    ['{', /^pairs\.json is no matrix: SyntaxError/],
    [
      '{}',
      /^pairs\.json is no matrix: .* It must be a JSON list of \{"name", "generator", "mentor", "verifier"\?\}\.$/,
    ],
    ['[]', /is no matrix/],
    [JSON.stringify([{ name: 'a', generator: 'x' }]), /is no matrix: .*mentor/],
    [JSON.stringify([{ ...DEMO, seed: 3 }]), /is no matrix: .*"seed"/],
    [JSON.stringify([{ ...DEMO, name: '../up' }]), /up to 60 letters, digits, spaces/],
    [JSON.stringify([{ ...DEMO, name: 'a/b' }]), /up to 60 letters/],
    [JSON.stringify([{ ...DEMO, name: 'x'.repeat(61) }]), /up to 60 letters/],
    [JSON.stringify([{ ...DEMO, mentor: '' }]), /is no matrix/],
    [JSON.stringify([DEMO, { ...DEMO, name: 'Demo' }]), /^Two pairs of pairs\.json are called "Demo"\. Rename one\.$/],
  ];
  for (const [text, message] of refused) {
    it(`is refused as ${text.slice(0, 60)}`, async () => {
      await assert.rejects(read(text), { code: 'bad-input', message });
    });
  }

  for (const role of ['generator', 'mentor', 'verifier']) {
    it(`leaves no place for --${role}`, async () => {
      await assert.rejects(
        read(JSON.stringify([DEMO]), { args: [`--${role}`, 'demo-small'] }),
        (error) => error instanceof UsageError && error.message.includes(`leave out --${role}.`),
      );
    });
  }

  it('is refused with a model that is not there, or where it can not be read', async () => {
    await assert.rejects(read(JSON.stringify([{ ...DEMO, mentor: './none.gguf' }])), { code: 'model-missing' });
    const context = fixture.contextOf();
    await assert.rejects(readMatrix('none.json', parseOptions(BENCH_OPTIONS, []), context), /none\.json can't be read/);
  });
});
