import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { MentorCollabError } from '../../core/errors.ts';
import type { ModelFacts } from '../../core/languageModel.ts';
import type { ModelSource } from '../../core/modelSource.ts';
import { describeSource } from '../../core/modelSource.ts';
import { recordedDemoModel, recordedSource } from './modelConsent.ts';
import type { RunSources } from './prepareRun.ts';

/**
 * Where a model is now that a trace names. A demo model is taken from this installation, wherever the one of then was; a
 * server is asked with the key that is kept for it now.
 *
 * @throws MentorCollabError `bad-input` when it may not be used only because a trace names it; `model-missing` when its
 * file is gone, or the trace does not say where it is.
 */
export function recordedModelSource(
  model: ModelFacts,
  sources: Pick<RunSources, 'resolveModel' | 'mayLoad'>,
): ModelSource {
  const demo = recordedDemoModel(model);
  if (demo !== null) return sources.resolveModel(demo);
  const source = recordedSource(model);
  const isUsable = source !== null && (source.type === 'server' || isAbsolute(source.path));
  // Before the disk is asked for it: even to look for a file can reach another machine.
  if (isUsable && !sources.mayLoad(source)) throw notAllowed(model, source);
  if (isUsable && source.type === 'server')
    return sources.resolveModel(`${source.url}#${encodeURIComponent(source.model)}`);
  if (isUsable && source.type === 'file' && existsSync(source.path)) return source;
  const place = model.path === null ? 'the trace does not say where it is' : `it is no longer at ${model.path}`;
  throw new MentorCollabError(
    'model-missing',
    `A branch goes on with the models of its parent, but ${model.name} can't be found: ${place}. Put the file back, or ask the question anew with the models set now.`,
  );
}

function notAllowed({ name }: ModelFacts, source: ModelSource): MentorCollabError {
  const place = source.type === 'file' ? source.path : describeSource(source);
  return new MentorCollabError(
    'bad-input',
    `${name} at ${place} is not one of your configured models, and is not used only because a run names it. Branch again and agree to it, or choose it in the settings.`,
  );
}
