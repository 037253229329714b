import { join } from 'node:path';
import { MentorCollabError } from '../../core/errors.ts';
import type { RelatedRun } from '../../protocol/panel.ts';
import { isActive } from '../../protocol/isActive.ts';
import { describeThrown } from '../describeThrown.ts';
import type { DisposableLike } from '../disposable.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import type { HostRun } from '../runs/hostRun.ts';
import type { RunController } from '../runs/runController.ts';
import type { RunRelations } from '../runs/runRelations.ts';
import { runIdOfFile } from '../runs/traceFileName.ts';
import type { Scheduler } from '../scheduler.ts';
import { DeletedRuns } from './deletedRuns.ts';
import { FamilyTree } from './familyTree.ts';
import { LiveSummary } from './liveSummary.ts';
import type { IndexedRun, RunIndexOptions } from './runIndex.ts';
import { RunIndex } from './runIndex.ts';
import type { RunSummary, TraceSummary } from './runSummary.ts';
import { RunTitles } from './runTitles.ts';
import { watchFolder } from './watchFolder.ts';

/** Changes of the folder within this time are looked at together, in milliseconds. */
export const LOOK_MS = 300;

/** How often the figures of a run under way are told, in milliseconds. */
export const LIVE_MS = 1_000;

/** A trace without an end that was written this long ago, in milliseconds, is no longer taken to be going on. */
export const QUIET_MS = 30_000;

export interface RunHistoryOptions extends RunIndexOptions {
  readonly runs: Pick<RunController, 'onDidUpdate'>;
  readonly scheduler: Scheduler;
  /** Clock in epoch milliseconds. */
  readonly now: () => number;
}

/** All runs that are kept: what they are, what they are called, and which are branches of which. */
export class RunHistory extends Disposable implements RunRelations {
  readonly #options: RunHistoryOptions;
  readonly #index: RunIndex;
  readonly #titles: RunTitles;
  readonly #deleted: DeletedRuns;
  readonly #changed = this.register(new Emitter<void>());
  readonly #updated = this.register(new Emitter<void>());
  #runs: readonly RunSummary[] = [];
  #families = new FamilyTree([]);
  #relations = '';
  #live: LiveSummary | null = null;
  #liveTimer: DisposableLike | null = null;
  /** Told of a trace that another window may be writing, once it has been quiet. */
  #quietTimer: DisposableLike | null = null;
  #lookTimer: DisposableLike | null = null;
  /** Runs whose files may have changed; null for any. */
  #unseen: Set<string> | null = new Set();
  #canUndo = false;
  #started: Promise<void> | null = null;

  /** Tells that titles or families have changed. */
  readonly onDidChange = this.#changed.event;
  /** Tells that anything about the kept runs has changed, the figures of the one under way included. */
  readonly onDidUpdate = this.#updated.event;

