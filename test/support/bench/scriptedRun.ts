import type { ModelFacts, Patch, Word } from '../../../src/core/languageModel.ts';
import { NO_USAGE } from '../../../src/core/languageModel.ts';
import type { ModelSource } from '../../../src/core/modelSource.ts';
import { describeSource } from '../../../src/core/modelSource.ts';
import type { RunEnded, RunEvent, Source, StopReason } from '../../../src/core/runEvent.ts';
import type { RunHeader } from '../../../src/core/runHeader.ts';
import { TRACE_FORMAT_VERSION } from '../../../src/core/runHeader.ts';
import type { ModelRole, SolveRequest } from '../../../src/protocol/engine.ts';

/** One step of a run; a word of the generator alone unless it says otherwise. */
export interface ScriptedStep {
  readonly text: string;
  readonly source?: Source;
  /** Default 1. */
  readonly tokens?: number;
  /** Default: whenever the step is not the generator's; one that is and is probed keeps the generator's patch. */
  readonly isProbed?: boolean;
  /** The verifier's log-odds; default none. */
  readonly score?: number;
}

/** A run as a test wants it to go. */
export interface ScriptedRun {
  readonly steps: readonly ScriptedStep[];
  /** Default `end`. */
  readonly stop?: StopReason;
  /** Default 10. */
  readonly timeMs?: number;
  /** Content of the models' files, by their paths; default the path itself. */
  readonly sha256?: Readonly<Record<string, string>>;
}

/** A run of the generator alone that writes this. */
export function wordsOf(text: string): ScriptedRun {
  return { steps: (text.match(/\s*\S+/g) ?? []).map((word) => ({ text: word })) };
}

/** The first line of a run. */
export function headerOf(request: SolveRequest, { sha256 = {} }: ScriptedRun): RunHeader {
  const opened = (role: ModelRole) => {
    const source = request[role];
    return source && { model: factsOf(source, sha256), promptAsSent: promptOf(request) };
  };
  return {
    type: 'run-started',
    formatVersion: TRACE_FORMAT_VERSION,
    runId: request.runId,
    startedAt: '2026-01-02T03:04:05.678Z',
    prompt: request.prompt,
    generator: { model: factsOf(request.generator, sha256), promptAsSent: promptOf(request) },
    mentor: opened('mentor'),
    verifier: opened('verifier'),
    settings: request.settings,
    threads: 1,
    verifierFile: null,
    branch: null,
  };
}

/** What is told of one step. */
export function eventsOfStep(scripted: ScriptedStep, step: number): RunEvent[] {
  const { text, source = 'generator', tokens = 1, isProbed, score } = scripted;
  const word = wordOf(text);
  const cost = { generator: NO_USAGE, mentor: NO_USAGE };
  const taken: RunEvent = { type: 'step-taken', step, source, text, tokens, word, dropped: false, cost };
  if (isProbed !== true && source === 'generator') return [taken];
  const agreed = source === 'agreed';
  const probed: RunEvent = {
    type: 'mentor-probed',
    step,
    reason: { policy: 'always' },
    generatorWord: word,
    mentorWord: wordOf(agreed ? text : `${text}!`),
    agreed,
  };
  if (agreed) return [probed, taken];
  return [
    probed,
    { type: 'patch-drafted', step, by: 'generator', patch: patchOf(text) },
    { type: 'patch-drafted', step, by: 'mentor', patch: patchOf(text) },
    {
      type: 'patch-verified',
      step,
      winner: source,
      score: score ?? null,
      suffix: score === undefined ? null : 'Which?',
      choice: null,
    },
    taken,
  ];
}

/** The last line of a run that took these steps. */
export function endOf(
  run: ScriptedRun,
  { steps, stop, hasVerifier }: { steps: readonly ScriptedStep[]; stop: StopReason; hasVerifier: boolean },
): RunEnded {
  const mentorSteps = steps.filter(({ source }) => source === 'mentor');
  const [all, ofMentor] = [acceptedIn(steps), acceptedIn(mentorSteps)];
  return {
    type: 'run-ended',
    stop,
    failure: stop === 'failed' ? { code: 'context-full', message: 'The context is full.' } : null,
    // No judge of a bench may lean on this one.
    answer: 'not what the text says',
    steps: steps.length,
    tokens: {
      generator: { accepted: all - ofMentor, decoded: all, prefilled: 7 },
      mentor: { accepted: ofMentor, decoded: 2 * ofMentor, prefilled: ofMentor === 0 ? 0 : 7 },
      ...(hasVerifier && { verifier: { accepted: 0, decoded: 1, prefilled: 9 } }),
    },
    mentorShare: shareOf(ofMentor, all),
    mentorStepShare: shareOf(mentorSteps.length, steps.length),
    usage: { generator: NO_USAGE, mentor: NO_USAGE },
    timeMs: run.timeMs ?? 10,
  };
}

function acceptedIn(steps: readonly ScriptedStep[]): number {
  return steps.reduce((sum, { tokens = 1 }) => sum + tokens, 0);
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function promptOf({ prompt }: SolveRequest): string {
  return prompt.form === 'chat' ? prompt.question : prompt.text;
}

function factsOf(source: ModelSource, sha256: Readonly<Record<string, string>>): ModelFacts {
  const name = describeSource(source);
  return {
    name,
    path: source.type === 'file' ? source.path : null,
    server: source.type === 'server' ? source.url : null,
    sha256: source.type === 'file' ? (sha256[name] ?? `content of ${name}`) : null,
    ...{ architecture: 'llama', quantization: 'Q8_0', parameters: 1_000, bytes: 1_000, contextSize: 256 },
  };
}

function wordOf(text: string): Word {
  return { text, pieces: [pieceOf(text)], candidates: [], entropy: null };
}

function patchOf(text: string): Patch {
  return { text, pieces: [pieceOf(text)], endsTurn: false };
}

function pieceOf(text: string): Word['pieces'][number] {
  return { text, logProbability: -0.5, lead: 1, candidates: [] };
}
