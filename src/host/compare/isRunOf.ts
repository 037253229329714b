import { isDeepStrictEqual } from 'node:util';
import type { ModelFacts } from '../../core/languageModel.ts';
import type { ModelSource } from '../../core/modelSource.ts';
import type { RunSettings } from '../../core/runSettings.ts';
import type { SolveRequest } from '../../protocol/engine.ts';
import type { HostRun } from '../runs/hostRun.ts';

/**
 * Whether a run has come to its own end and is what the request would be: the same question, models and settings, from
 * its first word. Threads are left out, since they change no word.
 */
export function isRunOf(run: HostRun, request: SolveRequest): boolean {
  const header = run.lines[0];
  if (header?.type !== 'run-started' || header.branch !== null || run.state.phase !== 'done') return false;
  const { generator, mentor, verifier } = header;
  const contextSize = request.options.contextSize ?? generator.model.contextSize;
  return (
    isDeepStrictEqual(header.prompt, request.prompt) &&
    isModelOf(generator, request.generator) &&
    isModelOf(mentor, request.mentor) &&
    isModelOf(verifier, request.verifier) &&
    // A server has the context it was started with.
    (generator.model.server !== null || generator.model.contextSize === contextSize) &&
    isDeepStrictEqual(inForce(header.settings, mentor !== null), inForce(request.settings, request.mentor !== null))
  );
}

function isModelOf(opened: { readonly model: ModelFacts } | null, source: ModelSource | null): boolean {
  if (opened === null || source === null) return opened === source;
  const { path, server, name } = opened.model;
  return source.type === 'file' ? path === source.path : server === source.url && name === source.model;
}

/** Settings that shape a run: one model alone is never probed. */
function inForce(settings: RunSettings, hasMentor: boolean): Partial<RunSettings> {
  return hasMentor ? settings : { maxTokens: settings.maxTokens, stopStrings: settings.stopStrings };
}
