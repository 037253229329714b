// `npm run bench:spread [-- --questions N --workers N --rounds N --max-tokens N --generator MODEL --mentor MODEL --url URL]`:
// whether a bench is done sooner one question at a time, on several engines of one process, or in several processes, in
// turn within one run. With `--url URL` of an endpoint whose models are `demo-small` and `demo-mentor`, over it instead.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    questions: { type: 'string', default: '120' },
    workers: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    'max-tokens': { type: 'string', default: '512' },
    generator: { type: 'string', default: 'demo-small' },
    mentor: { type: 'string', default: 'demo-mentor' },
    url: { type: 'string' },
  },
});
const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'mentorcollab-spread-'));
const workers = Number(values.workers);
const [generator, mentor] = [values.generator, values.mentor].map((model) =>
  values.url === undefined ? model : `${values.url}#${model}`,
);

const WAYS = {
  'one at a time': () => bench([writeQuestions(questions(), 'all')], 1),
  [`${workers} engines in a process`]: () => bench([writeQuestions(questions(), 'all')], workers),
  [`${workers} processes`]: () =>
    bench(
      Array.from({ length: workers }, (_, part) =>
        writeQuestions(
          questions().filter((_line, index) => index % workers === part),
          String(part),
        ),
      ),
      1,
    ),
} as const;

try {
  const times = new Map<string, number[]>(Object.keys(WAYS).map((name) => [name, []]));
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [name, run] of Object.entries(WAYS)) times.get(name)?.push(await run());
  }
  const [base] = [...times.values()].map(median);
  console.log(`${questions().length} questions, paper-free, ${values.rounds} rounds in turn; medians`);
  for (const [name, all] of times) {
    const spreadMs = Math.max(...all) - Math.min(...all);
    console.log(
      `${name.padEnd(26)} ${(median(all) / (base ?? 1)).toFixed(2)} of one at a time (${(median(all) / 1_000).toFixed(1)} s, rounds within ${(spreadMs / 1_000).toFixed(1)} s)`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** Runs the command line once a file, all at once; gives the time until the last one has ended, start-up included. */
async function bench(files: readonly string[], concurrency: number): Promise<number> {
  const startedMs = performance.now();
  const children = files.map((file) =>
    spawn(
      process.execPath,
      [
        join(root, 'dist', 'cli.mjs'),
        'bench',
        ...['--data', file, '--arms', 'paper-free', '--max-tokens', values['max-tokens']],
        ...['--generator', generator ?? '', '--mentor', mentor ?? '', '--concurrency', String(concurrency)],
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    ),
  );
  // All at once: one that ends before the others would not be heard.
  for (const [code] of await Promise.all(children.map((child) => once(child, 'exit')))) {
    if (code !== 0) throw new Error(`bench has ended with ${String(code)}`);
  }
  return performance.now() - startedMs;
}

/** The first problems of each domain that ship. */
function questions(): readonly string[] {
  const problems = join(root, 'media', 'models', 'problems');
  const files = readdirSync(problems).filter((name) => name.endsWith('.jsonl'));
  const each = Math.ceil(Number(values.questions) / files.length);
  return files.flatMap((name) => readFileSync(join(problems, name), 'utf8').trim().split('\n').slice(0, each));
}

function writeQuestions(lines: readonly string[], name: string): string {
  const path = join(folder, `${name}.jsonl`);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
