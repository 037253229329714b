import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

type Keys = readonly (readonly [keys: readonly string[], what: string])[];

const KEYS: Keys = [
  [['←', '→', 'j', 'k'], 'previous or next decision'],
  [['Home', 'End'], 'first or last decision'],
  [['p', 'n'], "previous or next of the mentor's patches"],
  [['Enter', 'Space'], 'open or close the decision'],
  [[',', '.', '[', ']'], 'previous or next word, probed or not, while a step is open'],
  [['Escape'], 'close the step'],
  [['Shift+Alt+F5', 'Alt+F5'], "previous or next of the mentor's patches, also in the view Decisions"],
  [['Shift+Alt+F8', 'Alt+F8'], 'previous or next decision, also in the view Decisions'],
  [['?'], 'this list'],
];

const TIMELINE_KEYS: Keys = [
  [['←', '→', 'j', 'k'], 'previous or next decision'],
  [['↓', '↑', ',', '.', '[', ']'], 'previous or next step'],
  [['p', 'n'], "previous or next of the mentor's patches"],
  [['Home', 'End'], 'first or last step'],
  [['Page Down', 'Page Up'], 'a tenth of the axis back or on'],
  [['Shift'], 'with any of ← → ↑ ↓, Home, End, Page Up, Page Down: choose a range'],
  [['Enter', 'Space'], 'open or close the step'],
  [['+', '−'], 'zoom in, or the whole run'],
  [['Escape'], 'give the range up, then the zoom, then close the step'],
];

/** What the keys do in this panel; nowhere else in the window. */
export function KeyboardHelp({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    // The button that has the focus is the last of a list that may be longer than the window.
    dialog.current?.scrollTo(0, 0);
  }, []);
  return (
    <dialog ref={dialog} class="keyboard-help" aria-labelledby="keyboard-help-title" onClose={onClose}>
      <h2 id="keyboard-help-title">Keys in this panel</h2>
      <KeyList keys={KEYS} />
      <h3>On the timeline</h3>
      <KeyList keys={TIMELINE_KEYS} />
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

function KeyList({ keys: list }: { readonly keys: Keys }): JSX.Element {
  return (
    <dl>
      {list.map(([keys, what]) => (
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
  );
}
