import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { MentorCollabError } from '../../core/errors.ts';
import type { ModelFacts } from '../../core/languageModel.ts';
import { recordedDemoModel } from './modelConsent.ts';
import type { RunSources } from './prepareRun.ts';

/**
 * Where a model is now that a trace names. A demo model is taken from this installation, wherever the one of then was.
 *
 * @throws MentorCollabError `bad-input` when its file may not be loaded only because a trace names it; `model-missing`
 * when it is gone, or the trace does not say where it is.
 */
export function recordedModelPath(model: ModelFacts, sources: Pick<RunSources, 'resolveModel' | 'mayLoad'>): string {
  const demo = recordedDemoModel(model);
  if (demo !== null) return sources.resolveModel(demo);
  const { name, path } = model;
  // Before the disk is asked for it: even to look for a file can reach another machine.
  if (path !== null && isAbsolute(path) && !sources.mayLoad(path)) {
    throw new MentorCollabError(
      'bad-input',
      `${name} at ${path} is not one of your configured models, and is not loaded only because a run names it. Branch again and agree to load it, or choose it in the settings.`,
    );
  }
  if (path !== null && isAbsolute(path) && existsSync(path)) return path;
  const place = path === null ? 'the trace does not say where it is' : `it is no longer at ${path}`;
  throw new MentorCollabError(
    'model-missing',
    `A branch goes on with the models of its parent, but ${name} can't be found: ${place}. Put the file back, or ask the question anew with the models set now.`,
  );
}