  constructor(options: RunHistoryOptions) {
    super();
    this.#options = options;
    const { folder, log, now } = options;
    this.#index = new RunIndex(options);
    this.#titles = new RunTitles(join(folder, TITLES_FILE), log);
    this.#deleted = new DeletedRuns({ runsFolder: folder, folder: join(folder, '..', 'deletedRuns'), now });
    this.register(
      options.runs.onDidUpdate((run) => {
        this.#follow(run);
      }),
    );
    this.register({
      dispose: () => {
        for (const timer of [this.#liveTimer, this.#quietTimer, this.#lookTimer]) timer?.dispose();
      },
    });
  }

  /** All kept runs, newest first. */
  get runs(): readonly RunSummary[] {
    return this.#runs;
  }

  /** The runs and their branches. */
  get families(): FamilyTree {
    return this.#families;
  }

  /** Whether {@link undoDelete} would bring anything back. */
  get canUndoDelete(): boolean {
    return this.#canUndo;
  }

  /**
   * Lists the kept runs, and from then on what changes among them; deletes for good what was deleted long ago. Resolves
   * once they are listed; asked again, it only waits for that.
   */
  start(): Promise<void> {
    this.#started ??= this.#start();
    return this.#started;
  }

  async #start(): Promise<void> {
    const { folder, log } = this.#options;
    const watching = watchFolder(
      folder,
      (name) => {
        this.#noteChange(name);
      },
      log,
    );
    this.register(watching);
    await this.#purge();
    await this.refresh();
  }

  /** Looks at the whole folder; what has not changed there is not read again. */
  async refresh(): Promise<void> {
    await this.#look(null);
  }

  /** A kept run, or the one under way; null when there is none of that name. */
  find(runId: string): RunSummary | null {
    return this.#runs.find((run) => run.runId === runId) ?? null;
  }

  titleOf(runId: string): string | null {
    return this.#titles.titleOf(runId);
  }

  familyOf(runId: string): readonly RelatedRun[] {
    const run = this.find(runId);
    return run ? this.#families.familyOf(run) : [];
  }

  /** Gives a run a title of the user's own; an empty one takes it away. */
  rename(runId: string, title: string): void {
    this.#titles.set([runId], title);
    this.#publish();
  }

  /**
   * Moves runs aside, so that {@link undoDelete} can bring them back for a day.
   *
   * @returns a name for this deletion.
   * @throws MentorCollabError `bad-input` when one of them is under way; then none is deleted.
   */
  async delete(runIds: readonly string[]): Promise<string> {
    const running = runIds.map((runId) => this.find(runId)).find((run) => run?.phase === 'running');
    if (running) {
      throw new MentorCollabError(
        'bad-input',
        'A run that still goes on can’t be deleted: stop it, or wait for its end.',
      );
    }
    try {
      await this.#purge();
      return await this.#deleted.add(runIds);
    } finally {
      if (this.#live && runIds.includes(this.#live.run.runId)) this.#live = null;
      await this.#look(new Set(runIds));
    }
  }

  /**
   * Brings back the runs of a deletion, in this window or another.
   *
   * @param deletion - its name; the last one by default.
   * @returns the runs that are back; none when there was nothing to undo.
   */
  async undoDelete(deletion: string | null = null): Promise<readonly string[]> {
    const restored = await this.#deleted.restore(deletion);
    await this.#look(new Set(restored));
    return restored;
  }

  async #purge(): Promise<void> {
    try {
      const purged = (await this.#deleted.purge()).filter((runId) => this.#index.find(runId) === null);
      if (purged.some((runId) => this.#titles.titleOf(runId) !== null)) this.#titles.set(purged, null);
    } catch (thrown) {
      this.#options.log.warn(`Deleted runs can't be removed for good: ${describeThrown(thrown)}`);
    }
  }

  async #hasDeleted(): Promise<boolean> {
    try {
      return await this.#deleted.hasAny();
    } catch (thrown) {
      this.#options.log.warn(`Deleted runs can't be listed: ${describeThrown(thrown)}`);
      return false;
    }
  }

  /** A run made here is known without its file, which is read once when the run is over. */
  #follow(run: HostRun): void {
    const before = this.#live?.run.runId === run.runId ? this.#live.run.state.phase : null;
    if (before === null) this.#live = new LiveSummary(run, this.#options.now());
    this.#live?.update(run);
    // How far a model is loaded changes many times a second, and no list shows it.
    if (run.state.phase !== before) this.#publish();
    if (isActive(run.state)) this.#tick();
    else void this.#settle(run.runId);
  }

  /** The run is over; once its file says so too, that is what is known of it. */
  async #settle(runId: string): Promise<void> {
    await this.#index.refresh(new Set([runId]));
    const live = this.#live?.run.runId === runId ? this.#live.run : null;
    const isInFile = this.#index.find(runId)?.isOpen === false;
    if (live && !isActive(live.state) && (isInFile || live.lines.length === 0)) this.#live = null;
    this.#publish();
  }

  #tick(): void {
    this.#liveTimer ??= this.#options.scheduler.after(LIVE_MS, () => {
      this.#liveTimer = null;
      if (!this.#live || !isActive(this.#live.run.state)) return;
      this.#publish();
      this.#tick();
    });
  }

  #noteChange(name: string | null): void {
    const runId = name === null ? null : runIdOfFile(name);
    if (name === null) this.#unseen = null;
    else if (runId !== null && runId !== this.#live?.run.runId) this.#unseen?.add(runId);
    else if (name !== TITLES_FILE) return;
    this.#lookTimer ??= this.#options.scheduler.after(LOOK_MS, () => {
      this.#lookTimer = null;
      void this.#lookAtUnseen();
    });
  }

  async #lookAtUnseen(): Promise<void> {
    const unseen = this.#unseen;
    this.#unseen = new Set();
    await this.#look(unseen);
  }

  async #look(runIds: ReadonlySet<string> | null): Promise<void> {
    this.#titles.read();
    await this.#index.refresh(runIds);
    this.#canUndo = await this.#hasDeleted();
    this.#publish();
  }

  #publish(): void {
    if (this.isDisposed) return;
    this.#quietTimer?.dispose();
    this.#quietTimer = null;
    const live = this.#live?.summary() ?? null;
    const kept = this.#index.runs.filter(({ summary }) => summary.runId !== live?.runId);
    const all = [...(live ? [live] : []), ...kept.map((each) => this.#asOfNow(each))];
    this.#runs = all
      .map((summary) => ({ ...summary, title: this.#titles.titleOf(summary.runId) }))
      .sort((a, b) => b.startedAtMs - a.startedAtMs || (a.runId < b.runId ? 1 : -1));
    this.#families = new FamilyTree(this.#runs);
    const relations = JSON.stringify(
      this.#runs.map(({ runId, title, branch, phase, answer }) => [runId, title, branch, phase, answer]),
    );
    const areSame = relations === this.#relations;
    this.#relations = relations;
    this.#updated.fire();
    if (!areSame) this.#changed.fire();
  }

  /** A trace without an end that was written just now is another window's run under way. */
  #asOfNow({ summary, changedAtMs }: IndexedRun): TraceSummary {
    const leftMs = summary.isOpen ? changedAtMs + QUIET_MS - this.#options.now() : 0;
    if (leftMs <= 0) return summary;
    this.#quietTimer ??= this.#options.scheduler.after(Math.min(leftMs, QUIET_MS), () => {
      this.#publish();
    });
    return { ...summary, phase: 'running' };
  }
}

/** The file of the users' titles, which is no trace, in the folder of traces, so that other windows' changes are seen. */
const TITLES_FILE = 'titles.json';
