import { escapeHtml } from '../../../../export/escapeHtml.ts';

export interface Figure {
  /** Unique in the page; made of letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  /** What it shows, in words. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  /** The drawing, as elements of an SVG. */
  readonly drawing: string;
  /** Below the drawing, as HTML. */
  readonly caption?: string;
}

/** A plot with its title, and its description for those who do not see it. */
export function figureHtml({ id, title, description, width, height, drawing, caption }: Figure): string {
  return `<figure class="plot">
<figcaption><strong>${escapeHtml(title)}</strong></figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-words">
<title id="${id}-title">${escapeHtml(title)}</title>
<desc id="${id}-words">${escapeHtml(description)}</desc>
${drawing}
</svg>
${caption === undefined ? '' : `<div class="legend quiet">${caption}</div>\n`}</figure>`;
}
