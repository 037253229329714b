import { formatBytes } from '../../core/formatBytes.ts';
import type { CatalogueModel } from '../../models/catalogue/catalogue.ts';
import type { ModelDownload } from '../../models/download/modelDownload.ts';

/** What is to be downloaded together, and what is known of it beforehand. */
export interface DownloadOfferParts {
  readonly downloads: readonly ModelDownload[];
  /** What people call each. */
  readonly nameOf: (id: string) => string;
  /** Those of them that are of the catalogue. */
  readonly models: readonly CatalogueModel[];
  /** The folder they go into. */
  readonly folder: string;
  /** Null where the system does not tell. */
  readonly freeBytes: number | null;
  /** What the models chosen will take in memory, as a sum in words; null where it isn't known. */
  readonly memory: { readonly sum: string; readonly fits: boolean; readonly usableBytes: number } | null;
  /** The hub's address. */
  readonly endpoint: string;
}

/** A question before a download: what comes, from where, under which terms, and whether there is room for it. */
export interface DownloadOffer {
  readonly message: string;
  readonly detail: string;
  /** Addresses of licences to read. */
  readonly licences: readonly string[];
  /** Whether the disk has no room for it. */
  readonly isTooLargeForDisk: boolean;
}

/** Words of the question before a download. */
export function downloadOffer(parts: DownloadOfferParts): DownloadOffer {
  const { downloads, nameOf, models, folder, freeBytes } = parts;
  const bytes = sizeOf(downloads);
  const names = downloads.map(({ id }) => nameOf(id)).join(' and ');
  const isTooLargeForDisk = bytes !== null && freeBytes !== null && bytes > freeBytes;
  const lines = [
    ...downloads.map((download) => `From ${sourceOf(download, parts.endpoint)}${filesOf(download)}.`),
    `Into ${folder}${freeBytes === null ? '' : `, where ${formatBytes(freeBytes)} are free`}.`,
    ...(isTooLargeForDisk
      ? ['That is not enough room: free some, or set another folder (mentorcollab.modelsFolder).']
      : []),
    ...licenceLines(downloads, models),
    ...memoryLines(parts.memory),
  ];
  return {
    message: bytes === null ? `Download ${names}?` : `Download ${names} (${formatBytes(bytes)})?`,
    detail: lines.join('\n'),
    licences: [...new Set(models.flatMap(({ licence }) => licence.url ?? []))],
    isTooLargeForDisk,
  };
}

/** Null where the size of a file is not known before the server tells. */
function sizeOf(downloads: readonly ModelDownload[]): number | null {
  const sizes = downloads.flatMap(({ files }) => files.map(({ bytes }) => bytes));
  return sizes.reduce<number | null>((sum, bytes) => (sum === null || bytes === null ? null : sum + bytes), 0);
}

function sourceOf({ source }: ModelDownload, endpoint: string): string {
  if (source.type === 'url') return new URL(source.url).host;
  return `${source.repository} on ${new URL(endpoint).host}`;
}

function filesOf({ files }: ModelDownload): string {
  const size = files.some(({ bytes }) => bytes === null) ? '; its size is not known yet' : '';
  return files.length > 1 ? `, ${files.length} files${size}` : size;
}

/** Downloading is using: the terms stand before it. */
function licenceLines(downloads: readonly ModelDownload[], models: readonly CatalogueModel[]): readonly string[] {
  const lines = models.map(({ name, licence }) => {
    const gated = licence.isGated ? ' Its authors let only those in who have accepted it on the hub.' : '';
    return `Licence of ${name}: ${licence.name}. By downloading it you accept it.${gated}`;
  });
  const isUnknown = downloads.length > models.length;
  return isUnknown ? [...lines, 'Its licence is not known here: read it on its page before you use the model.'] : lines;
}

function memoryLines(memory: DownloadOfferParts['memory']): readonly string[] {
  if (!memory) return [];
  const { sum, fits, usableBytes } = memory;
  return [
    `In memory, roughly: ${sum}; models may take ${formatBytes(usableBytes)} on this machine.`,
    ...(fits ? [] : ['That does not fit: it can be downloaded, but hardly be run here.']),
  ];
}
