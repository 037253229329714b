import { formatBytes } from '../../../core/formatBytes.ts';
import { isDemoModel } from '../../../models/demoPair.ts';
import { COMMAND_IDS } from '../../commandIds.ts';
import { isUnderWay, progressWords } from '../../models/downloadWords.ts';
import type { ModelsSnapshot, RoleEntry } from '../../models/modelsSnapshot.ts';
import { togetherBytes } from '../../models/roleEntries.ts';
import { ROLE_NAMES } from '../../models/roleWords.ts';
import { plainLabel } from '../../plainLabel.ts';
import { settingId } from '../../settings/readHostSettings.ts';
import { memoryRows, memoryWords } from './memoryWords.ts';
import type { ModelsNode } from './modelsNode.ts';
import { GOOD_COLOR, modelsNode, WARNING_COLOR } from './modelsNode.ts';
import { modelsTooltip } from './modelsTooltip.ts';

const PURPOSES = {
  generator: 'Writes the reasoning, word by word.',
  mentor: 'Is asked at some words; its words are taken where they help.',
  verifier: 'Chooses between the two where they differ.',
} as const;

/** The roles with their models, and what these take together. */
export function rolesNode(snapshot: ModelsSnapshot): ModelsNode {
  return modelsNode({
    id: 'roles',
    label: 'Roles',
    context: ['roles'],
    isOpen: true,
    children: [...snapshot.roles.flatMap((role) => roleNodes(role, snapshot)), ...togetherNodes(snapshot)],
  });
}

/** A role, and below it what is wrong with its model. */
function roleNodes(entry: RoleEntry, snapshot: ModelsSnapshot): readonly ModelsNode[] {
  const { problem } = entry;
  return [roleNode(entry, snapshot), ...(problem === null ? [] : [problemNode(entry, problem)])];
}

function roleNode(entry: RoleEntry, snapshot: ModelsSnapshot): ModelsNode {
  const { role, name, problem, missing, reference } = entry;
  const { words, icon, color } = stateOf(entry, snapshot);
  return modelsNode({
    id: `role ${role}`,
    label: ROLE_NAMES[role],
    description: plainLabel([name, words].filter((part) => part !== '').join(' · ')),
    icon,
    color,
    tooltip: modelsTooltip({
      title: `${ROLE_NAMES[role]}: ${name}`,
      texts: [PURPOSES[role], problem],
      rows: [
        ['Where', placeOf(entry)],
        ['State', words === '' ? null : words],
        ...memoryRows(entry.loaded, entry.memory),
        ['Setting', `${settingId(role)}${reference === null ? '' : `, ${reference}`}`],
      ],
    }),
    context: ['role', role, ...(missing ? ['downloadable'] : [])],
    target: { type: 'role', role },
    command: COMMAND_IDS.chooseModels,
  });
}

function problemNode({ role, missing }: RoleEntry, problem: string): ModelsNode {
  return modelsNode({
    id: `role problem ${role}`,
    label: plainLabel(problem),
    icon: 'warning',
    color: WARNING_COLOR,
    tooltip: modelsTooltip({ title: 'A question can’t be asked like this', texts: [problem] }),
    context: ['roleProblem', ...(missing ? ['downloadable'] : [])],
    target: missing ? { type: 'catalogue', id: missing.id } : { type: 'role', role },
  });
}

interface StateWords {
  readonly words: string;
  readonly icon: string;
  readonly color: string | null;
}

function stateOf(entry: RoleEntry, snapshot: ModelsSnapshot): StateWords {
  const { reference, source, problem, missing, loaded, memory } = entry;
  if (problem !== null) {
    const download = missing && snapshot.downloads.find(({ status }) => status.download.id === missing.id);
    if (download && isUnderWay(download.status)) {
      return { words: `downloading, ${progressWords(download.status.progress)}`, icon: 'cloud-download', color: null };
    }
    return { words: missing ? 'not downloaded' : 'can’t be used', icon: 'warning', color: WARNING_COLOR };
  }
  if (reference === null) return { words: '', icon: 'circle-slash', color: null };
  if (source?.type === 'server') return serverState(source, snapshot);
  const words = memoryWords(loaded, memory);
  return loaded ? { words, icon: 'circle-filled', color: GOOD_COLOR } : { words, icon: 'circle-outline', color: null };
}

function serverState(
  source: { readonly url: string; readonly model: string },
  { servers }: ModelsSnapshot,
): StateWords {
  const test = servers.find(({ url }) => url === source.url)?.test;
  const { host } = new URL(source.url);
  if (test?.type === 'failed') {
    return { words: `on ${host} · can’t be reached`, icon: 'warning', color: WARNING_COLOR };
  }
  if (test?.type !== 'answered') return { words: `on ${host} · not tested`, icon: 'server', color: null };
  return test.report.models.includes(source.model)
    ? { words: `on ${host} · reached`, icon: 'server', color: GOOD_COLOR }
    : { words: `on ${host} · not offered there`, icon: 'warning', color: WARNING_COLOR };
}

function placeOf({ reference, source }: RoleEntry): string | null {
  if (source === null) return null;
  if (source.type === 'server') return source.url;
  return isDemoModel(reference ?? '') ? `comes with MentorCollab, ${source.path}` : source.path;
}

/** What the roles' models take together, against what the machine has. */
function togetherNodes({ roles, budget }: ModelsSnapshot): readonly ModelsNode[] {
  const together = togetherBytes(roles);
  if (!together || together.bytes === 0) return [];
  const fits = together.bytes <= budget.usableBytes;
  const [needed, usable] = [formatBytes(together.bytes), formatBytes(budget.usableBytes)];
  return [
    modelsNode({
      id: 'together',
      label: fits ? 'Together they fit' : 'Together they do not fit',
      description: `about ${needed} of ${usable}`,
      icon: fits ? 'pass' : 'warning',
      color: fits ? GOOD_COLOR : WARNING_COLOR,
      tooltip: modelsTooltip({
        title: fits ? 'The models fit this machine' : 'The models do not fit this machine',
        texts: [
          `Weights, context and buffers of all roles take about ${needed}. Of the machine’s ${formatBytes(budget.machineBytes)}, models may take ${usable}; the rest is left to the system and other programs.`,
          fits ? null : 'Choose smaller models, or a smaller context in the settings.',
        ],
      }),
      context: ['together'],
    }),
  ];
}
