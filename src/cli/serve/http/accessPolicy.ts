import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from './apiError.ts';
import { isLoopbackHost } from '../../../models/isLoopbackHost.ts';

/** Who may use the endpoint. */
export interface AccessRules {
  /** Asked of every request but `/health`; null asks for none. */
  readonly apiKey: string | null;
  /** Origins of web pages that may use it; none by default. */
  readonly allowedOrigins: readonly string[];
  /** Whether only requests to a name of this machine itself are answered. */
  readonly isLoopback: boolean;
}

/**
 * Refuses requests that came through a browser without being asked for: from a page of a foreign origin, or to a name
 * that a foreign page has made to point here (DNS rebinding).
 *
 * @throws ApiError with status 403.
 */
export function checkOrigin(headers: IncomingHttpHeaders, rules: AccessRules): void {
  if (rules.isLoopback && !isLoopbackHost(hostName(headers.host))) {
    throw forbidden(
      `Requests for the host "${headers.host ?? ''}" are not answered, only those for this machine itself (localhost, 127.0.0.1). ` +
        'Use that address.',
    );
  }
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  const isForeign = origin !== undefined ? !rules.allowedOrigins.includes(origin) : isCrossSite(site);
  if (!isForeign) return;
  const page = origin === undefined ? 'from other web pages' : `from web pages of ${origin}`;
  throw forbidden(`Requests ${page} are not answered. Start the server with --allow-origin ORIGIN to allow a page.`);
}

/**
 * Asks for the key, in constant time.
 *
 * @throws ApiError with status 401.
 */
export function checkApiKey(headers: IncomingHttpHeaders, rules: AccessRules): void {
  if (rules.apiKey === null) return;
  const given = /^Bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1]?.trim();
  if (given !== undefined && timingSafeEqual(digest(given), digest(rules.apiKey))) return;
  const problem = given === undefined ? 'There is no API key.' : 'The API key is wrong.';
  throw new ApiError(`${problem} Send it in the header "Authorization: Bearer KEY".`, {
    status: 401,
    type: 'authentication_error',
    code: 'invalid_api_key',
    headers: { 'WWW-Authenticate': 'Bearer' },
  });
}

/** What browsers are told, so that pages of allowed origins may read answers. */
export function corsHeaders(headers: IncomingHttpHeaders, rules: AccessRules): Readonly<Record<string, string>> {
  const { origin } = headers;
  if (origin === undefined || !rules.allowedOrigins.includes(origin)) return {};
  const asked = headers['access-control-request-headers'] ?? 'authorization, content-type';
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
    'Access-Control-Allow-Headers': asked,
    'Access-Control-Expose-Headers': 'Retry-After, X-Request-Id',
    'Access-Control-Max-Age': '600',
    Vary: 'Origin, Access-Control-Request-Headers',
    ...(headers['access-control-request-private-network'] === 'true' && {
      'Access-Control-Allow-Private-Network': 'true',
    }),
  };
}

function isCrossSite(site: string | readonly string[] | undefined): boolean {
  return site === 'cross-site' || site === 'same-site';
}

function hostName(header: string | undefined): string {
  const url = `http://${header ?? ''}`;
  return URL.canParse(url) ? new URL(url).hostname : '';
}

/** Equal lengths, so that the comparison tells nothing about the key's. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function forbidden(message: string): ApiError {
  return new ApiError(message, { status: 403, type: 'permission_error', code: 'forbidden' });
}
