import { MentorCollabError } from '../../core/errors.ts';
import { mentorSteps } from '../../core/view/mentorSteps.ts';
import { viewRun } from '../../core/view/runView.ts';
import { eventsOf } from '../../protocol/eventsOf.ts';
import { isActive } from '../../protocol/isActive.ts';
import type { Influence } from '../../protocol/panel.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import type { HostRun } from '../runs/hostRun.ts';
import type { InfluenceStudyOptions } from './influenceStudy.ts';
import { InfluenceStudy } from './influenceStudy.ts';

/** The studies of this window, one for each run that was asked about; they last as long as the window. */
export class InfluenceStudies extends Disposable {
  readonly #options: Omit<InfluenceStudyOptions, 'run'>;
  readonly #changed = this.register(new Emitter<string>());
  readonly #studies = new Map<string, InfluenceStudy>();

  /** Tells the id of a run whose study has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(options: Omit<InfluenceStudyOptions, 'run'>) {
    super();
    this.#options = options;
  }

  /** The run whose study is under way; null when none is. */
  get activeRunId(): string | null {
    return [...this.#studies].find(([, study]) => study.isRunning)?.[0] ?? null;
  }

  /** What has been found out about a run; null when nobody has asked. */
  of(runId: string): Influence | null {
    return this.#studies.get(runId)?.influence ?? null;
  }

  /**
   * Finds out which interventions mattered in a run, or goes on with it; resolves once that has ended, however it did.
   * Asking again while it is under way changes nothing.
   *
   * @throws MentorCollabError `bad-input` when the run can't be asked about, or another one is being so.
   */
  async weigh(run: HostRun): Promise<Influence> {
    checkWeighable(run);
    const { activeRunId } = this;
    if (activeRunId !== null && activeRunId !== run.runId) {
      throw new MentorCollabError(
        'bad-input',
        'The interventions of another run are being weighed. Wait for the end of that, or open the run and cancel it.',
      );
    }
    const study = this.#studies.get(run.runId) ?? this.#create(run);
    await study.run();
    return study.influence;
  }

  /** Stops the study of a run; what has been flipped stays. */
  cancel(runId: string): void {
    this.#studies.get(runId)?.cancel();
  }

  #create(run: HostRun): InfluenceStudy {
    const study = this.register(new InfluenceStudy({ ...this.#options, run }));
    study.onDidChange(() => {
      this.#changed.fire(run.runId);
    });
    this.#studies.set(run.runId, study);
    return study;
  }
}

/** Whether it can be asked which interventions mattered in a run. */
export function isWeighable({ state, lines }: Pick<HostRun, 'state' | 'lines'>): boolean {
  return state.phase === 'done' && mentorSteps(viewRun(eventsOf(lines))).length > 0;
}

function checkWeighable(run: HostRun): void {
  if (isWeighable(run)) return;
  throw new MentorCollabError('bad-input', whyNotWeighable(run));
}

function whyNotWeighable({ state }: HostRun): string {
  if (isActive(state)) return 'This run still goes on: wait for its end to find out which interventions mattered.';
  if (state.phase === 'done')
    return 'The mentor’s patch was taken nowhere in this run, so no intervention can be flipped.';
  return 'This run did not come to its end, so there is no answer to compare with. Ask it again first.';
}
