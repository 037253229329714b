import { MentorCollabError } from '../../../core/errors.ts';
import type { HttpAnswer } from './httpClient.ts';
import { retryAfter } from './retryAfter.ts';
import { proxyRefusal } from './networkError.ts';
import { TransientFailure } from './transientFailure.ts';
import { withoutSecrets } from './withoutSecrets.ts';

/** Statuses that may be over soon. */
const TRANSIENT = new Set([408, 421, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529]);

/**
 * What an answer that is no success means.
 *
 * @param nowMs - the time in milliseconds since 1970, for servers that name the time from which to ask again.
 */
export function refusal(answer: HttpAnswer, nowMs: number): TransientFailure | MentorCollabError {
  const { status, url } = answer;
  if (TRANSIENT.has(status)) {
    const retryAfterMs = retryAfter(answer.header('retry-after'), nowMs);
    return new TransientFailure(describeTransient(status, url.host), { retryAfterMs });
  }
  if (status === 407) return proxyRefusal(407, undefined);
  return new MentorCollabError('download-failed', `${withoutSecrets(url)}: ${describeRefusal(status)}`);
}

function describeTransient(status: number, host: string): string {
  if (status === 429) return `${host} asks for fewer requests (status 429)`;
  return `${host} is in trouble (status ${status})`;
}

function describeRefusal(status: number): string {
  switch (status) {
    case 401:
      return 'the server asks for a log-in (status 401), and only the hub\u2019s own files can be fetched with a token. Download it with a browser and import it.';
    case 403:
      return 'the server refuses the file (status 403). Check the address; one that is only good for some time has to be copied again.';
    case 404:
    case 410:
      return `there is no such file (status ${status}). Check the address.`;
    case 416:
      return 'the server no longer has as many bytes as it said (status 416). Start it again.';
    default:
      return `the server answers with status ${status}, which is no file. Check the address.`;
  }
}
