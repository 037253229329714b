import { Template } from '@huggingface/jinja';
import { MentorCollabError } from '../core/errors.ts';
import type { ChatMessage } from '../core/languageModel.ts';

/** A model's own chat template and the words it may use. */
export interface ChatTemplate {
  /** Jinja source as it stands in the GGUF file. */
  readonly source: string;
  readonly bosText: string;
  readonly eosText: string;
}

/** A rendered prompt, in the order of its text. */
export type RenderedChat = readonly RenderedPart[];

export interface RenderedPart {
  /** Whether it is the template's own, in which special tokens count, or of a message, in which nothing does. */
  readonly by: 'template' | 'message';
  readonly text: string;
}

/**
 * Renders messages into a chat template, each apart from the template's own words, so that nothing in a message is ever
 * taken for a special token. A message stands as the template writes it: some templates trim it.
 *
 * @param messages - the last one is the question.
 * @throws MentorCollabError `model-unsupported` when the template can't be rendered or does not show every message.
 */
export function renderChat(template: ChatTemplate, messages: readonly ChatMessage[]): RenderedChat {
  const placeholder = placeholderFor([template.source, ...messages.map(({ content }) => content)].join('\n'));
  const marked = messages.map((message, index) => ({ ...message, content: `${placeholder}${index}End` }));
  const parts = cut(render(template, marked), placeholder);
  const shown = new Set(parts.map((part) => (typeof part === 'number' ? part : null)));
  if (!messages.every((_, index) => shown.has(index))) throw unsupported(notShown(messages, shown), undefined);
  const real = render(template, messages);
  const filled = (change: (text: string) => string): RenderedChat =>
    parts.map((part) =>
      typeof part === 'number'
        ? { by: 'message', text: change(messages[part]?.content ?? '') }
        : { by: 'template', text: part },
    );
  const trimmed = filled((text) => text.trim());
  return textOf(trimmed) === real ? trimmed : filled((text) => text);
}

/** A rendered prompt as one string. */
export function textOf(chat: RenderedChat): string {
  return chat.map(({ text }) => text).join('');
}

/** Cuts at the placeholders; each becomes the number of its message. */
function cut(text: string, placeholder: string): readonly (string | number)[] {
  const pieces = text.split(new RegExp(`${placeholder}(\\d+)End`));
  // What a group of the pattern has caught stands at the odd places.
  return pieces.map((piece, index) => (index % 2 === 1 ? Number(piece) : piece)).filter((piece) => piece !== '');
}

function notShown(messages: readonly ChatMessage[], shown: ReadonlySet<number | null>): string {
  const missing = messages.findIndex((_, index) => !shown.has(index));
  return missing === messages.length - 1
    ? 'it does not show the question'
    : `it does not show message ${missing + 1} of ${messages.length} (${messages[missing]?.role ?? 'unknown'})`;
}

/** Letters that occur nowhere in the text. */
function placeholderFor(text: string): string {
  let placeholder = 'QuestionGoesHere';
  while (text.includes(placeholder)) placeholder += 'X';
  return placeholder;
}

function render(template: ChatTemplate, messages: readonly ChatMessage[]): string {
  try {
    return new Template(template.source).render({
      messages,
      add_generation_prompt: true,
      bos_token: template.bosText,
      eos_token: template.eosText,
    });
  } catch (cause) {
    throw unsupported(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function unsupported(reason: string, cause: unknown): MentorCollabError {
  return new MentorCollabError(
    'model-unsupported',
    `The model's chat template can't be used: ${reason}. Send the prompt as raw text, or choose another file of this model.`,
    { cause },
  );
}
