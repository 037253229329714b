import type { ComponentChildren, JSX } from 'preact';
import { IconButton } from '../IconButton.tsx';

interface SidePaneFrameProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Something beside the text, with its heading and a way to close it. */
export function SidePaneFrame({ title, onClose, children }: SidePaneFrameProps): JSX.Element {
  return (
    <aside class="inspector side" aria-label={title}>
      <div class="inspector-top">
        <h2>{title}</h2>
        <IconButton label={`Close ${title}`} path="M4 4l8 8M12 4l-8 8" onClick={onClose} />
      </div>
      {children}
    </aside>
  );
}
