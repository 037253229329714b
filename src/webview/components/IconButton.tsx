import type { JSX } from 'preact';

/** A line that leaves another one: a branch. */
export const BRANCH_PATH = 'M3.5 2v12M3.5 11.5h2c3.5 0 5.5-2 5.5-6.5M8 7l3-3 3 3';

interface IconButtonProps {
  readonly label: string;
  /** An SVG path in a box of 16 by 16. */
  readonly path: string;
  readonly onClick: () => void;
}

/** A button with a picture; its words are its label and its tooltip. */
export function IconButton({ label, path, onClick }: IconButtonProps): JSX.Element {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={onClick}>
      <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path d={path} />
      </svg>
    </button>
  );
}
