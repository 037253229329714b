import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ComposerView } from '../model/panelModel.ts';
import type { PanelActions } from '../panelActions.ts';

interface ComposerProps {
  readonly composer: ComposerView;
  readonly actions: PanelActions;
}

/** The question box. What is wrong with a question the host says, since it is the one to answer it. */
export function Composer({ composer, actions }: ComposerProps): JSX.Element {
  const box = useRef<HTMLTextAreaElement>(null);
  const { openedWith, text } = composer;
  useLayoutEffect(() => {
    box.current?.focus();
    // Only text that is still as it came is there to be replaced.
    if (box.current?.value === openedWith) box.current.select();
  }, [openedWith]);
  useLayoutEffect(() => {
    if (box.current) growToText(box.current);
  }, [text]);
  const ask = (): void => {
    actions.send({ type: 'question-asked', question: box.current?.value ?? text });
  };
  const close = (): void => {
    actions.send({ type: 'composer-closed' });
  };
  return (
    <form
      class="composer"
      aria-label="New question"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <label for="question-box">Your question</label>
      <textarea
        id="question-box"
        ref={box}
        rows={3}
        value={text}
        aria-describedby="question-help"
        onInput={(event) => {
          actions.editQuestion(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          // An Enter that ends the composition of a character is not meant for us.
          if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
          if (event.key === 'Escape') close();
          else if (event.key === 'Enter' && !event.shiftKey) ask();
          else return;
          event.preventDefault();
        }}
      />
      <div class="composer-bottom">
        <p id="question-help" class="quiet">
          <kbd>Enter</kbd> asks, <kbd>Shift+Enter</kbd> starts a new line, <kbd>Escape</kbd> closes.
        </p>
        <button type="button" class="button" onClick={close}>
          Cancel
        </button>
        <button type="submit" class="button button-primary">
          Ask
        </button>
      </div>
    </form>
  );
}

/** The box is as high as its text, within what the style sheet allows. */
function growToText(box: HTMLTextAreaElement): void {
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight + 2}px`;
}
