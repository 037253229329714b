import assert from 'node:assert/strict';
import type { CancelSignal, LanguageModel, ModelText, Patch, Prompt, Word } from '../../src/core/languageModel.ts';
import { assertFails, countsOf, failureOf, write } from './contractChecks.ts';
import type { Chat, ContractSubject, Open } from './contractSubject.ts';
import { defineHiddenStateCases } from './hiddenStateCases.ts';
import { defineGivenTextCases } from './givenTextCases.ts';
import { defineWritingCases } from './writingCases.ts';

const NEVER: CancelSignal = { aborted: false };

/** Defines one suite of cases for a model; every implementation of the contract runs the same. */
export function describeLanguageModelContract(name: string, subject: ContractSubject): void {
  describe(`contract of a language model: ${name}`, function () {
    this.timeout(300_000);
    let model: LanguageModel;

    before(async function () {
      if (subject.skipReason) {
        console.log(`      skipped: ${subject.skipReason}`);
        this.skip();
      }
      model = await subject.open();
    });
    after(() => (subject.skipReason ? undefined : model.dispose()));

    const chat = (question = subject.question): Prompt => ({ form: 'chat', question });
    const open = (prompt = chat(), signal = NEVER): Promise<ModelText> => model.openText(prompt, { signal });

    definePromptCases(() => model, open, chat, subject);
    defineWritingCases(open, chat, subject);
    defineGivenTextCases(open, subject);
    defineFailureCases(() => model, open, chat, subject);
    if (subject.isBehindServer) defineRequestCases(open, chat);
    else defineStepwiseCases(open, chat);
    if (subject.isBehindServer) defineNoHiddenStateCase(open);
    else if (!subject.skipReason) defineHiddenStateCases(subject);
  });
}

function defineNoHiddenStateCase(open: Open): void {
  it('has no hidden states to tell, and says so', async () => {
    const error = await failureOf((await open()).hiddenState(' so'));
    assert.equal(error.code, 'bad-input');
    assert.match(error.message, /runs on this machine/);
  });
}

function definePromptCases(model: () => LanguageModel, open: Open, chat: Chat, subject: ContractSubject): void {
  it('reads its prompt once, when asked to, and not again', async () => {
    const text = await open();
    assert.ok(text.promptAsSent.includes(subject.question));
    assert.deepEqual(text.usage(), { ...text.usage(), evaluated: 0, decoded: 0, passes: 0 });
    await text.readPrompt();
    assert.equal(text.usage().prefilled, text.promptTokens);
    const written = subject.isBehindServer ? text.usage().decoded : 0;
    assert.equal(text.usage().evaluated, text.promptTokens + written);
    const read = text.usage();
    await text.readPrompt();
    assert.deepEqual(countsOf(text.usage()), countsOf(read));
  });

  it('sends raw text as it is', async () => {
    const text = await open({ form: 'raw', text: 'Once upon a time' });
    assert.ok(text.promptAsSent.endsWith('Once upon a time'));
    assert.ok((await text.nextWord({ entropy: false })).candidates.length > 0);
  });

  it("keeps a special token's text in a question as text", async () => {
    const plain = await open(chat('Say a b.'));
    if (subject.isBehindServer) await plain.readPrompt();
    const plainTokens = plain.promptTokens;
    const tricky = await open(chat(`Say a${subject.specialText} b.`));
    if (subject.isBehindServer) await tricky.readPrompt();
    // A server parses the whole prompt, so there the text is broken up by a character that nobody sees.
    assert.ok(tricky.promptAsSent.replaceAll('\u200b', '').includes(subject.specialText));
    assert.equal(tricky.promptAsSent.includes(`a${subject.specialText} b`), !subject.isBehindServer);
    assert.ok(tricky.promptTokens >= plainTokens + 2, `${tricky.promptTokens} tokens, without it ${plainTokens}`);
  });

  it('repeats a run exactly, numbers included, since every text starts from an empty cache', async () => {
    const run = async (): Promise<readonly (Word | Patch)[]> => {
      const text = await open();
      const words = await write(text, 3);
      return [...words, await text.draft(4)];
    };
    assert.deepEqual(await run(), await run());
  });

  it('tells its name and the size of its context', () => {
    assert.notEqual(model().facts.name, '');
    assert.ok(contextSizeOf(model()) > 0);
  });
}

function contextSizeOf({ facts }: LanguageModel): number {
  assert.ok(facts.contextSize !== null);
  return facts.contextSize;
}

function defineFailureCases(model: () => LanguageModel, open: Open, chat: Chat, subject: ContractSubject): void {
  it('refuses everything once it is aborted', async () => {
    const signal = { aborted: false };
    const text = await open(chat(), signal);
    await text.nextWord({ entropy: false });
    signal.aborted = true;
    text.append(' and');
    await assertFails(text.readPrompt(), 'cancelled');
    await assertFails(text.nextWord({ entropy: false }), 'cancelled');
    await assertFails(text.draft(3), 'cancelled');
    await assertFails(text.compareLetters(' (', ['A']), 'cancelled');
  });

  it('refuses a prompt that does not fit its context, saying how much it needs and has', async () => {
    const contextSize = contextSizeOf(model());
    const read = async (): Promise<void> => {
      const text = await open(chat('word '.repeat(contextSize)));
      if (subject.isBehindServer) await text.readPrompt();
    };
    const error = await failureOf(read());
    assert.equal(error.code, 'context-full');
    assert.match(error.message, /\d{3}.*\d{3}/);
    await (await open()).nextWord({ entropy: false });
  });

  it('refuses to go on when text or suffix no longer fit, and goes on with less', async () => {
    const text = await open();
    const long = ' word'.repeat(contextSizeOf(model()));
    await assertFails(text.compareLetters(long, ['A']), 'context-full');
    await text.nextWord({ entropy: false });
    text.append(long);
    await assertFails(text.nextWord({ entropy: false }), 'context-full');
    await assertFails(text.draft(2), 'context-full');
    assert.ok(text.countTokens() > 0);
  });

  it('closes a text when another is opened', async () => {
    const first = await open();
    const second = await open();
    await assertFails(first.nextWord({ entropy: false }), 'internal');
    await second.nextWord({ entropy: false });
  });
}

/** Cases of models that run here, token by token. */
function defineStepwiseCases(open: Open, chat: Chat): void {
  it('stops within one token of an abort', async () => {
    const looks = { left: Infinity };
    const signal: CancelSignal = {
      get aborted() {
        looks.left -= 1;
        return looks.left < 0;
      },
    };
    const text = await open(chat(), signal);
    await text.readPrompt();
    const before = text.usage().decoded;
    looks.left = 3;
    await assertFails(text.draft(100), 'cancelled');
    assert.ok(text.usage().decoded - before <= 3);
    looks.left = Infinity;
    assert.ok((await text.draft(1)).pieces.length <= 1);
  });
}

/** Cases of models behind a server, request by request. */
function defineRequestCases(open: Open, chat: Chat): void {
  it('ends the request that is under way when it is aborted, and takes the next text', async () => {
    const abort = new AbortController();
    const text = await open(chat(), abort.signal);
    const draft = failureOf(text.draft(200));
    abort.abort();
    assert.equal((await draft).code, 'cancelled');
    assert.equal((await (await open()).draft(1)).pieces.length, 1);
  });

  it('serves words it has written already without asking again', async () => {
    const text = await open();
    const first = await text.nextWord({ entropy: false });
    const { passes } = text.usage();
    text.append(first.text);
    await text.nextWord({ entropy: false });
    assert.equal(text.usage().passes, passes);
  });
}
