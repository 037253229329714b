/** An address for messages and records: without user, password, query (signed addresses have keys in it) and fragment. */
export function withoutSecrets(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
