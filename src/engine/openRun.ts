import type { LanguageModel, ModelText } from '../core/languageModel.ts';
import type { RunHeader } from '../core/runHeader.ts';
import { TRACE_FORMAT_VERSION } from '../core/runHeader.ts';
import type { SolveRequest } from '../protocol/engine.ts';
import type { JudgedGenerator, TrainedVerifier } from './trainedVerifier.ts';

/** A pair of models on a prompt, ready to run. */
export interface OpenRun {
  readonly trained: TrainedVerifier;
  readonly generator: OpenedModel;
  readonly mentor: OpenedModel | null;
  readonly verifier: OpenedModel | null;
}

export interface OpenedModel {
  readonly model: LanguageModel & JudgedGenerator;
  readonly text: ModelText;
}

/** The first line of the run's trace. */
export function headerOf(request: SolveRequest, run: OpenRun): RunHeader {
  const opened = ({ model, text }: OpenedModel): RunHeader['generator'] => ({
    model: model.facts,
    promptAsSent: text.promptAsSent,
  });
  return {
    type: 'run-started',
    formatVersion: TRACE_FORMAT_VERSION,
    runId: request.runId,
    startedAt: new Date().toISOString(),
    prompt: request.prompt,
    generator: opened(run.generator),
    mentor: run.mentor && opened(run.mentor),
    verifier: run.verifier && opened(run.verifier),
    verifierFile: run.trained.file,
    settings: request.settings,
    threads: request.options.threads,
    branch: request.opening?.branch ?? null,
  };
}
