import { formatBytes } from '../../core/formatBytes.ts';
import { describeBackend } from '../../diagnosis/describeBackend.ts';
import { escapeMarkdown, escapeMarkdownCell } from '../../export/escapeMarkdown.ts';
import { isDemoModel } from '../../models/demoPair.ts';
import { COMMAND_IDS, MODEL_COMMAND_IDS } from '../commandIds.ts';
import type { ModelsState, RoleState } from './modelsState.ts';
import { shortPath } from './shortPath.ts';

const ROLE_NAMES = { generator: 'Generator', mentor: 'Mentor', verifier: 'Verifier' } as const;
const LINKS: readonly (readonly [title: string, command: string])[] = [
  ['Choose Models', COMMAND_IDS.chooseModels],
  ['Models', MODEL_COMMAND_IDS.showModels],
  ['Unload Models', COMMAND_IDS.unloadModels],
  ['Log', COMMAND_IDS.showLog],
  ['Diagnose', COMMAND_IDS.diagnose],
];

/** Commands that the tooltip links to. */
export const LINKED_COMMANDS = LINKS.map(([, command]) => command);

/** Everything about the models that fits a tooltip, as Markdown whose only links are to our own commands. */
export function statusTooltip(state: ModelsState): string {
  const blocks = [
    '**MentorCollab**',
    roleTable(state),
    ...state.roles.flatMap(({ problem }) => (problem === null ? [] : [`$(warning) ${escapeMarkdown(problem)}`])),
    ...engineLines(state),
    LINKS.map(([title, command]) => `[${title}](command:${command})`).join(' · '),
  ];
  return blocks.join('\n\n');
}

function roleTable({ roles }: ModelsState): string {
  const rows = roles.map((role) => {
    const cells = [ROLE_NAMES[role.role], role.name, placeOf(role), stateOf(role)];
    return `| ${cells.map(escapeMarkdownCell).join(' | ')} |`;
  });
  const verifies = roles.some(({ role }) => role === 'verifier') ? [] : ['| Verifier | the generator itself |  |  |'];
  return ['| Role | Model | Where | State |', '| :-- | :-- | :-- | :-- |', ...rows, ...verifies].join('\n');
}

function placeOf({ name, source }: RoleState): string {
  if (source === null) return '–';
  if (source.type === 'server') return `server ${source.url}`;
  return isDemoModel(name) ? 'comes with MentorCollab' : shortPath(source.path);
}

function stateOf({ source, loaded, problem }: RoleState): string {
  if (problem !== null) return 'can’t be used';
  if (source?.type === 'server') return 'on the server';
  if (loaded === null) return 'not loaded';
  const { estimatedBytes, actualBytes } = loaded;
  const expected = `${formatBytes(estimatedBytes)} expected`;
  return actualBytes === null ? `loaded, ${expected}` : `loaded, ${formatBytes(actualBytes)} (${expected})`;
}

function engineLines({ engine, gpu, unloadsInMs, roles }: ModelsState): readonly string[] {
  if (engine === null) return ['The engine is not running; the first question starts it and loads the models.'];
  const { residentBytes, memory, backend, loadedModels } = engine;
  const known = new Set(roles.map(({ loaded }) => loaded?.path));
  const others = loadedModels.filter(({ path }) => !known.has(path));
  return [
    ...(backend === null ? [] : [`Computes on ${escapeMarkdown(describeBackend(backend, gpu), false)}`]),
    `The engine takes ${formatBytes(residentBytes)}; ${formatBytes(memory.availableBytes)} of ${formatBytes(memory.totalBytes)} are free.`,
    ...others.map(({ path }) => `Also loaded: ${escapeMarkdown(shortPath(path), false)}`),
    ...(unloadsInMs === null ? [] : [`Unloaded in ${minutes(unloadsInMs)} unless they are used.`]),
  ];
}

function minutes(timeMs: number): string {
  const count = Math.max(1, Math.ceil(timeMs / 60_000));
  return count === 1 ? 'less than a minute' : `${count} minutes`;
}
