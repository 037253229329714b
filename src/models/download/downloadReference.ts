import { MentorCollabError } from '../../core/errors.ts';
import { toPlainName } from '../library/libraryPlaces.ts';
import { splitParts } from '../gguf/splitParts.ts';
import type { ModelDownload, WantedFile } from './modelDownload.ts';

const HUB_PREFIX = /^(?:hf|huggingface):(?:\/\/)?/i;
/** Where addresses of the public hub and of its short name lead. */
const HUB_HOSTS = new Set(['huggingface.co', 'www.huggingface.co', 'hf.co']);
const NAME = /^[\w-][\w.-]*$/;
const REVISION = /^[\w.-]+$/;
const EXAMPLE = 'hf:OWNER/REPOSITORY/FILE.gguf';

/** Whether a text means a model of a hub or an address, rightly written or not. */
export function isDownloadReference(text: string): boolean {
  return HUB_PREFIX.test(text) || /^https?:\/\//i.test(text);
}

/**
 * What is to be fetched for `hf:owner/repository/path/file.gguf` (`hf:owner/repository@revision/file.gguf` for another
 * revision than `main`), for the address of a file's page on the public hub, or for any other address of a GGUF file. Of
 * a split model on a hub any part may be named: all are fetched.
 *
 * @throws MentorCollabError `bad-input` when the reference can't be understood.
 */
export function parseDownloadReference(reference: string): ModelDownload {
  const text = reference.trim();
  if (HUB_PREFIX.test(text)) return fromHubPath(text.replace(HUB_PREFIX, ''), text);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new MentorCollabError(
      'bad-input',
      `"${text}" is nothing that can be downloaded. Give ${EXAMPLE}, or the address of a GGUF file.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new MentorCollabError(
      'bad-input',
      `The address at ${url.host} holds a user name or password, which would be kept with the model. Leave it out.`,
    );
  }
  return HUB_HOSTS.has(url.hostname) ? fromHubPage(url) : fromAddress(url);
}

function fromHubPath(path: string, text: string): ModelDownload {
  const [owner = '', repositoryAtRevision = '', ...rest] = path.split('/');
  const [repository = '', revision = 'main', ...more] = repositoryAtRevision.split('@');
  if (more.length > 0) throw notUnderstood(text);
  return fromHub({ owner, repository, revision, file: rest.join('/') }, text);
}

/** `/owner/repository/blob/revision/file.gguf`, as a browser shows it, or `resolve` for the file itself. */
function fromHubPage(url: URL): ModelDownload {
  const [, owner = '', repository = '', kind, revision = '', ...rest] = url.pathname.split('/').map(decoded);
  if (kind !== 'blob' && kind !== 'resolve') throw notUnderstood(url.href);
  return fromHub({ owner, repository, revision, file: rest.join('/') }, url.href);
}

interface HubFileName {
  readonly owner: string;
  readonly repository: string;
  readonly revision: string;
  /** Path in the repository. */
  readonly file: string;
}

function fromHub({ owner, repository, revision, file }: HubFileName, text: string): ModelDownload {
  const isSound =
    NAME.test(owner) &&
    NAME.test(repository) &&
    REVISION.test(revision) &&
    /\.gguf$/i.test(file) &&
    file.split('/').every((part) => !/^\.{0,2}$/.test(part));
  if (!isSound) throw notUnderstood(text);
  const names = splitParts(file)?.names ?? [file];
  return {
    id: toPlainName(`${owner}--${repository}--${stemOf(file)}`),
    source: { type: 'hub', repository: `${owner}/${repository}`, revision },
    files: names.map(unknownFile),
  };
}

function fromAddress(url: URL): ModelDownload {
  const name = decoded(url.pathname.split('/').at(-1) ?? '');
  const parts = splitParts(name)?.names.length ?? 1;
  if (parts > 1) {
    throw new MentorCollabError(
      'bad-input',
      `${name} is one of ${parts} parts, and an address brings one file only. Download all parts into one folder with a browser and import the first, or give ${EXAMPLE} where it is on a hub.`,
    );
  }
  url.hash = '';
  return {
    id: toPlainName(`${url.hostname}--${stemOf(name)}`),
    source: { type: 'url', url: url.href },
    files: [unknownFile(name === '' ? 'model.gguf' : name)],
  };
}

function unknownFile(name: string): WantedFile {
  return { name, bytes: null, sha256: null };
}

/** A file's own name without its ending and the number of its part. */
function stemOf(path: string): string {
  const name = path.split('/').at(-1) ?? path;
  return name.replace(/(?:-\d{5}-of-\d{5})?\.gguf$/i, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function notUnderstood(text: string): MentorCollabError {
  return new MentorCollabError(
    'bad-input',
    `"${text}" does not name a GGUF file of a repository. Write it as ${EXAMPLE}, as the repository's page lists its files.`,
  );
}
