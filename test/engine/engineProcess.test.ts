import { fileSource } from '../../src/core/modelSource.ts';
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { MentorCollabError } from '../../src/core/errors.ts';
import { ENGINE_READY, EngineClient } from '../../src/protocol/engineRpc.ts';
import { RpcConnection } from '../../src/protocol/rpc.ts';
import { DEMO_MENTOR, DEMO_SMALL } from '../support/models/demoModels.ts';
import { writeSuccessorModel } from '../support/models/successorModel.ts';
import { ENDLESS_MODEL } from '../support/models/tinyModels.ts';
import { demoRequest, RecordedRun } from '../support/recordedRun.ts';
import { scratchFolder } from '../support/scratchFolder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Inside the checkout, where node-llama-cpp is found. */
const bundle = `${root}.test-build/engine.mjs`;
const never = new AbortController().signal;

/** A forked engine and the connection to it. */
class ForkedEngine {
  readonly child: ChildProcess;
  readonly connection: RpcConnection;
  readonly client: EngineClient;
  readonly faults: MentorCollabError[] = [];
  readonly exited: Promise<readonly [code: number | null, signal: NodeJS.Signals | null]>;
  output = '';
  readonly #ready: Promise<void>;

  constructor(path: string) {
    this.child = fork(path, [], { silent: true, execArgv: [] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
      });
    }
    this.connection = new RpcConnection({
      send: (message) => {
        this.child.send(message);
      },
      onFault: (error) => {
        this.faults.push(error);
      },
    });
    this.client = new EngineClient(this.connection);
    this.exited = new Promise((resolve) => {
      this.child.once('exit', (code, signal) => {
        this.connection.close(new MentorCollabError('engine-crashed', `The engine ended (${code ?? signal}).`));
        resolve([code, signal]);
      });
    });
    this.#ready = once(this.child, 'message').then(([first]) => {
      assert.deepEqual(first, ENGINE_READY);
      this.child.on('message', (message) => {
        this.connection.receive(message);
      });
    });
  }

  static async start(path = bundle): Promise<ForkedEngine> {
    const engine = new ForkedEngine(path);
    await Promise.race([engine.#ready, engine.exited.then(() => assert.fail(engine.output))]);
    return engine;
  }

  async stop(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }
}

describe('the engine process', () => {
  const scratch = scratchFolder();
  const started: ForkedEngine[] = [];

  before(async () => {
    await build({
      entryPoints: [`${root}src/engine/main.ts`],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      external: ['node-llama-cpp'],
      // As in esbuild.js: packages of the bundle may call require.
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      logLevel: 'warning',
    });
  });
  afterEach(async () => {
    for (const engine of started.splice(0)) await engine.stop();
  });

  async function start(path?: string): Promise<ForkedEngine> {
    const engine = await ForkedEngine.start(path);
    started.push(engine);
    return engine;
  }

  it('solves a problem, its lines batched and in order', async () => {
    const { client, faults } = await start();
    const run = new RecordedRun();
    const ended = await client.solve(demoRequest(), run, never);
    assert.equal(run.lines[0]?.type, 'run-started');
    assert.deepEqual(run.lines.at(-1), ended);
    assert.equal(ended.stop, 'end');
    assert.equal(ended.steps, run.view.counts.steps);
    assert.deepEqual(faults, []);
    assert.deepEqual(
      (await client.status()).loadedModels.map(({ path }) => path),
      [DEMO_SMALL, DEMO_MENTOR],
    );
  });

  it('stops a run that is cancelled, and is idle after', async () => {
    const path = scratch.file('endless.gguf');
    await writeSuccessorModel(path, ENDLESS_MODEL);
    const { client } = await start();
    const abort = new AbortController();
    const run = new RecordedRun(({ type }) => {
      if (type === 'step-taken') abort.abort();
    });
    // Twenty seconds of words and more: only the cancellation can end it sooner.
    const settings = { maxTokens: 15_000, decision: { policy: 'never' } } as const;
    const options = { contextSize: 16_000, threads: 1, gpu: 'off' as const };
    const request = demoRequest({ generator: fileSource(path), mentor: null, settings, options });
    const ended = await client.solve(request, run, abort.signal);
    assert.equal(ended.stop, 'cancelled');
    assert.equal(run.view.counts.steps, ended.steps);
    assert.equal((await client.status()).activeRuns, 0);
  });

  it('tells a missing model as an error, and goes on', async () => {
    const { client } = await start();
    const missing = demoRequest({ generator: fileSource(scratch.file('none.gguf')) });
    await assert.rejects(client.solve(missing, new RecordedRun(), never), { code: 'model-missing' });
    assert.equal((await client.solve(demoRequest(), new RecordedRun(), never)).stop, 'end');
  });

  it('leaves the run pending to its owner when it is killed, and another process takes the next run', async () => {
    const engine = await start();
    const run = new RecordedRun(({ type }) => {
      if (type === 'run-started') engine.child.kill('SIGKILL');
    });
    await assert.rejects(engine.client.solve(demoRequest(), run, never), { code: 'engine-crashed' });
    assert.deepEqual(await engine.exited, [null, 'SIGKILL']);
    assert.equal(run.header?.runId, 'test-run');
    const next = await start();
    assert.equal((await next.client.solve(demoRequest(), new RecordedRun(), never)).stop, 'end');
  });

  it('ends when its owner disconnects, in the middle of a run too', async () => {
    const engine = await start();
    const run = new RecordedRun(({ type }) => {
      if (type === 'run-started') engine.child.disconnect();
    });
    await assert.rejects(engine.client.solve(demoRequest(), run, never), { code: 'engine-crashed' });
    assert.deepEqual(await engine.exited, [0, null]);
  });

  it('answers an unknown method with an error', async () => {
    const { connection } = await start();
    await assert.rejects(connection.request('fly', null), { code: 'protocol' });
  });

  it('starts without native code, and says what is missing when a run needs it', async () => {
    // Outside the checkout there is no node-llama-cpp to be found.
    const stray = scratch.file('engine.mjs');
    await copyFile(bundle, stray);
    const { client } = await start(stray);
    assert.deepEqual((await client.status()).loadedModels, []);
    await assert.rejects(client.solve(demoRequest(), new RecordedRun(), never), (error) => {
      assert.ok(error instanceof MentorCollabError);
      assert.equal(error.code, 'engine-unavailable');
      assert.ok(error.message.includes(`${process.platform}-${process.arch}`), error.message);
      return true;
    });
    assert.equal((await client.status()).activeRuns, 0);
  });

  it('refuses to be started by hand', () => {
    const byHand = spawnSync(process.execPath, [bundle], { encoding: 'utf8' });
    assert.equal(byHand.status, 2);
    assert.match(byHand.stderr, /not by hand/);
  });
});
