import type { Dispatcher } from 'undici';
import { EnvHttpProxyAgent } from 'undici';
import { MentorCollabError } from '../../../core/errors.ts';

/** How the network is reached. */
export interface NetworkSettings {
  /** A proxy for every request, as `http://[user:password@]host:port`; null takes what the environment says. */
  readonly proxy: string | null;
  /** Hosts that are reached without a proxy, with those in `NO_PROXY`; `*` for all, and subdomains count. Default: none. */
  readonly noProxy?: readonly string[];
  /** Whether servers must show a certificate that can be checked. Default: true. */
  readonly verifiesCertificates?: boolean;
  /** `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in upper or lower case, are read from it. */
  readonly environment: Readonly<NodeJS.ProcessEnv>;
}

/**
 * What sends requests, through the proxy that settings or environment name.
 *
 * @param stallMs - how long connecting may take.
 * @throws MentorCollabError `bad-input` for a proxy that is no address.
 */
export function proxyDispatcher(settings: NetworkSettings, stallMs: number): Dispatcher {
  const { proxy, environment } = settings;
  const variable = (name: string): string => environment[name.toLowerCase()] ?? environment[name] ?? '';
  const tls = { rejectUnauthorized: settings.verifiesCertificates ?? true };
  const forPlain = proxyAddress(proxy ?? variable('HTTP_PROXY'));
  return new EnvHttpProxyAgent({
    // Empty texts keep the agent from looking at the process's environment by itself.
    httpProxy: forPlain,
    httpsProxy: proxyAddress(proxy ?? variable('HTTPS_PROXY')) || forPlain,
    noProxy: [variable('NO_PROXY'), ...(settings.noProxy ?? [])].join(','),
    // Many proxies open tunnels for encrypted connections only.
    proxyTunnel: false,
    connect: { timeout: stallMs, ...tls },
    requestTls: { timeout: stallMs, ...tls },
    proxyTls: { timeout: stallMs, ...tls },
  });
}

/** The address as a whole; many give host and port alone. */
function proxyAddress(given: string): string {
  const text = given.trim();
  if (text === '') return '';
  const address = text.includes('://') ? text : `http://${text}`;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  // It may hold a password, so it is not shown.
  throw new MentorCollabError(
    'bad-input',
    'The address of the proxy is not understood. Give it as http://host:port (setting http.proxy, or HTTPS_PROXY).',
  );
}
