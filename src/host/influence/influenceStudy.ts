import { isAnswerChanged } from '../../core/answer/sameAnswer.ts';
import { asMentorCollabError } from '../../core/errors.ts';
import type { RunEnded } from '../../core/runEvent.ts';
import { mentorSteps } from '../../core/view/mentorSteps.ts';
import { viewRun } from '../../core/view/runView.ts';
import { eventsOf } from '../../protocol/eventsOf.ts';
import type { FlippedSegment, Influence } from '../../protocol/panel.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import { describeFailure } from '../runs/describeFailure.ts';
import type { HostRun } from '../runs/hostRun.ts';
import type { ModelConsent } from '../runs/modelConsent.ts';
import { prepareBranch } from '../runs/prepareBranch.ts';
import type { RunSources } from '../runs/prepareRun.ts';
import type { RunController } from '../runs/runController.ts';
import { runPhase } from '../runs/runPhase.ts';
import type { RunRelations } from '../runs/runRelations.ts';
import { settingsOfNow } from '../runs/settingsOfNow.ts';
import { rankFlipped } from './rankFlipped.ts';

export interface InfluenceStudyOptions extends RunSources {
  /** The run whose interventions are weighed; it has come to its end. */
  readonly run: HostRun;
  readonly runs: Pick<RunController, 'runAside'>;
  /** Branches that are kept already, and need not be run again. */
  readonly relations: Pick<RunRelations, 'familyOf'>;
  readonly consent: Pick<ModelConsent, 'obtain'>;
}

/** How a study ended, for now. */
type StudyEnd = Pick<Influence, 'phase' | 'message'>;

const DONE: StudyEnd = { phase: 'done', message: null };
const STOPPED_BY_USER: StudyEnd = {
  phase: 'stopped',
  message: 'Cancelled. What has been flipped so far stays here and among the runs.',
};
const STOPPED_OTHERWISE: StudyEnd = {
  phase: 'stopped',
  message:
    'Stopped, since something else was asked or the run was stopped. What has been flipped so far stays here and among the runs.',
};
const NOT_LOADED: StudyEnd = {
  phase: 'stopped',
  message: 'Nothing was flipped, since the models that this run names were not to be loaded.',
};

/**
 * Finds out which interventions mattered in one run: each of the mentor's patches is flipped in turn, as a branch of the
 * run that takes the generator's instead, and the run is finished. The last patch goes first: the text before a patch is
 * part of the text before every later one, so that all but the first flip find it in the models' caches.
 */
export class InfluenceStudy extends Disposable {
  readonly #options: InfluenceStudyOptions;
  readonly #changed = this.register(new Emitter<void>());
  readonly #steps: readonly number[];
  readonly #answer: string | null;
  readonly #flipped = new Map<number, FlippedSegment>();
  #end: StudyEnd = DONE;
  #abort: AbortController | null = null;
  #running: Promise<void> | null = null;

  /** Tells that a patch has been flipped, or that the study has begun or ended. */
  readonly onDidChange = this.#changed.event;

