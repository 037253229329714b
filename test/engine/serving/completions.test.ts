import assert from 'node:assert/strict';
import { fileSource } from '../../../src/core/modelSource.ts';
import { openLlamaServing } from '../../../src/engine/serving/llamaServing.ts';
import type {
  CompletionEnd,
  CompletionRequest,
  PlacedToken,
  ServingEngine,
} from '../../../src/engine/serving/servingEngine.ts';
import { DEMO_MENTOR, DEMO_QUESTION, DEMO_SMALL } from '../../support/models/demoModels.ts';
import { writeEndlessModel } from '../../support/models/endlessModel.ts';
import { openLlamaModel } from '../../support/models/openLlamaModel.ts';
import { demoRequest, RecordedRun } from '../../support/recordedRun.ts';
import { scratchFolder } from '../../support/scratchFolder.ts';

const OPTIONS = { contextSize: null, threads: 1, gpu: 'off' as const };
const SMALL = { source: fileSource(DEMO_SMALL), options: OPTIONS };
const MENTOR = { source: fileSource(DEMO_MENTOR), options: OPTIONS };
const PROMPT = `<|user|>\n${DEMO_QUESTION}<|end|>\n<|assistant|>\n`;
/** Rounding differs with how many tokens one pass reads. */
const NOISE = 0.005;
const never = new AbortController().signal;

/** What one completion has told. */
interface Told {
  readonly prompt: readonly PlacedToken[];
  readonly cached: number;
  readonly written: readonly PlacedToken[];
  readonly end: CompletionEnd;
  readonly text: string;
}

async function complete(engine: ServingEngine, changes: Partial<CompletionRequest> = {}): Promise<Told> {
  const request: CompletionRequest = {
    model: SMALL,
    prompt: { form: 'raw', text: PROMPT },
    maxTokens: 24,
    top: 5,
    measuresPrompt: false,
    ...changes,
  };
  let prompt: readonly PlacedToken[] = [];
  let cached = 0;
  const written: PlacedToken[] = [];
  const listener = {
    onPrompt: (tokens: readonly PlacedToken[], known: number) => {
      prompt = tokens;
      cached = known;
    },
    onToken: (token: PlacedToken) => {
      written.push(token);
      return 'goOn' as const;
    },
  };
  const end = await engine.complete(request, listener, never);
  return { prompt, cached, written, end, text: textOf(written) };
}

function textOf(tokens: readonly PlacedToken[]): string {
  return tokens.map(({ text }) => text).join('');
}

function assertNear(actual: number | null | undefined, expected: number | null | undefined, what: string): void {
  const difference = Math.abs((actual ?? NaN) - (expected ?? NaN));
  assert.ok(difference < NOISE, `${what}: ${String(actual)} is not near ${String(expected)}`);
}

