import { MentorCollabError } from '../../core/errors.ts';
import type { HubClient, HubFileFacts, HubRequestOptions } from './hub/hubClient.ts';
import type { HubSource, ModelDownload, WantedFile } from './modelDownload.ts';

/**
 * A download with the commit as its revision, so that all parts come from one, and with what the hub publishes of its
 * files. A plain address stays as it is.
 *
 * @throws MentorCollabError `download-failed` when the hub refuses, or has other files than those that were asked for.
 */
export async function resolveDownload(
  download: ModelDownload,
  hub: HubClient,
  options: HubRequestOptions,
): Promise<ModelDownload> {
  const { source, files } = download;
  const [first, ...others] = files;
  if (source.type === 'url' || !first) return download;
  const facts = await hub.describeFile(source, first.name, options);
  const pinned: HubSource = { ...source, revision: facts.commit ?? source.revision };
  const resolved = [resolveFile(first, facts, source)];
  for (const file of others) {
    resolved.push(resolveFile(file, await hub.describeFile(pinned, file.name, options), source));
  }
  const isComplete = resolved.every(({ bytes, sha256 }) => bytes !== null && sha256 !== null);
  return { ...download, source: pinned, files: isComplete ? resolved : await complete(resolved, pinned, hub, options) };
}

/** Some mirrors say less of a file than the list of a repository's files does. */
async function complete(
  files: readonly WantedFile[],
  source: HubSource,
  hub: HubClient,
  options: HubRequestOptions,
): Promise<readonly WantedFile[]> {
  const listed = await hub.listFiles(source, options);
  return files.map((file) => {
    const found = listed.find(({ name }) => name === file.name);
    return found ? resolveFile(file, { ...found, commit: null }, source) : file;
  });
}

/** What the catalogue says and what the hub says must not differ. */
function resolveFile(wanted: WantedFile, facts: HubFileFacts, { repository }: HubSource): WantedFile {
  const differs =
    (wanted.bytes !== null && facts.bytes !== null && wanted.bytes !== facts.bytes) ||
    (wanted.sha256 !== null && facts.sha256 !== null && wanted.sha256 !== facts.sha256);
  if (differs) {
    throw new MentorCollabError(
      'download-failed',
      `The hub now has another ${wanted.name} in ${repository} than the one that is known here. To take what it has, download hf:${repository}/${wanted.name}`,
    );
  }
  return { name: wanted.name, bytes: wanted.bytes ?? facts.bytes, sha256: wanted.sha256 ?? facts.sha256 };
}
