import type { ModelTarget } from '../../models/modelTarget.ts';

/** One line of the Models view, with those below it. */
export interface ModelsNode {
  /** Its own among all lines, and the same for as long as the line means the same. */
  readonly id: string;
  readonly label: string;
  /** What stands beside the label, smaller. */
  readonly description: string;
  /** Name of one of VS Code's product icons; null for none. */
  readonly icon: string | null;
  /** Id of a theme colour for the icon; null for that of text. Never the only sign of a state. */
  readonly color: string | null;
  /** Markdown; null where the line says it all. */
  readonly tooltip: string | null;
  /** Words that conditions of menus look for. */
  readonly context: readonly string[];
  readonly target: ModelTarget | null;
  readonly children: readonly ModelsNode[];
  /** Whether the lines below are shown at first. */
  readonly isOpen: boolean;
  /** What a click does; null for nothing. */
  readonly command: string | null;
}

/** A line from what is special about it. */
export function modelsNode(parts: Pick<ModelsNode, 'id' | 'label'> & Partial<ModelsNode>): ModelsNode {
  return {
    description: '',
    icon: null,
    color: null,
    tooltip: null,
    context: [],
    target: null,
    children: [],
    isOpen: false,
    command: null,
    ...parts,
  };
}

/** What a screen reader says of a line. */
export function accessibleLabel({ label, description }: ModelsNode): string {
  return [label, ...description.split(' · ')].filter((part) => part !== '').join(', ');
}

/** Colour of icons of what is wrong. */
export const WARNING_COLOR = 'list.warningForeground';
/** Colour of icons of what has failed. */
export const ERROR_COLOR = 'list.errorForeground';
/** Colour of icons of what is well. */
export const GOOD_COLOR = 'charts.green';
