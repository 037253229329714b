import { DARK_COLOURS, LIGHT_COLOURS } from '../../bench/report/html/reportStyle.ts';

/**
 * Gives a report the colours of the editor that shows it. VS Code says by classes of the body what kind of theme there
 * is, whatever the system prefers.
 */
export const REPORT_EDITOR_STYLE = `
body {
  ${LIGHT_COLOURS}
  color-scheme: light;
  --page: var(--vscode-editor-background);
  --text: var(--vscode-editor-foreground, var(--vscode-foreground));
  --quiet: var(--vscode-descriptionForeground, var(--text));
  --line: var(--vscode-panel-border, var(--vscode-widget-border, GrayText));
  --soft: color-mix(in srgb, var(--text) 4%, var(--page));
  --focus: var(--vscode-focusBorder);
  --link: var(--vscode-textLink-foreground);
  --mentor: #6639ba;
  --tint: #f3ecff;
  --curve: var(--arm-0);
  max-width: 80rem;
  padding: 0 1.5rem 4rem;
  font-family: var(--vscode-font-family, system-ui, sans-serif);
  font-size: .875rem;
}
body.vscode-dark, body.vscode-high-contrast:not(.vscode-high-contrast-light) {
  ${DARK_COLOURS}
  color-scheme: dark;
  --soft: color-mix(in srgb, var(--text) 4%, var(--page));
  --link: var(--vscode-textLink-foreground);
  --mentor: #c9a8ff;
  --tint: #2b2140;
}
body.vscode-high-contrast, body.vscode-high-contrast.vscode-high-contrast-light {
  --quiet: var(--text);
  --line: var(--vscode-contrastBorder);
  --soft: var(--page);
  --tint: transparent;
}
body.vscode-high-contrast svg .grid { stroke-opacity: .5; }
.bench-bar { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .25rem .5rem; align-items: center; margin: 0 -1.5rem; padding: .5rem 1.5rem; background: var(--page); border-bottom: 1px solid var(--line); }
.bench-bar p { flex: 1 1 16rem; margin: 0; }
.bench-bar button, .filter select, .filter input { font: inherit; color: var(--vscode-button-secondaryForeground, var(--text)); background: var(--vscode-button-secondaryBackground, transparent); border: 1px solid var(--vscode-contrastBorder, var(--vscode-button-border, transparent)); border-radius: 4px; padding: .15rem .7rem; }
.bench-bar button { cursor: pointer; }
.bench-bar button:hover { background: var(--vscode-button-secondaryHoverBackground, transparent); }
.bench-bar button.primary { color: var(--vscode-button-foreground, var(--text)); background: var(--vscode-button-background, transparent); }
.bench-bar button.primary:hover { background: var(--vscode-button-hoverBackground, transparent); }
.bench-bar button:focus-visible { outline: 1px solid var(--focus); outline-offset: 2px; }
.filter select, .filter input { color: var(--vscode-input-foreground, var(--text)); background: var(--vscode-input-background, var(--page)); border-color: var(--vscode-contrastBorder, var(--vscode-input-border, var(--quiet))); padding: .2rem .4rem; }
:root { scroll-padding-top: 3.5rem; }
h1 { margin-top: 1.25rem; }
.run:has(a) { cursor: pointer; }
.run:has(a):hover { text-decoration: underline; }
.links a[href$=".html"] { display: none; }
@media print { .bench-bar { display: none; } }
`;
