import { existsSync } from 'node:fs';
import { MentorCollabError } from '../../core/errors.ts';
import type { ModelFacts } from '../../core/languageModel.ts';
import { isDemoModel } from '../../models/demoPair.ts';
import type { RunSources } from './prepareRun.ts';

/**
 * Where a model is now that a trace names. A demo model is taken from this installation, wherever the one of then was.
 *
 * @throws MentorCollabError `model-missing` when its file is gone, or the trace does not say where it is.
 */
export function recordedModelPath({ name, path }: ModelFacts, sources: Pick<RunSources, 'resolveModel'>): string {
  const reference = name.replace(/\.gguf$/, '');
  if (isDemoModel(reference)) return sources.resolveModel(reference);
  if (path !== null && existsSync(path)) return path;
  const place = path === null ? 'the trace does not say where it is' : `it is no longer at ${path}`;
  throw new MentorCollabError(
    'model-missing',
    `A branch goes on with the models of its parent, but ${name} can't be found: ${place}. Put the file back, or ask the question anew with the models set now.`,
  );
}
