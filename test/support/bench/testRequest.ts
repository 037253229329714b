import type { BenchJob } from '../../../src/bench/run/benchJob.ts';
import type { RunOptions } from '../../../src/bench/run/runJob.ts';
import { fileSource } from '../../../src/core/modelSource.ts';

/** What is asked in a job, of two models of files that need not be there. */
export function requestOf({ arm, item, seed }: BenchJob): ReturnType<RunOptions['requestOf']> {
  return {
    runId: `${arm.name}/${item.id}/${seed}`,
    prompt: { form: 'chat', question: item.question },
    generator: fileSource(arm.models === 'mentor' ? '/large.gguf' : '/small.gguf'),
    mentor: arm.models === 'pair' ? fileSource('/large.gguf') : null,
    verifier: null,
    options: { contextSize: null, threads: 1, gpu: 'off' },
  };
}
