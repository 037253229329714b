import { Template } from '@huggingface/jinja';
import { MentorCollabError } from '../core/errors.ts';

/** A model's own chat template and the words it may use. */
export interface ChatTemplate {
  /** Jinja source as it stands in the GGUF file. */
  readonly source: string;
  readonly bosText: string;
  readonly eosText: string;
}

/** A rendered prompt, cut where the user's text goes. */
export interface RenderedChat {
  /** The template's words; the user's text stands between each two of them. */
  readonly parts: readonly string[];
  /** The user's text as the template writes it: some templates trim it. */
  readonly question: string;
}

/**
 * Renders a question into a chat template, apart from the question itself, so that nothing in it is ever taken for a
 * special token.
 *
 * @throws MentorCollabError `model-unsupported` when the template can't be rendered or does not show the question.
 */
export function renderChat(template: ChatTemplate, question: string): RenderedChat {
  const placeholder = placeholderFor(template.source + question);
  const parts = render(template, placeholder).split(placeholder);
  if (parts.length < 2) {
    throw unsupported('it does not show the question', undefined);
  }
  const real = render(template, question);
  const shown = [question, question.trim()].find((text) => parts.join(text) === real) ?? question;
  return { parts, question: shown };
}

/** Letters that occur nowhere in the text. */
function placeholderFor(text: string): string {
  let placeholder = 'QuestionGoesHere';
  while (text.includes(placeholder)) placeholder += 'X';
  return placeholder;
}

function render(template: ChatTemplate, content: string): string {
  try {
    return new Template(template.source).render({
      messages: [{ role: 'user', content }],
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
