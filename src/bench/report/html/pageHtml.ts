import { escapeHtml } from '../../../export/escapeHtml.ts';
import { HTML_STYLE, HTML_STYLE_HASH } from '../../../export/htmlStyle.ts';
import { ITEM_FILTER_HASH, ITEM_FILTER_SCRIPT } from './itemFilter.ts';
import { REPORT_STYLE, REPORT_STYLE_HASH } from './reportStyle.ts';

/** What a program adds that shows a report within itself. */
export interface PageAddition {
  /** Comes behind the page's own style sheets. */
  readonly style: string;
  /** Comes before the page's content, as HTML. */
  readonly header: string;
  /** Comes behind the page's own script. */
  readonly script: string;
  /** Permission for style and script: letters and digits that nobody could guess, others for every page. */
  readonly nonce: string;
}

function policyOf(addition: PageAddition | null): string {
  const added = addition === null ? '' : ` 'nonce-${addition.nonce}'`;
  return [
    "default-src 'none'",
    `style-src '${HTML_STYLE_HASH}' '${REPORT_STYLE_HASH}'${added}`,
    `script-src '${ITEM_FILTER_HASH}'${added}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Fills of bars that do without colour; once in a page, since a closed part of it would hide them from the others. */
const PATTERNS = `<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>
<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6"/><circle cx="3" cy="3" r="1"/></pattern>
<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6"/><path d="M1.5 0V6"/></pattern>
</defs></svg>`;

/** A page that needs nothing else: its own policy forbids it all but its style sheets and the filter of its items. */
export function pageHtml(title: string, content: string, addition: PageAddition | null = null): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(addition)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – MentorCollab</title>
<style>${HTML_STYLE}</style>
<style>${REPORT_STYLE}</style>${addition === null ? '' : `\n<style nonce="${addition.nonce}">${addition.style}</style>`}
</head>
<body>
${PATTERNS}${addition === null ? '' : `\n${addition.header}`}
<main>
${content}
</main>
<script>${ITEM_FILTER_SCRIPT}</script>${addition === null ? '' : `\n<script nonce="${addition.nonce}">${addition.script}</script>`}
</body>
</html>
`;
}
