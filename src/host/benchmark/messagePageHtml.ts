import { escapeHtml } from '../../export/escapeHtml.ts';

const STYLE =
  'body { color: var(--vscode-foreground); background: var(--vscode-editor-background); font: var(--vscode-font-size, 13px) var(--vscode-font-family, sans-serif); padding: 1rem; }';

/**
 * A page with a sentence where there is no report to show.
 *
 * @param nonce - permission for its style, another for every page.
 */
export function messagePageHtml(message: string, nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'">
<title>MentorCollab</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<p role="status">${escapeHtml(message)}</p>
</body>
</html>
`;
}
