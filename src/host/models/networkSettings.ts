import type { NetworkSettings } from '../../models/download/http/proxyDispatcher.ts';
import type { SettingReader } from '../settings/readHostSettings.ts';

/**
 * How downloads reach the network, by VS Code's own settings.
 *
 * @param read - reads a setting of the section `http`.
 * @param environment - where a proxy is named when no setting names one.
 */
export function networkSettings(read: SettingReader, environment: Readonly<NodeJS.ProcessEnv>): NetworkSettings {
  const verifiesCertificates = read('proxyStrictSSL') !== false;
  // `off` turns proxies off for extensions, those of the environment as well.
  if (read('proxySupport') === 'off') return { proxy: null, verifiesCertificates, environment: {} };
  const proxy = read('proxy');
  const noProxy = read('noProxy');
  return {
    proxy: typeof proxy === 'string' && proxy.trim() !== '' ? proxy.trim() : null,
    noProxy: Array.isArray(noProxy) ? noProxy.filter((host): host is string => typeof host === 'string') : [],
    verifiesCertificates,
    environment,
  };
}
