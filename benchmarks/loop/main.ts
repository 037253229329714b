// `npm run bench:loop [-- --json --problems N --seed N --probability P --model FILE.gguf]`: our loop beside a naive one,
// the published way over a caching endpoint, and the generator alone, on the demo pair and, when a file is given
// (or named by MENTORCOLLAB_TEST_MODEL), with that model as the generator and demo-mentor as the mentor.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RunSettings } from '../../src/core/runSettings.ts';
import { presetSettings } from '../../src/core/runSettings.ts';
import { readGgufFile } from '../../src/engine/gguf/ggufFile.ts';
import { FileHashes } from '../../src/engine/gguf/fileHashes.ts';
import { LlamaLanguageModel } from '../../src/engine/llamaLanguageModel.ts';
import { NativeLlama } from '../../src/engine/nativeLlama.ts';
import { Completions } from './completions.ts';
import { CompletionsServer } from './completionsServer.ts';
import type { PairInput, PairReport } from './measurePair.ts';
import { measurePair } from './measurePair.ts';
import { formatReport } from './report.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    problems: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    probability: { type: 'string', default: '0.25' },
    model: { type: 'string' },
    // The naive arm reads a real model's whole text hundreds of times over, so that one gets less to do.
    'model-problems': { type: 'string', default: '6' },
    'model-max-tokens': { type: 'string', default: '160' },
  },
});
const MODELS = join(import.meta.dirname, '..', '..', 'media', 'models');
/** One thread each, the same for every arm: more would only add llama.cpp's spinning to the comparison. */
const CONTEXT = { contextSize: 1_024, threads: 1, gpu: 'off' };
const settings: RunSettings = {
  ...presetSettings('paper-free'),
  seed: Number(values.seed),
  decision: { policy: 'random', probability: Number(values.probability) },
};
const native = await NativeLlama.load('off');
native.addLog((line) => {
  if (process.env['MENTORCOLLAB_VERBOSE'] !== undefined) console.error(line);
});
const hashes = new FileHashes();
const given = values.model ?? process.env['MENTORCOLLAB_TEST_MODEL'];

const reports: PairReport[] = [
  await measure('demo-small + demo-mentor', join(MODELS, 'demo-small.gguf'), {
    questions: pickQuestions(Number(values.problems)),
    settings,
  }),
];
if (given !== undefined) {
  reports.push(
    await measure(`${basename(given)} + demo-mentor`, given, {
      questions: pickQuestions(Number(values['model-problems'])),
      settings: { ...settings, maxTokens: Number(values['model-max-tokens']) },
    }),
  );
} else console.error('No larger generator was measured: give one with --model FILE.gguf.');
await native.llama.dispose();
if (values.json) console.log(JSON.stringify({ settings, pairs: reports }, null, 2));
else for (const report of reports) console.log(formatReport(report));

async function measure(
  name: string,
  generatorPath: string,
  work: Pick<PairInput, 'questions' | 'settings'>,
): Promise<PairReport> {
  const mentorPath = join(MODELS, 'demo-mentor.gguf');
  const models = { generator: await load(generatorPath), mentor: await load(mentorPath) };
  const completions = {
    generator: await Completions.open(generatorPath, CONTEXT),
    mentor: await Completions.open(mentorPath, CONTEXT),
  };
  const servers = {
    generator: await CompletionsServer.start(completions.generator),
    mentor: await CompletionsServer.start(completions.mentor),
  };
  try {
    return await measurePair({
      name,
      ...models,
      endpoints: {
        generator: { completions: completions.generator, url: servers.generator.url },
        mentor: { completions: completions.mentor, url: servers.mentor.url },
      },
      ...work,
      onProgress: (done) => {
        if (process.stderr.isTTY) process.stderr.write(`\r${name}: ${done}/${work.questions.length}`);
      },
    });
  } finally {
    await Promise.all([servers.generator.stop(), servers.mentor.stop()]);
    await Promise.all([completions.generator.dispose(), completions.mentor.dispose()]);
    await Promise.all([models.generator.dispose(), models.mentor.dispose()]);
  }
}

async function load(path: string): Promise<LlamaLanguageModel> {
  const ignore = (): void => undefined;
  return LlamaLanguageModel.load({
    native,
    hashes,
    file: await readGgufFile(native, path),
    context: CONTEXT,
    signal: new AbortController().signal,
    log: (message) => {
      console.error(message);
    },
    onProgress: ignore,
  });
}

/** As many of the shipped problems, evenly from the three domains. */
function pickQuestions(count: number): string[] {
  const domains = ['math', 'commonsense', 'knowledge'].map((domain) =>
    readFileSync(join(MODELS, 'problems', `${domain}.jsonl`), 'utf8')
      .trim()
      .split('\n'),
  );
  return Array.from({ length: count }, (_, index) => {
    const line = domains[index % domains.length]?.[Math.floor(index / domains.length)];
    if (line === undefined) throw new Error(`There are fewer than ${count} problems.`);
    // The shipped problems have this shape; their own test checks it.
    return (JSON.parse(line) as { question: string }).question;
  });
}
