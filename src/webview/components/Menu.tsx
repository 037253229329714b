import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** One thing to choose. */
export interface MenuItem {
  readonly label: string;
  readonly isEnabled: boolean;
  /** Whether there is a button for it wherever there is room. */
  readonly isForNarrow?: boolean;
  readonly onChoose: () => void;
}

interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
}

/** A button that unfolds a list of rarer things to do. */
export function Menu({ label, items }: MenuProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const entries = (): readonly HTMLElement[] =>
    [...(whole.current?.querySelectorAll<HTMLElement>('[role="menuitem"]:not(:disabled)') ?? [])].filter((entry) =>
      entry.checkVisibility(),
    );
  useLayoutEffect(() => {
    if (isOpen) entries()[0]?.focus();
  }, [isOpen]);
  const close = (): void => {
    setOpen(false);
    whole.current?.querySelector('button')?.focus();
  };
  const pressed = (event: KeyboardEvent): void => {
    if (!isOpen) return;
    const all = entries();
    const at = all.findIndex((entry) => entry === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === 'Escape') close();
    else if (to !== undefined) all[to % all.length]?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={whole}
      class="menu"
      onKeyDown={pressed}
      onFocusOut={(event) => {
        const to = event.relatedTarget;
        if (!(to instanceof Node && whole.current?.contains(to) === true)) setOpen(false);
      }}
    >
      <button
        type="button"
        class="button button-quiet"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {label}
        <span aria-hidden="true"> ▾</span>
      </button>
      {isOpen && <MenuList label={label} items={items} onClose={close} />}
    </div>
  );
}

function MenuList({ label, items, onClose }: MenuProps & { readonly onClose: () => void }): JSX.Element {
  return (
    <div class="menu-list" role="menu" aria-label={label}>
      {items.map((item) => (
        <button
          key={item.label}
          type="button"
          role="menuitem"
          class={item.isForNarrow === true ? 'when-narrow' : undefined}
          tabIndex={-1}
          disabled={!item.isEnabled}
          onClick={() => {
            onClose();
            item.onChoose();
          }}
        >
          {item.label}
        </button>
      ))}
    </div>
  );
}
