import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DownloadLimits } from '../../../src/models/download/downloadLimits.ts';
import { downloadModel } from '../../../src/models/download/downloadModel.ts';
import type { DownloadToolsOptions } from '../../../src/models/download/downloadTools.ts';
import { downloadTools } from '../../../src/models/download/downloadTools.ts';
import type { NetworkSettings } from '../../../src/models/download/http/proxyDispatcher.ts';
import { hubAccess } from '../../../src/models/download/hub/hubAccess.ts';
import type { ModelDownload } from '../../../src/models/download/modelDownload.ts';
import type { InstalledModel } from '../../../src/models/library/installedModel.ts';
import { ModelLibrary } from '../../../src/models/library/modelLibrary.ts';
import { writeGguf } from '../models/ggufWriter.ts';
import { InstantPacing } from './instantPacing.ts';
import { isForBytes, MisbehavingHub } from './misbehavingHub.ts';

const KIB = 1024;

/** Small portions, so that a small file has many; short silence is long enough on one machine. */
export const SMALL_LIMITS: DownloadLimits = {
  connections: 4,
  files: 2,
  segmentBytes: 256 * KIB,
  flushBytes: 128 * KIB,
  stallMs: 400,
  mostFirstFailures: 3,
  mostFailures: 3,
};

export interface BenchDownloadOptions extends DownloadToolsOptions {
  readonly token?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (state: string, bytesDone: number, bytesTotal: number | null) => void;
  /** How the network is reached. Default: without a proxy. */
  readonly network?: Partial<NetworkSettings>;
}

/** A hub, a library in a folder of its own and time that is not waited for: what a download is tried with. */
export class DownloadBench {
  readonly hub: MisbehavingHub;
  pacing = new InstantPacing();
  readonly notes: string[] = [];
  library = new ModelLibrary('');
  #folder = '';

  constructor(hub = new MisbehavingHub()) {
    this.hub = hub;
  }

  async open(): Promise<void> {
    await this.hub.start();
    this.#folder = mkdtempSync(join(tmpdir(), 'mentorcollab-download-'));
    this.library = new ModelLibrary(join(this.#folder, 'models'));
  }

  async close(): Promise<void> {
    await this.hub.stop();
    rmSync(this.#folder, { recursive: true });
  }

  /** Empties the library and lets the hub behave again. */
  reset(): void {
    this.hub.behave();
    this.pacing = new InstantPacing();
    this.notes.length = 0;
    rmSync(this.library.places.folder, { recursive: true, force: true });
  }

  /** Bytes of files that were asked for in parts since the hub was told to behave, but for the first looks. */
  get fetchedBytes(): number {
    return this.hub.requests
      .filter(isForBytes)
      .map(({ range }) => /^bytes=(\d+)-(\d+)$/.exec(range ?? ''))
      .reduce((sum, found) => sum + Number(found?.[2]) + 1 - Number(found?.[1]), 0);
  }

  /** Files in a model's folder. */
  filesOf(id: string): readonly string[] {
    try {
      return readdirSync(join(this.library.places.folder, id)).sort();
    } catch {
      return [];
    }
  }

  /** Downloads once, with small portions. */
  async download(download: ModelDownload, options: BenchDownloadOptions = {}): Promise<InstalledModel> {
    const hub = hubAccess({
      endpoint: this.hub.endpoint,
      token: options.token ?? null,
      tokenAdvice: 'Set HF_TOKEN.',
      environment: {},
    });
    const network = { proxy: null, environment: {}, ...options.network };
    const limits = { ...SMALL_LIMITS, ...options.limits };
    const tools = downloadTools(this.library, { network, hub }, { pacing: this.pacing, ...options, limits });
    try {
      return await downloadModel(download, tools, {
        signal: options.signal ?? new AbortController().signal,
        onProgress: options.onProgress ?? ((): void => undefined),
        onNote: (note) => {
          if (note !== null) this.notes.push(note);
        },
      });
    } finally {
      await tools.http.close();
    }
  }
}

/** One file of a repository of the hub, about which nothing is known beforehand. */
export function fromHub(repository: string, ...names: readonly string[]): ModelDownload {
  return {
    id: 'model',
    source: { type: 'hub', repository, revision: 'main' },
    files: names.map((name) => ({ name, bytes: null, sha256: null })),
  };
}

/** One file at an address. */
export function fromUrl(url: string, name = 'model.gguf'): ModelDownload {
  return { id: 'model', source: { type: 'url', url }, files: [{ name, bytes: null, sha256: null }] };
}

/** A GGUF file with so many numbers, which differ by their seed. */
export function madeGguf(values: number, seed = 1): Buffer {
  const numbers = new Float32Array(values).map((_, index) => Math.sin(index * seed));
  return writeGguf(new Map([['general.architecture', { type: 'string', value: 'llama' }]]), [
    { name: 'weights', dimensions: [values], values: numbers },
  ]);
}
