import { formatBytes } from '../../../core/formatBytes.ts';
import { DOWNLOAD_STATES, downloadDescription, isUnderWay } from '../../models/downloadWords.ts';
import type { DownloadLine, ModelsSnapshot } from '../../models/modelsSnapshot.ts';
import { listRoles } from '../../models/roleWords.ts';
import { plainLabel } from '../../plainLabel.ts';
import type { ModelsNode } from './modelsNode.ts';
import { ERROR_COLOR, modelsNode } from './modelsNode.ts';
import { modelsTooltip } from './modelsTooltip.ts';

/** The downloads that are not done; no line while there are none. */
export function downloadNodes({ downloads }: ModelsSnapshot): readonly ModelsNode[] {
  const unfinished = downloads.filter(({ status }) => status.state !== 'done');
  if (unfinished.length === 0) return [];
  return [
    modelsNode({
      id: 'downloads',
      label: 'Downloads',
      description: String(unfinished.length),
      context: ['downloads'],
      isOpen: true,
      children: unfinished.map(downloadNode),
    }),
  ];
}

function downloadNode({ name, status, wantedAs }: DownloadLine): ModelsNode {
  const { download, state, progress, error, note } = status;
  const { source } = download;
  return modelsNode({
    id: `download ${download.id}`,
    label: plainLabel(name),
    description: downloadDescription(status),
    icon: DOWNLOAD_STATES[state].icon,
    color: state === 'failed' ? ERROR_COLOR : null,
    tooltip: modelsTooltip({
      title: name,
      texts: [error?.message ?? note],
      rows: [
        ['State', DOWNLOAD_STATES[state].words],
        ['From', source.type === 'hub' ? source.repository : new URL(source.url).host],
        ['Files', download.files.length === 1 ? null : String(download.files.length)],
        ['Arrived', formatBytes(progress.bytesDone)],
        ['Size', progress.bytesTotal === null ? 'not known yet' : formatBytes(progress.bytesTotal)],
        ['Will be used as', wantedAs.length === 0 ? null : listRoles(wantedAs)],
      ],
    }),
    context: contextOf(status),
    target: { type: 'download', id: download.id },
  });
}

function contextOf(status: DownloadLine['status']): readonly string[] {
  const { state, isElsewhere, download } = status;
  return [
    'download',
    ...(download.source.type === 'hub' ? ['paged'] : []),
    ...(isElsewhere ? [] : ['cancellable']),
    ...(!isElsewhere && isUnderWay(status) ? ['pausable'] : []),
    ...(!isElsewhere && state === 'paused' ? ['resumable'] : []),
    ...(!isElsewhere && state === 'failed' ? ['retryable'] : []),
  ];
}
