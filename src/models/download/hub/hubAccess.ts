import { MentorCollabError } from '../../../core/errors.ts';
import { isLoopbackHost } from '../../isLoopbackHost.ts';

/** The hub, or a mirror of it, and who asks. */
export interface HubAccess {
  /** Where the hub is, without a slash at its end. */
  readonly endpoint: string;
  /** An access token; null to ask as nobody. It is sent to the endpoint's own origin only. */
  readonly token: string | null;
  /** How a user gives a token, as a sentence for messages: `Set the environment variable HF_TOKEN to it.` */
  readonly tokenAdvice: string;
}

export interface HubChoices {
  /** As set by the user; null takes `HF_ENDPOINT`, or the public hub. */
  readonly endpoint: string | null;
  /** As kept by the caller; null takes `HF_TOKEN`. */
  readonly token: string | null;
  readonly tokenAdvice: string;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
}

/** The public hub. */
export const PUBLIC_HUB = 'https://huggingface.co';

/**
 * The hub to ask, from what was set and from the environment.
 *
 * @throws MentorCollabError `bad-input` for an endpoint that is no address, or one without encryption on another machine
 * while there is a token, which anyone on the way could read.
 */
export function hubAccess({ endpoint, token, tokenAdvice, environment }: HubChoices): HubAccess {
  const given = firstText(endpoint, environment['HF_ENDPOINT']) ?? PUBLIC_HUB;
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new MentorCollabError(
      'bad-input',
      'The address of the hub is not understood. Give it as https://host, without user and password (setting or HF_ENDPOINT).',
    );
  }
  const usedToken = firstText(token, environment['HF_TOKEN']);
  if (usedToken !== null && url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    throw new MentorCollabError(
      'bad-input',
      `The hub ${url.origin} is reached without encryption, so your access token could be read on the way. Use an https address, or give no token.`,
    );
  }
  return { endpoint: `${url.origin}${url.pathname}`.replace(/\/+$/, ''), token: usedToken, tokenAdvice };
}

function firstText(...texts: readonly (string | null | undefined)[]): string | null {
  return texts.map((text) => text?.trim()).find((text) => text) ?? null;
}
