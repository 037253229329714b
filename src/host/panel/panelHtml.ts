/** Where the panel's files are and from where it may load, as the webview knows them. */
export interface PanelResources {
  readonly scriptUri: string;
  readonly styleUri: string;
  /** The webview's own source, for the policy. */
  readonly cspSource: string;
}

/** A fresh nonce for one page: 128 random bits from a cryptographic source. */
export function createNonce(): string {
  // Not Node's: the page is also made where there is no Node.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * The page that the panel's script fills. Its policy lets in nothing but our script (by nonce) and our files for
 * styles and fonts: no inline code, no eval, no network, no frames, no forms.
 */
export function panelHtml(resources: PanelResources, nonce: string): string {
  const { scriptUri, styleUri, cspSource } = resources;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>MentorCollab</title>
<link rel="stylesheet" nonce="${nonce}" href="${attribute(styleUri)}">
</head>
<body>
<div id="root"></div>
<script nonce="${nonce}" src="${attribute(scriptUri)}"></script>
</body>
</html>`;
}

function attribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
