import type { JSX } from 'preact';

interface IconButtonProps {
  readonly label: string;
  /** An SVG path in a box of 16 by 16. */
  readonly path: string;
  readonly isDisabled?: boolean;
  readonly onClick: () => void;
}

/** A button with a picture; its words are its label and its tooltip. */
export function IconButton({ label, path, isDisabled = false, onClick }: IconButtonProps): JSX.Element {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} disabled={isDisabled} onClick={onClick}>
      <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path d={path} />
      </svg>
    </button>
  );
}
