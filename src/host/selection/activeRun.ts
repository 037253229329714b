import type { TraceLine } from '../../protocol/trace.ts';
import type { DisposableLike } from '../disposable.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import type { Scheduler } from '../scheduler.ts';
import type { DecisionsSoFar } from './decisionLog.ts';
import { DecisionLog } from './decisionLog.ts';
import type { PageChange, RunPage } from './runPage.ts';

/** Time between two looks at a run that grows, in milliseconds. */
export const GROWTH_MS = 250;

/** What has changed about the active run. */
export type ActiveRunChange =
  /** Another run, or none. */
  | { readonly type: 'run-changed' }
  | { readonly type: 'run-grown' }
  /** A step was opened or closed; `isOurs` when it was shown from the view of decisions, which has the focus. */
  | { readonly type: 'step-selected'; readonly isOurs: boolean };

/**
 * The run that the reader is at: of all pages that show one, that of the page used last among those that can be seen, or
 * else of the page used last. A run that grows is read on from where it was.
 */
export class ActiveRun extends Disposable {
  readonly #scheduler: Scheduler;
  readonly #changed = this.register(new Emitter<ActiveRunChange>());
  /** The page used last comes first. */
  #pages: readonly RunPage[] = [];
  #page: RunPage | null = null;
  #log: DecisionLog | null = null;
  /** Kept, so that going to and fro between two runs reads neither again. */
  readonly #logs = new WeakMap<readonly TraceLine[], DecisionLog>();
  #timer: DisposableLike | null = null;

  readonly onDidChange = this.#changed.event;

  constructor(scheduler: Scheduler) {
    super();
    this.#scheduler = scheduler;
    this.register({ dispose: () => this.#timer?.dispose() });
  }

  /** Takes a page that has been opened, until the returned disposable is disposed. */
  add(page: RunPage): DisposableLike {
    const following = page.onDidChange((change) => {
      this.#follow(page, change);
    });
    this.#use(page);
    return {
      dispose: () => {
        following.dispose();
        this.#pages = this.#pages.filter((each) => each !== page);
        this.#settle();
      },
    };
  }

  /** The page that shows the run; null without one. */
  get page(): RunPage | null {
    return this.#page;
  }

  /** The trace of the run, by which one run is told from the next; null without one. */
  get lines(): readonly TraceLine[] | null {
    return this.#log?.lines ?? null;
  }

  /** What has been decided so far; null without a run. */
  get decisions(): DecisionsSoFar | null {
    return this.#log?.read() ?? null;
  }

  /** The step that is open; null for none. */
  get selectedStep(): number | null {
    return this.#page?.selectedStep ?? null;
  }

  /**
   * Opens a step where the run is shown, and brings that to the front without the focus.
   *
   * @param isOurs - whether the view of decisions has the focus.
   */
  showStep(step: number, isOurs: boolean): void {
    this.#page?.showStep(step);
    this.#changed.fire({ type: 'step-selected', isOurs });
  }

  #follow(page: RunPage, change: PageChange): void {
    switch (change) {
      case 'page-used':
        this.#use(page);
        return;
      case 'view-changed':
        this.#settle();
        return;
      case 'lines-changed':
        if (page === this.#page && page.lines === this.lines) this.#look();
        else this.#settle();
        return;
      case 'step-selected':
        if (page === this.#page) this.#changed.fire({ type: 'step-selected', isOurs: false });
    }
  }

  #use(page: RunPage): void {
    this.#pages = [page, ...this.#pages.filter((each) => each !== page)];
    this.#settle();
  }

  /** Finds out which run is the active one now. */
  #settle(): void {
    const candidates = this.#pages.filter(({ lines }) => lines !== null);
    const page = candidates.find(({ isVisible }) => isVisible) ?? candidates[0] ?? null;
    const lines = page?.lines ?? null;
    if (page === this.#page && lines === this.lines) return;
    this.#page = page;
    this.#log = lines && this.#logOf(lines);
    this.#timer?.dispose();
    this.#timer = null;
    this.#changed.fire({ type: 'run-changed' });
  }

  #logOf(lines: readonly TraceLine[]): DecisionLog {
    const log = this.#logs.get(lines) ?? new DecisionLog(lines);
    this.#logs.set(lines, log);
    return log;
  }

  #look(): void {
    this.#timer ??= this.#scheduler.after(GROWTH_MS, () => {
      this.#timer = null;
      this.#changed.fire({ type: 'run-grown' });
    });
  }
}
