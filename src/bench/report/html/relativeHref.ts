/**
 * A path with `/` between names as a link from the folder that the page is in. It leads nowhere else, whatever the
 * names hold: it starts with `./`, and every name is encoded.
 */
export function relativeHref(path: string): string {
  return `./${path.split('/').map(encodedName).join('/')}`;
}

function encodedName(name: string): string {
  // Half a surrogate pair, which no file's name can hold, would throw; a quote is left alone but ends an attribute.
  return encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd')).replace(/'/g, '%27');
}
