import { MentorCollabError } from '../../../core/errors.ts';
import { nearestName } from '../../../core/nearestName.ts';
import { ARC, COMMONSENSE_QA } from './arc.ts';
import type { DataLayout } from './dataLayout.ts';
import { GSM8K } from './gsm8k.ts';
import type { LayoutName } from './layoutName.ts';
import { MATH, MINERVA } from './math.ts';
import { MMLU_PRO } from './mmluPro.ts';
import { SUPER_GPQA } from './superGpqa.ts';

/**
 * The published layouts. Each was looked up before it was written. Com2 (ACL 2025) is not among them: its authors'
 * repository holds no data yet, so that no file could be checked. What others' programs read of it are `question`,
 * `options` (a text with a line `A) …` for each), `answer` and `type`, and in its hard part `crime`, `facts`, `Q`, `O` and
 * `A`. The general layout takes these by mapping: `choices=options,domain=type`, or
 * `question=crime+facts+Q,choices=O,answer=A,domain=type`.
 */
const PUBLISHED: readonly DataLayout[] = [GSM8K, MATH, MMLU_PRO, SUPER_GPQA, ARC, COMMONSENSE_QA, MINERVA];

/** All names by which a layout can be chosen. */
export const LAYOUT_NAMES: readonly LayoutName[] = ['general', ...PUBLISHED.map(({ name }) => name)];

/**
 * The layout of a name.
 *
 * @throws MentorCollabError `bad-input` with the names there are.
 */
export function parseLayoutName(text: string): LayoutName {
  const name = LAYOUT_NAMES.find((known) => known === text.trim().toLowerCase());
  if (name !== undefined) return name;
  const nearest = nearestName(text, LAYOUT_NAMES);
  const suggestion = nearest === null ? '' : ` Did you mean ${nearest}?`;
  throw new MentorCollabError(
    'bad-input',
    `There is no layout "${text}".${suggestion} The layouts are ${LAYOUT_NAMES.join(', ')}.`,
  );
}

/** The published layout of that name; null for the general one. */
export function publishedLayout(name: LayoutName): DataLayout | null {
  return PUBLISHED.find((layout) => layout.name === name) ?? null;
}

/** The published layout that an object's fields are of; null where none is, so that it must be the general one. */
export function recognisedLayout(fields: Readonly<Record<string, unknown>>): DataLayout | null {
  return PUBLISHED.find((layout) => layout.isKnownBy(fields)) ?? null;
}
