import { formatBytes } from '../../../core/formatBytes.ts';
import { MODEL_COMMAND_IDS } from '../../commandIds.ts';
import type { InstalledEntry, ModelsSnapshot } from '../../models/modelsSnapshot.ts';
import { listRoles } from '../../models/roleWords.ts';
import { plainLabel } from '../../plainLabel.ts';
import { memoryRows } from './memoryWords.ts';
import type { ModelsNode } from './modelsNode.ts';
import { modelsNode, WARNING_COLOR } from './modelsNode.ts';
import { modelsTooltip } from './modelsTooltip.ts';

const ORIGIN_WORDS = { shipped: 'comes with MentorCollab', downloaded: 'downloaded', imported: 'imported' } as const;
const PROBLEM_WORDS = {
  missing: { words: 'a file is missing', advice: 'A file of this model is no longer where it was.' },
  changed: { words: 'a file has changed', advice: 'A file of this model has another size than it had.' },
} as const;

/** The models on this machine. */
export function installedNode({ installed }: ModelsSnapshot): ModelsNode {
  const isDemoAlone = installed.every(({ origin }) => origin === 'shipped');
  return modelsNode({
    id: 'installed',
    label: 'Installed',
    description: String(installed.length),
    context: ['installedModels'],
    isOpen: true,
    children: [...installed.map(installedModelNode), ...(isDemoAlone ? [hintNode()] : [])],
  });
}

function installedModelNode(entry: InstalledEntry): ModelsNode {
  const { id, name, origin, path, paths, bytes, problem, quantization, usedAs, loaded } = entry;
  const facts = [
    problem && PROBLEM_WORDS[problem].words,
    usedAs.length === 0 ? null : `in use as ${listRoles(usedAs)}`,
    loaded && 'loaded',
    formatBytes(bytes),
    quantization,
    origin === 'shipped' ? 'demo' : origin,
  ];
  return modelsNode({
    id: `installed ${id}`,
    label: plainLabel(name),
    description: facts.filter((fact) => fact !== null).join(' · '),
    ...iconOf(entry),
    tooltip: modelsTooltip({
      title: name,
      texts: [problem && `${PROBLEM_WORDS[problem].advice} ${advice(entry)}`],
      rows: [
        ['Id', id],
        ['From', ORIGIN_WORDS[origin]],
        [paths.length === 1 ? 'File' : `${paths.length} files, the first`, path],
        ['Size', formatBytes(bytes)],
        ['Quantization', quantization],
        ['In use as', usedAs.length === 0 ? 'nothing' : listRoles(usedAs)],
        ...memoryRows(loaded, entry.memory),
        ['Licence', entry.catalogueModel?.licence.name ?? null],
      ],
    }),
    context: contextOf(entry),
    target: { type: 'installed', id },
  });
}

function iconOf({ problem, usedAs, origin }: InstalledEntry): Pick<ModelsNode, 'icon' | 'color'> {
  if (problem !== null) return { icon: 'warning', color: WARNING_COLOR };
  if (usedAs.length > 0) return { icon: 'check', color: null };
  return { icon: origin === 'imported' ? 'file-symlink-file' : 'file-binary', color: null };
}

function advice({ origin }: InstalledEntry): string {
  return origin === 'imported' ? 'Import it again, or remove it from the list.' : 'Download it again, or remove it.';
}

function contextOf({ problem, origin, download, catalogueModel }: InstalledEntry): readonly string[] {
  return [
    'model',
    'revealable',
    ...(problem === null ? ['usable'] : []),
    ...(origin === 'shipped' ? [] : ['verifiable', 'removable']),
    ...(problem !== null && download ? ['downloadable'] : []),
    ...(catalogueModel?.repository == null ? [] : ['paged']),
  ];
}

function hintNode(): ModelsNode {
  return modelsNode({
    id: 'hint',
    label: 'Only the demo pair is here yet',
    description: 'choose a pair for this machine…',
    icon: 'lightbulb',
    context: ['hint'],
    command: MODEL_COMMAND_IDS.choosePair,
    tooltip: modelsTooltip({
      title: 'Only the demo pair is here yet',
      texts: [
        'It knows three kinds of made-up problems. For questions of your own, choose a pair that fits this machine, import GGUF files that you have (or drop them here), or add a model server.',
      ],
    }),
  });
}
