import type { ModelLibrary } from '../library/modelLibrary.ts';
import { ConnectionSlots } from './connectionSlots.ts';
import { freeBytes } from './diskSpace.ts';
import type { DownloadLimits } from './downloadLimits.ts';
import { DEFAULT_LIMITS } from './downloadLimits.ts';
import { HttpClient } from './http/httpClient.ts';
import type { Pacing } from './http/pacing.ts';
import { realPacing } from './http/pacing.ts';
import type { NetworkSettings } from './http/proxyDispatcher.ts';
import type { HubAccess } from './hub/hubAccess.ts';
import { HubClient } from './hub/hubClient.ts';

/** What a download works with. */
export interface DownloadTools {
  readonly library: ModelLibrary;
  readonly http: HttpClient;
  readonly hub: HubClient;
  /** Shared by all downloads. */
  readonly slots: ConnectionSlots;
  readonly pacing: Pacing;
  readonly limits: DownloadLimits;
  /** Bytes that may still be written into a folder. */
  readonly freeBytes: (folder: string) => Promise<number>;
}

/** How network and hub are reached, as settings and secrets say at the moment. */
export interface DownloadAccess {
  readonly network: NetworkSettings;
  readonly hub: HubAccess;
}

export interface DownloadToolsOptions extends Partial<Pick<DownloadTools, 'slots' | 'pacing' | 'freeBytes'>> {
  readonly limits?: Partial<DownloadLimits>;
}

/** Everything a download works with; close its `http` afterwards. */
export function downloadTools(
  library: ModelLibrary,
  { network, hub: access }: DownloadAccess,
  options: DownloadToolsOptions = {},
): DownloadTools {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const token = access.token === null ? null : { origin: new URL(access.endpoint).origin, value: access.token };
  const http = new HttpClient({ network, token, stallMs: limits.stallMs });
  const pacing = options.pacing ?? realPacing;
  return {
    library,
    http,
    hub: new HubClient(http, access, { pacing, mostFailures: limits.mostFirstFailures }),
    slots: options.slots ?? new ConnectionSlots(limits.connections),
    pacing,
    limits,
    freeBytes: options.freeBytes ?? freeBytes,
  };
}
