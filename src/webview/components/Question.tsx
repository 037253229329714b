import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

/** A question longer than this, in characters or lines, is folded to three lines at first. */
const SHORT_CHARACTERS = 280;
const SHORT_LINES = 3;

interface QuestionProps {
  readonly text: string;
  /** The user's own title above it; null (the default) for none. */
  readonly title?: string | null;
}

/** The question as the heading of its page, folded at first when it is long. */
export function Question({ text, title = null }: QuestionProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const isLong = text.length > SHORT_CHARACTERS || text.split('\n').length > SHORT_LINES;
  return (
    <div class="question">
      {title !== null && <p class="run-title">{title}</p>}
      <h1 id="question" class={isLong && !isOpen ? 'question-text is-folded' : 'question-text'}>
        {text}
      </h1>
      {isLong && (
        <button
          type="button"
          class="link-button"
          aria-expanded={isOpen}
          aria-controls="question"
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          {isOpen ? 'Show Less' : 'Show Whole Question'}
        </button>
      )}
    </div>
  );
}
