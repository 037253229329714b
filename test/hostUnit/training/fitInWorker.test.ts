import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { fitInWorker } from '../../../src/host/training/fitInWorker.ts';
import type { EpochLosses } from '../../../src/verifier/training/fitMlp.ts';
import { fitVerifier } from '../../../src/verifier/training/fitVerifier.ts';
import { scratchFolder } from '../../support/scratchFolder.ts';
import { signExamples } from '../../verifier/training/examplesOf.ts';

const isOf = (code: string) => (error: unknown) => error instanceof MentorCollabError && error.code === code;

describe('a fit in a thread of its own', () => {
  const scratch = scratchFolder();
  const request = { examples: signExamples(120, 8, 1), features: [], seed: 1 };
  let modulePath = '';
  before(async () => {
    modulePath = scratch.file('fitWorker.mjs');
    const entry = fileURLToPath(new URL('../../../src/verifier/training/fitWorker.ts', import.meta.url));
    await build({ entryPoints: [entry], outfile: modulePath, bundle: true, platform: 'node', format: 'esm' });
  });

  it('comes to what a fit in this thread comes to, and tells its epochs', async () => {
    const told: EpochLosses[] = [];
    const watcher = { signal: { aborted: false }, onEpoch: (losses: EpochLosses) => told.push(losses) };
    const fit = await fitInWorker(modulePath)(request, watcher);
    assert.deepEqual(fit, await fitVerifier(request, { signal: { aborted: false } }));
    assert.deepEqual(told, fit.mlp.epochs);
  });

  it('passes a refusal on as it is', async () => {
    const watcher = { signal: { aborted: false } };
    await assert.rejects(fitInWorker(modulePath)({ ...request, examples: [] }, watcher), isOf('bad-input'));
  });

  it('ends at once when it is cancelled', async () => {
    const signal = { aborted: false };
    const running = fitInWorker(modulePath)({ ...request, examples: signExamples(400, 512, 2) }, { signal });
    signal.aborted = true;
    await assert.rejects(running, isOf('cancelled'));
  });

  it('says so where its program is missing', async () => {
    const running = fitInWorker(scratch.file('missing.mjs'))(request, { signal: { aborted: false } });
    await assert.rejects(running, isOf('internal'));
  });
});
