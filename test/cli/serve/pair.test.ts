import assert from 'node:assert/strict';
import { join } from 'node:path';
import { MentorCollabError } from '../../../src/core/errors.ts';
import type { RunEnded } from '../../../src/core/runEvent.ts';
import type { SolveListener, SolveRequest } from '../../../src/protocol/engine.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { scriptedTrace } from '../../support/scriptedTrace.ts';
import { ScriptedEngine } from '../scriptedEngine.ts';
import { ScriptedServing } from './scriptedServing.ts';
import type { Served } from './served.ts';
import { post, readEvents, startServe } from './served.ts';

const CHAT = { model: 'mentorcollab', messages: [{ role: 'user', content: 'What is 2 + 3?' }] };

interface Chat {
  readonly model: string;
  readonly choices: readonly {
    readonly message: { readonly content: string };
    readonly delta: { readonly content?: string };
    readonly finish_reason: string;
  }[];
  readonly usage: { readonly completion_tokens: number; readonly mentorcollab: object };
}

/** An engine whose runs end as cancelled once they are aborted, as the real one's do. */
class StoppableEngine extends ScriptedEngine {
  override async solve(request: SolveRequest, listener: SolveListener, signal: AbortSignal): Promise<RunEnded> {
    const ended = await super.solve(request, listener, signal);
    return signal.aborted ? { ...ended, stop: 'cancelled' } : ended;
  }
}

describe('serve: the pair, on a scripted engine', () => {
  let lines: readonly TraceLine[] = [];
  const running: Served[] = [];
  before(async () => {
    ({ lines } = await scriptedTrace());
  });
  afterEach(async () => {
    for (const served of running.splice(0)) await served.stop();
  });
  async function start(runs: ScriptedEngine, args: readonly string[] = []): Promise<Served> {
    const served = await startServe(new ScriptedServing(runs), args);
    running.push(served);
    return served;
  }
  const chat = async (served: Served, body: object = {}): Promise<Chat> =>
    // Written by the code under test; its fields are what is checked.
    (await (await post(`${served.url}/chat/completions`, { ...CHAT, ...body })).json()) as Chat;

  it("writes the run's text and counts the tokens of both models", async () => {
    const { choices, usage, model } = await chat(await start(new ScriptedEngine(lines)));
    assert.equal(model, 'mentorcollab');
    assert.equal(choices[0]?.message.content, 'The sum is 5. The answer is 5.');
    assert.equal(choices[0].finish_reason, 'stop');
    const ended = lines.at(-1);
    assert.equal(ended?.type, 'run-ended');
    const { generator, mentor } = ended.tokens;
    assert.equal(usage.completion_tokens, generator.accepted + mentor.accepted);
    assert.deepEqual(usage.mentorcollab, { generator, mentor, mentor_share: ended.mentorShare });
  });

  it('streams a text for each step', async () => {
    const served = await start(new ScriptedEngine(lines));
    const response = await post(`${served.url}/chat/completions`, { ...CHAT, stream: true });
    const chunks = readEvents(await response.text()).documents as readonly Chat[];
    const texts = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').filter((text) => text !== '');
    const steps = lines.flatMap((line) => (line.type === 'step-taken' && line.text !== '' ? [line.text] : []));
    assert.deepEqual(texts, steps);
  });

  it('runs as the options say, but for what a request says itself', async () => {
    const runs = new ScriptedEngine(lines);
    const served = await start(runs, '--probability 0.5 --max-tokens 99 --seed 7 --patch-tokens 4'.split(' '));
    await chat(served);
    await chat(served, { model: 'demo-small+demo-mentor', max_tokens: 5, seed: 3 });
    await (await post(`${served.url}/completions`, { model: 'mentorcollab', prompt: 'raw <|user|>' })).text();
    const [first, second, third] = runs.requests;
    assert.deepEqual(
      [first, second].map((one) => [one?.settings.maxTokens, one?.settings.seed, one?.settings.patchTokens]),
      [
        [99, 7, 4],
        [5, 3, 4],
      ],
    );
    assert.deepEqual(first?.settings.decision, { policy: 'random', probability: 0.5 });
    assert.deepEqual(third?.prompt, { form: 'raw', text: 'raw <|user|>' });
    assert.equal(third.settings.maxTokens, 99);
  });

  it('ends before a stop string of the request or of the method, and counts as stopped', async () => {
    const served = await start(new StoppableEngine(lines));
    const { choices } = await chat(served, { stop: ' The' });
    assert.deepEqual([choices[0]?.message.content, choices[0]?.finish_reason], ['The sum is 5.', 'stop']);
    const words = ['One', '.', '\n\nproblem', ':', ' two'];
    const { lines: ends } = await scriptedTrace({ generator: words, mentor: words });
    const own = await chat(await start(new StoppableEngine(ends)));
    assert.equal(own.choices[0]?.message.content, 'One.');
  });

  it('says when the limit has ended a run', async () => {
    const cut = await scriptedTrace({ settings: { maxTokens: 2, patchTokens: 1 } });
    const { choices } = await chat(await start(new ScriptedEngine(cut.lines)));
    assert.equal(choices[0]?.finish_reason, 'length');
  });

  it('tells why a run failed', async () => {
    const { lines: full } = await scriptedTrace({ contextSize: 12 });
    const served = await start(new ScriptedEngine(full));
    const response = await post(`${served.url}/chat/completions`, CHAT);
    assert.equal(response.status, 400);
    const { error } = (await response.json()) as { error: { code: string } };
    assert.equal(error.code, 'context_length_exceeded');
    const never = await start(new ScriptedEngine([], new MentorCollabError('model-missing', 'There is no file.')));
    assert.equal((await post(`${never.url}/chat/completions`, CHAT)).status, 500);
  });

  it('serves a model on another server as a part of the pair only', async () => {
    const runs = new ScriptedEngine(lines);
    const served = await start(runs, ['--generator', 'demo-small', '--mentor', 'http://127.0.0.1:9/v1#big']);
    assert.deepEqual(served.models, ['demo-small', 'mentorcollab']);
    await chat(served, { model: 'demo-small+big' });
    const [request] = runs.requests;
    assert.equal(
      request?.generator.type === 'file' && request.generator.path.endsWith(join('', 'demo-small.gguf')),
      true,
    );
    assert.deepEqual(request?.mentor, { type: 'server', url: 'http://127.0.0.1:9/v1', model: 'big', apiKey: null });
  });
});
