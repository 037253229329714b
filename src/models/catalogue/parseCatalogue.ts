import { z } from 'zod';
import { MentorCollabError } from '../../core/errors.ts';
import type { Catalogue, CatalogueModel } from './catalogue.ts';
import { catalogueSchema } from './catalogueSchema.ts';

/** A catalogue's schema, and that its ids are unique, its pairs' models exist and its split files are complete. */
const wholeCatalogue = catalogueSchema.superRefine(({ models, pairs }, context) => {
  const complain = (path: readonly (string | number)[], message: string): void => {
    context.addIssue({ code: 'custom', path: [...path], message });
  };
  const ids = new Set<string>();
  models.forEach((model, index) => {
    if (ids.has(model.id)) complain(['models', index, 'id'], `"${model.id}" is there twice`);
    ids.add(model.id);
    const problem = splitProblem(model);
    if (problem !== null) complain(['models', index, 'files'], problem);
    if ((model.repository === null) !== (model.revision === null)) {
      complain(['models', index, 'revision'], 'a repository and its revision go together');
    }
  });
  const pairIds = new Set<string>();
  pairs.forEach((pair, index) => {
    if (pairIds.has(pair.id)) complain(['pairs', index, 'id'], `"${pair.id}" is there twice`);
    pairIds.add(pair.id);
    for (const role of ['generator', 'mentor'] as const) {
      if (!ids.has(pair[role])) complain(['pairs', index, role], `there is no model "${pair[role]}"`);
    }
  });
});

/**
 * The catalogue that a file's text holds.
 *
 * @param source - what the text is from, for messages.
 * @throws MentorCollabError `protocol` when it is no JSON or not a catalogue; the message names each place.
 */
export function parseCatalogue(text: string, source: string): Catalogue {
  const parsed = wholeCatalogue.safeParse(jsonOf(text, source));
  if (parsed.success) return parsed.data;
  throw damaged(source, z.prettifyError(parsed.error), parsed.error);
}

/** As llama.cpp's gguf-split names the parts of a file, counted from 1. */
const SPLIT_NAME = /^(?<stem>.*)-(?<part>\d{5})-of-(?<parts>\d{5})\.gguf$/;

/** What is wrong with the names of a model's files; null when they are those of one file, or of all parts of one. */
function splitProblem({ files }: CatalogueModel): string | null {
  const names = files.map(({ name }) => SPLIT_NAME.exec(name)?.groups);
  if (files.length === 1 && names[0] === undefined) return null;
  const stem = names[0]?.['stem'];
  const isWhole = names.every(
    (groups, index) =>
      groups?.['stem'] === stem && Number(groups?.['part']) === index + 1 && Number(groups?.['parts']) === files.length,
  );
  return isWhole ? null : 'the names are not those of all parts of one split file, in order';
}

function jsonOf(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw damaged(source, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function damaged(source: string, details: string, cause: unknown): MentorCollabError {
  return new MentorCollabError(
    'protocol',
    `The model catalogue ${source} can't be read: ${details}\nInstall MentorCollab again to get it whole.`,
    { cause },
  );
}
