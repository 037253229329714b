import { isDeepStrictEqual } from 'node:util';
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
  const { generator, mentor } = header;
  const contextSize = request.options.contextSize ?? generator.model.contextSize;
  return (
    isDeepStrictEqual(header.prompt, request.prompt) &&
    generator.model.path === request.generatorPath &&
    (mentor?.model.path ?? null) === request.mentorPath &&
    generator.model.contextSize === contextSize &&
    isDeepStrictEqual(inForce(header.settings, mentor !== null), inForce(request.settings, request.mentorPath !== null))
  );
}

/** Settings that shape a run: one model alone is never probed. */
function inForce(settings: RunSettings, hasMentor: boolean): Partial<RunSettings> {
  return hasMentor ? settings : { maxTokens: settings.maxTokens, stopStrings: settings.stopStrings };
}
