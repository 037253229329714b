import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { BenchReport } from '../../src/bench/report/reportDocument.ts';
import { viewRun } from '../../src/core/view/runView.ts';
import type { ModelList } from '../../src/cli/models/modelList.ts';
import type { SolveResult } from '../../src/export/solveResult.ts';
import { parseTrace } from '../../src/protocol/traceText.ts';
import { ENDLESS_SETTINGS, writeEndlessModel } from '../support/models/endlessModel.ts';
import { runCommandLine } from './runCommandLine.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const SAMPLE = join(root, 'examples', 'sample-problem.txt');
const ASKED = ['solve', '--file', SAMPLE];
/** Every word is probed and every divergence taken, so that the mentor has a share whatever the machine's rounding. */
const HELPED = [...ASKED, '--preset', 'always-mentor', '--decision', 'always'];

interface PrintedResult extends SolveResult {
  readonly tracePath?: string;
}

describe('the built command line, on the demo pair', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'mentorcollab-command-line-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  /** A result as scripts get it: standard output must hold it and nothing else. */
  const solved = async (...args: string[]): Promise<PrintedResult> => {
    const { code, stdout, stderr } = await runCommandLine([...args, '--json'], { folder });
    assert.equal(code, 0, stderr);
    assert.equal(stderr, '');
    assert.equal(stdout.split('\n').length, 2);
    // What it holds is what these tests check.
    return JSON.parse(stdout) as PrintedResult;
  };

  it('solves the sample problem, which the generator alone gets wrong', async () => {
    const { code, stdout, stderr } = await runCommandLine(ASKED);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /The answer is 36\.\n$/);
    assert.match(stderr, /\nanswer {8}36\nmentor share {2}\d+\.\d%\n/);
    assert.match(stderr, /\ngenerator {5}\d+ tokens accepted/);
    assert.notEqual((await solved(...ASKED, '--decision', 'never')).answer, '36');
  });

  it('prints every agreed field of a run', async () => {
    const result = await solved(...HELPED, '--trace', 'run.mctrace');
    assert.deepEqual(Object.keys(result).sort(), [
      'answer',
      'decisions',
      'mentorShare',
      'mentorStepShare',
      'segments',
      'steps',
      'stop',
      'text',
      'timeMs',
      'tokens',
      'tracePath',
    ]);
    assert.equal(result.stop, 'end');
    assert.equal(
      result.segments
        .map(({ text }) => text)
        .join('')
        .trim(),
      result.text,
    );
    assert.equal(result.tracePath, join(folder, 'run.mctrace'));
    const { generator, mentor } = result.tokens;
    assert.equal(result.mentorShare, mentor.accepted / (mentor.accepted + generator.accepted));
    assert.ok(mentor.accepted > 0 && mentor.decoded > mentor.accepted && mentor.prefilled > 0);
    assert.equal(result.decisions.length, result.steps);
    const taken = result.decisions.filter(({ outcome }) => outcome === 'tookMentor');
    assert.ok(
      taken.length > 0 && taken.every((one) => one.mentorPatch !== undefined && one.generatorPatch !== undefined),
    );
    assert.equal(taken.length / result.steps, result.mentorStepShare);
  });

  it('writes a trace that is whole, valid, and says the same as the result', async () => {
    const result = await solved(...HELPED, '--trace', 'same.mctrace');
    const text = readFileSync(join(folder, 'same.mctrace'), 'utf8');
    const { header, events, damage } = parseTrace(text);
    assert.equal(damage, null);
    assert.match(header?.generator.model.sha256 ?? '', /^[\da-f]{64}$/);
    assert.equal(header?.mentor?.model.name, 'demo-mentor');
    const view = viewRun(events);
    assert.equal(view.text.trim(), result.text);
    assert.deepEqual(view.ended?.tokens, result.tokens);
    const schema = JSON.parse(readFileSync(join(root, 'schemas', 'mctrace.schema.json'), 'utf8')) as object;
    const validate = new Ajv2020().compile(schema);
    for (const line of text.trimEnd().split('\n'))
      assert.ok(validate(JSON.parse(line)), JSON.stringify(validate.errors));
  });

  it('repeats a run with its seed', async () => {
    const byChance = [...ASKED, '--preset', 'paper-free'];
    const [first, second] = [await solved(...byChance, '--seed', '5'), await solved(...byChance, '--seed', '5')];
    assert.deepEqual({ ...first, timeMs: 0 }, { ...second, timeMs: 0 });
    const other = await solved(...byChance, '--seed', '6');
    assert.notDeepEqual(
      other.decisions.map(({ step }) => step),
      first.decisions.map(({ step }) => step),
    );
  });

  it('probes at the listed steps and nowhere else', async () => {
    const { decisions } = await solved(...ASKED, '--probe-at', '1,4');
    assert.deepEqual(
      decisions.map(({ step }) => step),
      [1, 4],
    );
  });

  it('says why the mentor had no share', async () => {
    const result = await solved(...ASKED, '--decision', 'never');
    assert.deepEqual([result.mentorShare, result.mentorShareReason], [0, 'the mentor was never probed']);
    assert.deepEqual(result.tokens.mentor, { accepted: 0, decoded: 0, prefilled: 0 });
  });

  it('keeps special tokens of a question as text, and reads those of a raw prompt', async () => {
    const prompt = '<|user|>\nWhat is the capital of Peru?<|end|>\n<|assistant|>\n';
    const promptTokens = async (...more: string[]): Promise<number> => {
      const args = ['--decision', 'never', '--max-tokens', '1', '--quiet', ...more];
      return (await solved('solve', '--question', prompt, ...args)).tokens.generator.prefilled;
    };
    const [raw, chat] = [await promptTokens('--raw-prompt'), await promptTokens()];
    assert.ok(chat > raw + 6, `${chat} tokens are not many more than ${raw}`);
  });

  it('marks the mentor by underline and colour where colours are forced, and by brackets on request', async () => {
    const plain = await runCommandLine([...HELPED, '--quiet']);
    const coloured = await runCommandLine([...HELPED, '--quiet'], { env: { FORCE_COLOR: '1' } });
    const marked = await runCommandLine([...HELPED, '--quiet', '--marks'], { env: { NO_COLOR: '1' } });
    assert.ok(coloured.stdout.includes('\u001b[4;35m'));
    assert.ok(!marked.stdout.includes('\u001b') && marked.stdout.includes('⟦'));
    assert.equal(coloured.stdout.replaceAll('\u001b[4;35m', '').replaceAll('\u001b[24;39m', ''), plain.stdout);
    assert.equal(marked.stdout.replace(/[⟦⟧]/g, ''), plain.stdout);
    assert.equal(plain.stderr, '');
  });

  it('takes the question from standard input', async () => {
    const { code, stdout } = await runCommandLine(['solve', '-', '--quiet'], {
      input: 'What is the capital of Peru?\n',
    });
    assert.equal(code, 0);
    assert.match(stdout, /The answer is Lima\.\n$/);
  });

  describe('when it is interrupted', () => {
    const { contextSize, maxTokens } = ENDLESS_SETTINGS;
    const endless =
      `solve --question one --generator endless.gguf --mentor endless.gguf --decision always --trace cut.mctrace ` +
      `--context-size ${contextSize} --max-tokens ${maxTokens}`;
    before(() => writeEndlessModel(join(folder, 'endless.gguf')));

    it('prints and traces what was produced, and exits with 130', async () => {
      const { code, stdout, stderr } = await runCommandLine(endless.split(' '), { folder, signal: 'SIGINT' });
      assert.equal(code, 130, stderr);
      assert.match(stderr, /\nend +cancelled\n/);
      const { events, damage } = parseTrace(readFileSync(join(folder, 'cut.mctrace'), 'utf8'));
      assert.equal(damage, null);
      const view = viewRun(events);
      assert.equal(view.ended?.stop, 'cancelled');
      assert.equal(`${view.text.trim()}\n`, stdout);
    });

    it('leaves a trace of all that it printed when it is killed, and that can be exported', async () => {
      const { code, stdout } = await runCommandLine(endless.split(' '), { folder, signal: 'SIGKILL' });
      assert.equal(code, null);
      const { header, events } = parseTrace(readFileSync(join(folder, 'cut.mctrace'), 'utf8'));
      const { text, ended } = viewRun(events);
      assert.ok(header && stdout.trim() !== '' && text.trimStart().startsWith(stdout.trim()));
      assert.equal(ended, null);
      const exported = await runCommandLine(['export', 'cut.mctrace', '--to', 'txt'], { folder });
      assert.equal(exported.code, 0, exported.stderr);
      assert.ok(exported.stdout.startsWith('Question: one\n') && exported.stdout.includes(text.trim()));
    });

    it('ends quietly when nobody reads any more', async () => {
      const { code, stderr } = await runCommandLine(endless.split(' '), { folder, closesOutput: true });
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    });
  });

  describe('exit codes', () => {
    const failures = [
      [['solve', '--question', 'x', '--probabilty', '1'], 2, /no option --probabilty\. Did you mean --probability\?/],
      [['sovle'], 2, /no command "sovle"\. Did you mean solve\?/],
      [[], 2, /no command/],
      [['solve', '--question', ''], 2, /question is empty/],
      [['solve', '--question', 'x', '--generator', 'none.gguf'], 1, /no model file at .*none\.gguf/],
      [['solve', '--question', 'x', '--generator', 'qwen-1.7b'], 1, /Did you mean qwen3-1\.7b\?/],
      [['solve', '--file', 'none.txt'], 1, /none\.txt can't be read/],
      [['export', 'none.mctrace', '--to', 'html'], 1, /none\.mctrace can't be read/],
      [['models'], 2, /no models command\. See mentorcollab models --help/],
      [['models', 'lits'], 2, /no models command "lits"\. Did you mean list\?/],
      [['models', 'list', '--memory', 'much'], 2, /--memory is "much", but must be a whole number/],
      [['bench', '--data', 'demo:nothing'], 2, /no domain "nothing"; there are commonsense, knowledge, math/],
    ] as const;
    for (const [args, expected, message] of failures) {
      it(`are ${expected} for ${JSON.stringify(args)}`, async () => {
        const { code, stdout, stderr } = await runCommandLine(args, { folder });
        assert.equal(code, expected, stderr);
        assert.equal(stdout, '');
        assert.match(stderr, message);
        assert.match(stderr, /^mentorcollab: [^\n]*\n$/);
      });
    }

    it('are 1 for a file that is no model, with what to do', async () => {
      writeFileSync(join(folder, 'text.gguf'), 'this is no model');
      const args = ['solve', '--question', 'What is the capital of Peru?', '--generator', 'text.gguf', '--json'];
      const { code, stdout, stderr } = await runCommandLine(args, { folder });
      assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
      assert.match(stderr, /text\.gguf/);
    });

    it('are 1 for a question that is longer than the context', async () => {
      const args = ['solve', '--question', 'Ada has 12 apples. '.repeat(2_000), '--json'];
      const { code, stderr } = await runCommandLine(args, { folder });
      assert.equal(code, 1);
      assert.match(stderr, /context/);
    });
  });

  it('helps and tells its version without touching a model', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    assert.deepEqual(await runCommandLine(['--version']), { code: 0, stdout: `${version}\n`, stderr: '' });
    for (const args of [['--help'], ['solve', '--help'], ['export', '-h'], ['bench', '--help'], ['models', '-h']]) {
      const { code, stdout } = await runCommandLine(args);
      assert.equal(code, 0);
      assert.match(stdout, /Usage: mentorcollab/);
    }
  });

  it('lists the models that ship and those that can be had', async () => {
    const env = { MENTORCOLLAB_MODELS: join(folder, 'no-models') };
    const { code, stdout, stderr } = await runCommandLine(['models', 'list', '--json'], { env });
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    const { memory, models } = JSON.parse(stdout) as ModelList;
    assert.ok(memory.machineBytes > memory.usableBytes && memory.usableBytes > 0);
    assert.deepEqual([models[0]?.state, models[0]?.path], ['shipped', join(root, 'media/models/demo-small.gguf')]);
    assert.ok(models.some(({ id, state }) => id === 'qwen3-1.7b' && state === 'available'));
  });

  it('exports a trace it has written', async () => {
    const { text } = await solved(...HELPED, '--trace', 'page.mctrace');
    const { code, stdout } = await runCommandLine(['export', 'page.mctrace', '--to', 'html'], { folder });
    assert.equal(code, 0);
    assert.match(stdout, /<a class="mentor"/);
    const json = await runCommandLine(['export', 'page.mctrace', '--to', 'json'], { folder });
    assert.equal((JSON.parse(json.stdout) as SolveResult).text, text);
  });

  it('compares arms on the problems that ship', async () => {
    const args = ['bench', '--data', 'demo', '--limit', '2', '--arms', 'generator,mentor,always-mentor', '--json'];
    const { code, stdout, stderr } = await runCommandLine(args, { folder });
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    const { arms, pairs } = JSON.parse(stdout) as BenchReport;
    assert.deepEqual(
      arms.map(({ arm, n }) => [arm, n]),
      [
        ['generator', 6],
        ['mentor', 6],
        ['always-mentor', 6],
      ],
    );
    assert.deepEqual(
      arms[0]?.domains.map(({ domain }) => domain),
      ['commonsense', 'knowledge', 'math'],
    );
    assert.equal(pairs.length, 3);
    assert.ok(arms[2] && arms[2].tokens.mentor.decoded > 0);
  });
});
