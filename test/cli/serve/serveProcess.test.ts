import assert from 'node:assert/strict';
import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { ENDLESS_SETTINGS, writeEndlessModel } from '../../support/models/endlessModel.ts';
import { scratchFolder } from '../../support/scratchFolder.ts';
import { runCommandLine } from '../runCommandLine.ts';
import { post } from './served.ts';

const BUILT = fileURLToPath(new URL('../../../dist/cli.mjs', import.meta.url));
const CHAT = { messages: [{ role: 'user', content: 'What is the capital of Peru?' }] };

interface Running {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly url: string;
  readonly code: Promise<number | null>;
  readonly messages: Promise<string>;
}

/** The built program, listening. */
async function start(...args: readonly string[]): Promise<Running> {
  const child = spawn(process.execPath, [BUILT, 'serve', '--port', '0', '--json', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const messages = text(child.stderr);
  // 'exit' tells the code first.
  const code = once(child, 'exit').then(([exitCode]) => exitCode as number | null);
  // 'line' has the line as its one argument.
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    code.then(async () => assert.fail(await messages)),
  ])) as [string];
  const { url } = JSON.parse(line) as { readonly url: string };
  return { child, url, code, messages };
}

describe('the built serve, as a process', () => {
  const folder = scratchFolder();
  const running: Running[] = [];
  afterEach(() => {
    for (const { child } of running.splice(0)) child.kill('SIGKILL');
  });
  async function startKept(...args: readonly string[]): Promise<Running> {
    const started = await start(...args);
    running.push(started);
    return started;
  }

  it('answers, and goes cleanly when it is told to, its port closed behind it', async () => {
    for (const [signal, expected] of [
      ['SIGTERM', 143],
      ['SIGINT', 130],
    ] as const) {
      const { child, url, code, messages } = await startKept();
      const response = await post(`${url}/chat/completions`, { ...CHAT, model: 'demo-mentor' });
      const { choices } = (await response.json()) as { choices: readonly { message: { content: string } }[] };
      assert.match(choices[0]?.message.content ?? '', /The answer is Lima\./);
      child.kill(signal);
      assert.equal(await code, expected);
      assert.match(await messages, /^POST \/v1\/chat\/completions 200 \d+\.\d\d s\n$/);
      await assert.rejects(fetch(`${url}/models`));
    }
  });

  it('ends what is under way when it is told twice', async () => {
    const path = folder.file('endless.gguf');
    await writeEndlessModel(path);
    const { child, url, code } = await startKept(
      '--generator',
      path,
      '--context-size',
      String(ENDLESS_SETTINGS.contextSize),
    );
    const response = await post(`${url}/chat/completions`, { ...CHAT, model: 'endless', stream: true });
    const reader = response.body?.getReader();
    assert.ok(reader && !(await reader.read()).done);
    child.kill('SIGTERM');
    // Once it has stopped listening it has taken the first signal in.
    while (
      await fetch(`${url}/models`).then(
        (answer) => answer.ok,
        () => false,
      )
    );
    child.kill('SIGTERM');
    assert.equal(await code, 143);
  });

  it('says what is wrong with its options, and with models, before it listens', async () => {
    const failures = [
      [['--host', '0.0.0.0'], 2, /there is no API key/],
      [['--port', '70000'], 2, /--port is 70000/],
      [['--api-key-env', 'NO_SUCH_VARIABLE'], 1, /NO_SUCH_VARIABLE is not set/],
      [['--allow-origin', '*'], 2, /--allow-origin \*/],
      [['--generator', 'nowhere.gguf'], 1, /no model file at .*nowhere\.gguf/],
      [['demo-small'], 2, /"demo-small" is not understood/],
      [['--raw-prompt'], 2, /no option --raw-prompt/],
    ] as const;
    for (const [args, code, message] of failures) {
      const run = await runCommandLine(['serve', ...args]);
      assert.equal(run.code, code, run.stderr);
      assert.match(run.stderr, message);
      assert.equal(run.stdout, '');
    }
  });
});