describe('single models by the token, on the demo pair', () => {
  const folder = scratchFolder();
  const engine = openLlamaServing();
  after(() => engine.runs.dispose());

  it('writes what the engine writes by itself, with the same numbers', async () => {
    const model = await openLlamaModel(DEMO_SMALL);
    const text = await model.openText({ form: 'chat', question: DEMO_QUESTION }, { signal: { aborted: false } });
    const draft = await text.draft(24);
    await model.dispose();
    const { written, end } = await complete(engine);
    assert.equal(textOf(written), draft.text);
    assert.equal(end, 'maxTokens');
    for (const [index, piece] of draft.pieces.entries()) {
      assertNear(written[index]?.logProbability, piece.logProbability, `token ${index}`);
    }
  });

  it('reads a chat as the same words in raw text, and as the same tokens', async () => {
    const raw = await complete(engine);
    const chat = await complete(engine, { prompt: { form: 'chat', question: DEMO_QUESTION } });
    const tokens = await complete(engine, { prompt: { form: 'tokens', tokens: raw.prompt.map(({ id }) => id) } });
    for (const other of [chat, tokens]) {
      assert.deepEqual(other.prompt, raw.prompt);
      assert.equal(other.text, raw.text);
    }
  });

  it('measures a prompt as it measures the same tokens when it writes them', async () => {
    for (const model of [SMALL, MENTOR]) {
      const { written, text } = await complete(engine, { model });
      const { prompt, end } = await complete(engine, {
        model,
        prompt: { form: 'raw', text: PROMPT + text },
        maxTokens: 0,
        measuresPrompt: true,
      });
      assert.equal(end, 'maxTokens');
      assert.equal(textOf(prompt), PROMPT + text);
      const measured = prompt.slice(-written.length);
      assert.deepEqual(
        measured.map(({ id }) => id),
        written.map(({ id }) => id),
      );
      for (const [index, token] of written.entries()) {
        assertNear(measured[index]?.logProbability, token.logProbability, `token ${index}`);
        // It was the greedy choice, so it leads the list in both places.
        assert.equal(measured[index]?.top[0]?.id, token.id);
      }
    }
  });

  it('measures a whole prompt as one that is read token by token', async () => {
    const { prompt } = await complete(engine, { maxTokens: 0, measuresPrompt: true });
    assert.equal(prompt[0]?.logProbability, null);
    const ids = prompt.map(({ id }) => id);
    for (const place of [1, 2, 7, ids.length - 1]) {
      const { written } = await complete(engine, {
        prompt: { form: 'tokens', tokens: ids.slice(0, place) },
        maxTokens: 1,
        top: 20,
      });
      const listed = written[0]?.top.find(({ id }) => id === ids[place]);
      if (listed) assertNear(prompt[place]?.logProbability, listed.logProbability, `token ${place}`);
      else assert.ok((prompt[place]?.logProbability ?? 0) <= (written[0]?.top.at(-1)?.logProbability ?? 0) + NOISE);
    }
  });

  it('uses what is cached, and says the same as from an empty cache', async () => {
    const fresh = openLlamaServing();
    try {
      const first = await complete(fresh);
      assert.equal(first.cached, 0);
      const again = await complete(fresh);
      assert.equal(again.cached, again.prompt.length);
      assert.deepEqual(again.written, first.written);
      const longer = await complete(fresh, { prompt: { form: 'raw', text: `${PROMPT}${first.text}` }, maxTokens: 8 });
      assert.ok(longer.cached >= first.prompt.length);
      const other = openLlamaServing();
      const cold = await complete(other, { prompt: { form: 'raw', text: `${PROMPT}${first.text}` }, maxTokens: 8 });
      await other.runs.dispose();
      assert.equal(longer.text, cold.text);
      // More numbers than were kept: the prompt is read again, and they are the same.
      const wide = await complete(fresh, { top: 20, measuresPrompt: true });
      assert.equal(wide.text, first.text);
      assert.equal(wide.written[0]?.top.length, 20);
      assertNear(wide.written[3]?.logProbability, first.written[3]?.logProbability, 'token 3');
    } finally {
      await fresh.runs.dispose();
    }
  });

  it('tells as many candidates as asked for, best first, and none where nothing is to be measured', async () => {
    for (const top of [0, 1, 20]) {
      const { written } = await complete(engine, { top, maxTokens: 3 });
      for (const token of written) {
        assert.equal(token.top.length, top);
        const numbers = token.top.map(({ logProbability }) => logProbability);
        assert.deepEqual(
          numbers,
          [...numbers].sort((a, b) => b - a),
        );
        assert.ok(numbers.every((number) => number <= 0));
        assert.ok((token.logProbability ?? 1) <= 0);
      }
    }
  });

  it('ends with the turn, at the limit, and where the context is full', async () => {
    assert.equal((await complete(engine, { model: MENTOR, maxTokens: null })).end, 'endOfTurn');
    assert.equal((await complete(engine, { maxTokens: 0 })).text, '');
    const path = folder.file('endless.gguf');
    await writeEndlessModel(path);
    const model = { source: fileSource(path), options: { ...OPTIONS, contextSize: 128 } };
    const prompt = { form: 'chat' as const, question: 'one two' };
    const { end, written, prompt: read } = await complete(engine, { model, prompt, maxTokens: null });
    assert.equal(end, 'contextFull');
    assert.equal(read.length + written.length, 128);
    const long = { form: 'chat' as const, question: 'one '.repeat(200) };
    await assert.rejects(complete(engine, { model, prompt: long }), { code: 'context-full' });
  });

  it('refuses tokens that the model does not have, and an empty prompt', async () => {
    await assert.rejects(complete(engine, { prompt: { form: 'tokens', tokens: [1, 1_000_000] } }), {
      code: 'bad-input',
      message: /There is no token 1000000 in this model/,
    });
    await assert.rejects(complete(engine, { prompt: { form: 'tokens', tokens: [] } }), { code: 'bad-input' });
  });

  it('stops within one token of an abort, and goes on with the next request', async () => {
    const abort = new AbortController();
    let written = 0;
    const listener = {
      onPrompt: () => undefined,
      onToken: () => {
        written += 1;
        if (written === 3) abort.abort();
        return 'goOn' as const;
      },
    };
    const request = { model: SMALL, prompt: { form: 'raw' as const, text: PROMPT }, top: null, measuresPrompt: false };
    await assert.rejects(engine.complete({ ...request, maxTokens: 100 }, listener, abort.signal), {
      code: 'cancelled',
    });
    assert.equal(written, 3);
    await assert.rejects(engine.complete({ ...request, maxTokens: 1 }, listener, abort.signal), { code: 'cancelled' });
    assert.equal((await complete(engine)).end, 'maxTokens');
  });

  it('is told at once that it is not wanted any more, also while another has its turn', async () => {
    const abort = new AbortController();
    const left = new AbortController();
    const order: string[] = [];
    const request = { model: SMALL, prompt: { form: 'raw' as const, text: PROMPT }, top: null, measuresPrompt: false };
    const listener = {
      onPrompt: () => undefined,
      onToken: () => {
        left.abort();
        return 'goOn' as const;
      },
    };
    const atWork = engine
      .complete({ ...request, maxTokens: 40 }, listener, abort.signal)
      .then(() => order.push('done'));
    const waiting = engine
      .complete({ ...request, maxTokens: 1 }, listener, left.signal)
      .catch(() => order.push('left'));
    await Promise.all([atWork, waiting]);
    assert.deepEqual(order, ['left', 'done']);
  });

  it('takes turns with the runs of the pair, on the same models', async () => {
    const before = await complete(engine);
    const [run, beside] = await Promise.all([
      (async () => {
        const recorded = new RecordedRun();
        await engine.runs.solve(demoRequest(), recorded, never);
        return recorded;
      })(),
      complete(engine),
    ]);
    assert.equal(run.view.ended?.stop, 'end');
    assert.equal(beside.text, before.text);
    assert.equal((await engine.runs.status()).loadedModels.length, 2);
  });

  it('tokenises and puts together again, special tokens and cut characters included', async () => {
    const text = `${PROMPT}é😀 <|end|>`;
    const parsed = await engine.tokenize(SMALL, text, { addsBos: false, parsesSpecial: true }, never);
    assert.ok(parsed.some(({ controlWord }) => controlWord === '<|user|>'));
    assert.equal(
      await engine.detokenize(
        SMALL,
        parsed.map(({ id }) => id),
        never,
      ),
      text,
    );
    const plain = await engine.tokenize(SMALL, '<|end|>', { addsBos: false, parsesSpecial: false }, never);
    assert.ok(plain.length > 1 && plain.every(({ controlWord }) => controlWord === null));
  });

  it('renders a conversation by the template of its model', async () => {
    const messages = [
      { role: 'user', content: 'One?' },
      { role: 'assistant', content: 'Two.' },
      { role: 'user', content: 'Three?' },
    ] as const;
    assert.equal(
      await engine.renderChat(SMALL, messages, never),
      '<|user|>\nOne?<|end|>\n<|assistant|>\nTwo.<|end|>\n<|user|>\nThree?<|end|>\n<|assistant|>\n',
    );
  });

  it('inspects a model: its facts, template and special words', async () => {
    const { facts, chatTemplate, eosWord } = await engine.inspect(SMALL, () => undefined, never);
    assert.deepEqual([facts.name, facts.contextSize, eosWord], ['demo-small', 1_024, '<|end|>']);
    assert.match(chatTemplate ?? '', /add_generation_prompt/);
  });
});
