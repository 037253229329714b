import { MentorCollabError } from '../core/errors.ts';

/** A model on a server as a user names it, `URL#model`. */
export interface ServerReference {
  /** Base URL without user info, query, fragment and trailing slash. */
  readonly url: string;
  /** The model's name on that server. */
  readonly model: string;
}

/** Whether a reference means a server, rightly written or not. */
export function isServerReference(reference: string): boolean {
  return /^https?:\/\//i.test(reference);
}

/**
 * Reads `URL#model`, such as `http://127.0.0.1:8080/v1#qwen3-8b`.
 *
 * @throws MentorCollabError `bad-input` where the URL is none, holds a user or password, or names no model.
 */
export function parseServerReference(reference: string): ServerReference {
  const url = parseAddress(reference);
  const model = decodeURIComponentOrKeep(url.hash.slice(1));
  if (model.trim() === '') {
    throw new MentorCollabError(
      'bad-input',
      `"${reference}" names a server, but no model on it. Put the model's name behind a #, as in ${baseUrl(url)}#MODEL; "Test Connection" lists those there are.`,
    );
  }
  return { url: baseUrl(url), model };
}

/** Writes a reference that {@link parseServerReference} reads as these two. */
export function formatServerReference({ url, model }: ServerReference): string {
  // A sign of per cent would begin an escape.
  return `${url}#${model.replaceAll('%', '%25')}`;
}

/**
 * The base URL of a server, from an address with or without a model behind a `#`.
 *
 * @throws MentorCollabError `bad-input` where the address is none, or holds a user or password.
 */
export function parseServerUrl(address: string): string {
  return baseUrl(parseAddress(address));
}

function parseAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new MentorCollabError(
      'bad-input',
      `"${text}" is not the address of a model server. Write it as http://HOST:PORT/v1#MODEL.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new MentorCollabError(
      'bad-input',
      `The address of the model server ${url.host} holds a user name or password. Leave it out, and store the key apart: "MentorCollab: Set Server API Key" in the editor, MENTORCOLLAB_API_KEY in the terminal.`,
    );
  }
  return url;
}

function baseUrl(url: URL): string {
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** A model's name may hold a sign of per cent that begins no escape. */
function decodeURIComponentOrKeep(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
