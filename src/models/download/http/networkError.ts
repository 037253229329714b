import { MentorCollabError } from '../../../core/errors.ts';
import { TransientFailure } from './transientFailure.ts';

/** What went wrong below HTTP, as the end of a sentence, by the codes of Node and undici. */
const MEANINGS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name of the server is not known to the network',
  EAI_AGAIN: 'names of servers can\u2019t be looked up at the moment',
  ECONNREFUSED: 'the server refuses connections',
  ECONNRESET: 'the connection was lost',
  EPIPE: 'the connection was lost',
  UND_ERR_SOCKET: 'the connection was lost',
  ETIMEDOUT: 'the server does not answer',
  EHOSTUNREACH: 'the server can\u2019t be reached',
  ENETUNREACH: 'there is no network',
  ENETDOWN: 'there is no network',
  UND_ERR_CONNECT_TIMEOUT: 'the server does not answer',
  UND_ERR_HEADERS_TIMEOUT: 'the server does not answer',
  UND_ERR_BODY_TIMEOUT: 'nothing has arrived for too long',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer was not as long as announced',
};

const CERTIFICATE = /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT|UND_ERR_PRX_TLS)/;

/** What a failed request means: a failure that may pass, or an error that says what to do about it. */
export function networkError(thrown: unknown, host: string): TransientFailure | MentorCollabError {
  if (thrown instanceof MentorCollabError || thrown instanceof TransientFailure) return thrown;
  const error = rootOf(thrown);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (CERTIFICATE.test(code)) {
    return new MentorCollabError(
      'download-failed',
      `The certificate of ${host} can't be checked (${code}). If your network inspects encrypted connections, name its certificate in the environment variable NODE_EXTRA_CA_CERTS, or set a mirror.`,
      { cause: thrown },
    );
  }
  const proxyStatus = /^Proxy response \((\d+)\)/.exec(error.message)?.[1];
  if (proxyStatus !== undefined) return proxyRefusal(Number(proxyStatus), thrown);
  if (error.message.includes('Proxy Authentication Required')) return proxyRefusal(407, thrown);
  const meaning = MEANINGS[code] ?? 'the connection failed';
  return new TransientFailure(`${meaning} (${host}${code === '' ? '' : `, ${code}`})`, { cause: thrown });
}

/** What a proxy that won't forward a request means. */
export function proxyRefusal(status: number, cause: unknown): TransientFailure | MentorCollabError {
  if (status >= 500) return new TransientFailure(`the proxy can't forward the request (status ${status})`, { cause });
  const advice =
    status === 407
      ? 'It asks for a user name and a password: give them in its address, as http://user:password@host:port.'
      : 'Ask whoever runs it, or name hosts that need none in NO_PROXY.';
  return new MentorCollabError('download-failed', `The proxy refuses the connection (status ${status}). ${advice}`, {
    cause,
  });
}

/** The error below others, which has the code; several attempts to connect are told as one. */
function rootOf(thrown: unknown): Error {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return rootOf(thrown.errors[0]);
  if (!(thrown instanceof Error)) return new Error(String(thrown));
  const hasCode = 'code' in thrown && typeof thrown.code === 'string';
  return !hasCode && thrown.cause instanceof Error ? rootOf(thrown.cause) : thrown;
}
