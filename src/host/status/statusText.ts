import { plainLabel } from '../plainLabel.ts';
import type { ModelsState, RoleState } from './modelsState.ts';
import { statusTooltip } from './statusTooltip.ts';

/** What the status bar shows. */
export interface StatusText {
  /** One short line with an icon in front. */
  readonly text: string;
  /** Markdown with links to commands. */
  readonly tooltip: string;
  /** The line for a screen reader, which sees no icon. */
  readonly label: string;
}

/** Longest name of a model in the status bar, in characters; two of them leave room for others on a small window. */
const LONGEST_NAME = 20;
const ROLE_WORDS = { generator: 'the generator', mentor: 'the mentor', verifier: 'the verifier' } as const;

/** The models at one glance, told by icon and by word. */
export function statusText(state: ModelsState): StatusText {
  const { icon, words } = summary(state);
  return {
    text: `$(${icon}) ${plainLabel(words)}`,
    tooltip: statusTooltip(state),
    label: `MentorCollab: ${words}`,
  };
}

/** The state that concerns a user most. */
function summary({ roles, activity }: ModelsState): { readonly icon: string; readonly words: string } {
  switch (activity.type) {
    case 'loading':
      return {
        icon: 'loading~spin',
        words: `loading ${ROLE_WORDS[activity.role]} ${Math.floor(activity.fraction * 100)}%`,
      };
    case 'running':
    case 'stopping':
      return {
        icon: 'sync~spin',
        words: `${pairOf([activity.generatorName, activity.mentorName])}: ${activity.type}`,
      };
    case 'idle':
      return idleSummary(roles);
  }
}

function idleSummary(roles: readonly RoleState[]): { readonly icon: string; readonly words: string } {
  const wrong = roles.find(({ problem }) => problem !== null);
  if (wrong) return { icon: 'warning', words: `MentorCollab: ${ROLE_WORDS[wrong.role]} can’t be used` };
  const pair = pairOf(roles.filter(({ role }) => role !== 'verifier').map(({ name }) => name));
  const files = roles.filter(({ source }) => source?.type === 'file');
  const loaded = files.filter((role) => role.loaded !== null);
  if (loaded.length === files.length) return { icon: 'lightbulb', words: pair };
  return loaded.length === 0
    ? { icon: 'lightbulb-empty', words: `${pair}: not loaded` }
    : { icon: 'lightbulb-empty', words: `${pair}: partly loaded` };
}

function pairOf(names: readonly (string | null)[]): string {
  return names
    .filter((name) => name !== null)
    .map(shortName)
    .join(' + ');
}

/** A name without what says nothing at a glance: whose it is, that it is a file, and its end if it is long. */
function shortName(name: string): string {
  const bare =
    name
      .split('/')
      .at(-1)
      ?.replace(/(?:-00001-of-\d{5})?\.gguf$/i, '')
      .trim() ?? '';
  const [...characters] = bare === '' ? name : bare;
  return characters.length <= LONGEST_NAME ? characters.join('') : `${characters.slice(0, LONGEST_NAME - 1).join('')}…`;
}
