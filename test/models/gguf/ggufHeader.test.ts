import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { readGgufHeader } from '../../../src/models/gguf/ggufHeader.ts';
import { DEMO_MENTOR, DEMO_SMALL } from '../../support/models/demoModels.ts';
import { writeGguf } from '../../support/models/ggufWriter.ts';
import { scratchFolder } from '../../support/scratchFolder.ts';

describe('the header of a GGUF file', () => {
  const folder = scratchFolder();
  const path = (): string => folder.file('model.gguf');
  const small = readFileSync(DEMO_SMALL);
  /** Where the tensors' data begins, more or less: damage before it is in the header. */
  const HEADER_BYTES = 8_000;

  it('is read from the demo pair', async () => {
    for (const demo of [DEMO_SMALL, DEMO_MENTOR]) {
      const { version, tensorCount, architecture, splitCount } = await readGgufHeader(demo);
      assert.equal(version, 3);
      assert.ok(tensorCount > 10);
      assert.equal(architecture, 'llama');
      assert.equal(splitCount, null);
    }
  });

  it('tells which part of a split model a file is', async () => {
    const metadata = new Map([
      ['general.architecture', { type: 'string', value: 'qwen3' }],
      ['split.no', { type: 'uint32', value: 2 }],
      ['split.count', { type: 'uint32', value: 5 }],
    ] as const);
    writeFileSync(path(), writeGguf(metadata, []));
    assert.deepEqual(await readGgufHeader(path()), {
      version: 3,
      tensorCount: 0,
      architecture: 'qwen3',
      splitNumber: 2,
      splitCount: 5,
    });
  });

  it('of a file that is cut off anywhere is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(small.length - 1), async (length) => {
        writeFileSync(path(), small.subarray(0, length));
        await assert.rejects(readGgufHeader(path()), { code: 'model-invalid' });
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('that is damaged is read or refused, and never anything else', async () => {
    const damage = fc.array(fc.tuple(fc.nat(HEADER_BYTES), fc.nat(255)), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(damage, async (bytes) => {
        const damaged = Buffer.from(small);
        for (const [at, value] of bytes) damaged[at] = value;
        writeFileSync(path(), damaged);
        try {
          assert.ok((await readGgufHeader(path())).tensorCount >= 0);
        } catch (thrown) {
          assert.ok(thrown instanceof MentorCollabError && thrown.code === 'model-invalid', String(thrown));
        }
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it('with counts and lengths beyond all measure is refused without reading for ever', async () => {
    const counts = Buffer.from(small.subarray(0, 24));
    counts.writeBigUInt64LE(2n ** 63n, 8);
    const key = Buffer.from(small);
    key.writeBigUInt64LE(2n ** 62n, 24);
    for (const bytes of [counts, key]) {
      writeFileSync(path(), bytes);
      await assert.rejects(readGgufHeader(path()), { code: 'model-invalid' });
    }
  });
});
