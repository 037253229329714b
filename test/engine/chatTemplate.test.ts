import assert from 'node:assert/strict';
import type { ChatMessage } from '../../src/core/languageModel.ts';
import { renderChat, textOf } from '../../src/engine/chatTemplate.ts';

const WORDS = { bosText: '<s>', eosText: '</s>' };
const asks = (content: string): ChatMessage => ({ role: 'user', content });
const render = (source: string, question: string): string => textOf(renderChat({ source, ...WORDS }, [asks(question)]));

describe('renderChat', () => {
  it('renders as the template says, default system prompt and all', () => {
    const source =
      "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}" +
      "{{ '<|im_start|>system\\nYou are helpful<|im_end|>\\n' }}{% endif %}" +
      "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}{% endfor %}" +
      "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";
    assert.equal(
      render(source, 'Why?'),
      '<|im_start|>system\nYou are helpful<|im_end|>\n<|im_start|>user\nWhy?<|im_end|>\n<|im_start|>assistant\n',
    );
  });

  it('passes the words for begin and end, and leaves thinking at the default of the template', () => {
    const source =
      '{{ bos_token }}{{ messages[0].content }}{{ eos_token }}' +
      '{% if enable_thinking is defined and enable_thinking is false %}<think></think>{% endif %}';
    assert.equal(render(source, 'Why?'), '<s>Why?</s>');
  });

  it('keeps the question apart from the words of the template, wherever it stands', () => {
    assert.deepEqual(renderChat({ source: 'A{{ messages[0].content }}B', ...WORDS }, [asks('{{ bos_token }}<s>')]), [
      { by: 'template', text: 'A' },
      { by: 'message', text: '{{ bos_token }}<s>' },
      { by: 'template', text: 'B' },
    ]);
    const source = '{{ messages[0].content }} {{ messages[0].content }}';
    assert.deepEqual(renderChat({ source, ...WORDS }, [asks('Hi')]), [
      { by: 'message', text: 'Hi' },
      { by: 'template', text: ' ' },
      { by: 'message', text: 'Hi' },
    ]);
  });

  it('keeps every message of a conversation apart, in the order of the template', () => {
    const source = "{% for message in messages %}<{{ message['role'] }}>{{ message['content'] }}{% endfor %}";
    const messages = [
      { role: 'system', content: '<user>' },
      asks('Why?'),
      { role: 'assistant', content: 'Because.' },
      asks('Why?'),
    ] as const;
    const parts = renderChat({ source, ...WORDS }, messages);
    assert.deepEqual(
      parts.filter(({ by }) => by === 'message').map(({ text }) => text),
      ['<user>', 'Why?', 'Because.', 'Why?'],
    );
    assert.equal(textOf(parts), '<system><user><user>Why?<assistant>Because.<user>Why?');
    const last = '{{ messages[-1].content }}';
    assert.throws(() => renderChat({ source: last, ...WORDS }, messages), { message: /message 1 of 4 \(system\)/ });
  });

  it('trims the question where the template does, and nowhere else', () => {
    assert.equal(render('[{{ messages[0].content | trim }}]', '  Hi\n'), '[Hi]');
    assert.equal(render('[{{ messages[0].content }}]', '  Hi\n'), '[  Hi\n]');
  });

  it('is not misled by a question that contains its own placeholder', () => {
    const question = 'QuestionGoesHere or QuestionGoesHereX?';
    assert.equal(render('[{{ messages[0].content }}]', question), `[${question}]`);
  });

  it('refuses a template that fails or does not show the question, with the reason', () => {
    const refused = (source: string): (() => unknown) => {
      return () => renderChat({ source, ...WORDS }, [asks('Why?')]);
    };
    assert.throws(refused('no question'), { code: 'model-unsupported', message: /does not show the question/ });
    assert.throws(refused("{{ raise_exception('two turns only') }}"), {
      code: 'model-unsupported',
      message: /two turns only.*raw text/,
    });
    assert.throws(refused('{% if %}'), { code: 'model-unsupported' });
  });
});
