import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['←', '→', 'j', 'k'], 'previous or next decision'],
  [['Home', 'End'], 'first or last decision'],
  [['p', 'n'], "previous or next of the mentor's patches"],
  [['Enter', 'Space'], 'open or close the decision'],
  [[',', '.', '[', ']'], 'previous or next word, probed or not, while a step is open'],
  [['Escape'], 'close the step'],
  [['?'], 'this list'],
];

/** What the keys do in this panel; nowhere else in the window. */
export function KeyboardHelp({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="keyboard-help" aria-labelledby="keyboard-help-title" onClose={onClose}>
      <h2 id="keyboard-help-title">Keys in this panel</h2>
      <dl>
        {KEYS.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <button
        type="button"
        class="button"
        onClick={() => {
          dialog.current?.close();
        }}
      >
        Close
      </button>
    </dialog>
  );
}
