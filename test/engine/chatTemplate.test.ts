import assert from 'node:assert/strict';
import { renderChat } from '../../src/engine/chatTemplate.ts';

const WORDS = { bosText: '<s>', eosText: '</s>' };
const render = (source: string, question: string): string => {
  const { parts, question: shown } = renderChat({ source, ...WORDS }, question);
  return parts.join(shown);
};

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
    const { parts, question } = renderChat({ source: 'A{{ messages[0].content }}B', ...WORDS }, '{{ bos_token }}<s>');
    assert.deepEqual(parts, ['A', 'B']);
    assert.equal(question, '{{ bos_token }}<s>');
    const twice = renderChat({ source: '{{ messages[0].content }} {{ messages[0].content }}', ...WORDS }, 'Hi');
    assert.deepEqual(twice.parts, ['', ' ', '']);
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
      return () => renderChat({ source, ...WORDS }, 'Why?');
    };
    assert.throws(refused('no question'), { code: 'model-unsupported', message: /does not show the question/ });
    assert.throws(refused("{{ raise_exception('two turns only') }}"), {
      code: 'model-unsupported',
      message: /two turns only.*raw text/,
    });
    assert.throws(refused('{% if %}'), { code: 'model-unsupported' });
  });
});
