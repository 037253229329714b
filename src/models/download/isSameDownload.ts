import type { InstalledModel } from '../library/installedModel.ts';
import { withoutSecrets } from './http/withoutSecrets.ts';
import { isCommit } from './hub/hubClient.ts';
import type { ModelDownload } from './modelDownload.ts';

/** Whether an installed model is what a download would bring; a branch counts as whatever it was when it was fetched. */
export function isSameDownload({ source: from }: InstalledModel, { source }: ModelDownload): boolean {
  if (from?.type !== source.type) return false;
  if (from.type === 'url') return source.type === 'url' && from.url === withoutSecrets(new URL(source.url));
  if (source.type === 'url' || from.repository !== source.repository) return false;
  return !isCommit(source.revision) || from.revision === source.revision;
}