  constructor(options: InfluenceStudyOptions) {
    super();
    this.#options = options;
    this.#steps = mentorSteps(viewRun(eventsOf(options.run.lines)));
    this.#answer = endOf(options.run.lines)?.answer ?? null;
    this.register({ dispose: () => this.#abort?.abort() });
  }

  /** What has been found out. */
  get influence(): Influence {
    return { ...this.#end, total: this.#steps.length, flipped: rankFlipped(this.#flipped.values()) };
  }

  get isRunning(): boolean {
    return this.#abort !== null;
  }

  /**
   * Flips every patch that has not been flipped to its end yet. Ends early when it is cancelled, when something else is
   * asked meanwhile, and when the engine can't go on. Asked again while it is under way, it only waits for the end. Never
   * rejects: what went wrong is told as the study's message.
   */
  run(): Promise<void> {
    this.#running ??= this.#run();
    return this.#running;
  }

  /** Stops what is under way; what has been flipped stays. */
  cancel(): void {
    this.#abort?.abort();
  }

  async #run(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    this.#proceed({ phase: 'running', message: null });
    const end = await this.#flipAll(abort.signal);
    this.#running = null;
    this.#abort = null;
    this.#proceed(end);
  }

  async #flipAll(signal: AbortSignal): Promise<StudyEnd> {
    const [header] = this.#options.run.lines;
    try {
      if (header?.type === 'run-started') await this.#options.consent.obtain(header);
    } catch (thrown) {
      return asMentorCollabError(thrown).code === 'cancelled' ? NOT_LOADED : failedEnd(thrown);
    }
    const sources = settingsOfNow(this.#options);
    for (const step of this.#steps.filter((each) => !this.#isFlipped(each)).reverse()) {
      const end = this.#takeKept(step) ? null : await this.#flip(step, sources, signal);
      if (end) return end;
    }
    const unfinished = this.#steps.filter((step) => !this.#isFlipped(step));
    if (unfinished.length === 0) return DONE;
    const where = unfinished.length === 1 ? `step ${unfinished.join()}` : `steps ${unfinished.join(', ')}`;
    return { phase: 'failed', message: `Not every run came to its end: open the branch of ${where} to see why.` };
  }

  /** Null when the study goes on behind this one. */
  async #flip(step: number, sources: RunSources, signal: AbortSignal): Promise<StudyEnd | null> {
    const { run: parent, runs } = this.#options;
    const branch = { step, change: { type: 'other-patch' } } as const;
    try {
      const run = await runs.runAside(
        (runId) => prepareBranch(runId, { parent, branch }, sources),
        signal,
        (update) => {
          this.#note(step, update);
        },
      );
      this.#note(step, run);
      return endAfter(run, signal);
    } catch (thrown) {
      if (asMentorCollabError(thrown).code === 'cancelled') return STOPPED_BY_USER;
      return failedEnd(thrown);
    }
  }

  /** Takes a branch that somebody has made before; true when there is one. */
  #takeKept(step: number): boolean {
    const { run, relations } = this.#options;
    const kept = relations
      .familyOf(run.runId)
      .find(
        ({ branch, phase }) =>
          branch?.parentRunId === run.runId &&
          branch.step === step &&
          branch.change.type === 'other-patch' &&
          phase === 'done',
      );
    if (!kept) return false;
    const { runId, answer } = kept;
    this.#set({ step, runId, phase: 'done', answer, answerChanged: isAnswerChanged(this.#answer, answer) });
    return true;
  }

  /** A run that never began has no trace to open, and is told of by the study's message alone. */
  #note(step: number, run: HostRun): void {
    const phase = runPhase(run.state);
    if (phase !== 'running' && run.lines.length === 0) {
      this.#flipped.delete(step);
      return;
    }
    const answer = endOf(run.lines)?.answer ?? null;
    const isChanged = phase === 'done' && isAnswerChanged(this.#answer, answer);
    this.#set({ step, runId: run.runId, phase, answer, answerChanged: isChanged });
  }

  /** A run is told of with each of its lines, which changes nothing here. */
  #set(flipped: FlippedSegment): void {
    const before = this.#flipped.get(flipped.step);
    if (before?.runId === flipped.runId && before.phase === flipped.phase) return;
    this.#flipped.set(flipped.step, flipped);
    this.#changed.fire();
  }

  #isFlipped(step: number): boolean {
    return this.#flipped.get(step)?.phase === 'done';
  }

  #proceed(end: StudyEnd): void {
    this.#end = end;
    this.#changed.fire();
  }
}

/** Whether a study is over with a run that has ended; null when it goes on. */
function endAfter({ state, lines }: HostRun, signal: AbortSignal): StudyEnd | null {
  if (state.phase === 'stopped') return signal.aborted ? STOPPED_BY_USER : STOPPED_OTHERWISE;
  if (state.phase !== 'failed') return null;
  const failure = endOf(lines)?.failure ?? null;
  // What kept one run from its end, such as a full context, need not keep the next.
  const concernsAll = failure === null || ENGINE_FAILURES.some((code) => code === failure.code);
  return concernsAll ? { phase: 'failed', message: withHelp(state.message) } : null;
}

const ENGINE_FAILURES = ['engine-crashed', 'engine-unavailable', 'out-of-memory'] as const;

function failedEnd(thrown: unknown): StudyEnd {
  return { phase: 'failed', message: withHelp(describeFailure(asMentorCollabError(thrown)).message) };
}

function withHelp(message: string): string {
  return `${message} What has been flipped so far stays; Go On flips the rest.`;
}

function endOf(lines: readonly TraceLine[]): RunEnded | null {
  const last = lines.at(-1);
  return last?.type === 'run-ended' ? last : null;
}
