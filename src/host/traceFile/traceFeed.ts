import type { RunHeader } from '../../core/runHeader.ts';
import { questionOf } from '../../export/runFacts.ts';
import type { Ability, HostMessage, PanelRun } from '../../protocol/panel.ts';
import type { TraceFileDescription } from './describeTraceFile.ts';
import { describeTraceFile, whyUnreadable } from './describeTraceFile.ts';
import type { TraceFileState } from './traceFollower.ts';
import { TracePages } from './tracePages.ts';

export interface TraceFeedOptions {
  /** The file as it is now. */
  readonly readState: () => TraceFileState;
  readonly abilities: readonly Ability[];
  /** Since when the file is followed, in epoch milliseconds. */
  readonly openedAtMs: number;
}

/** What a page has been told. */
interface Told {
  readonly generation: number;
  readonly pages: TracePages;
  readonly runId: string;
  readonly description: TraceFileDescription;
  readonly hasMore: boolean;
}

/** Tells one page what a trace file has: all of it when the page is new, then only what has changed. */
export class TraceFeed {
  readonly #options: TraceFeedOptions;
  #told: Told | string | null = null;

  constructor(options: TraceFeedOptions) {
    this.#options = options;
  }

  /** What the page knows the run as; null while it shows none. */
  get runId(): string | null {
    return this.#told === null || typeof this.#told === 'string' ? null : this.#told.runId;
  }

  /** Messages for a page that has nothing yet; pages turned before stay turned. */
  show(): readonly HostMessage[] {
    const file = this.#options.readState();
    const header = file.lines[0];
    const unreadable = whyUnreadable(file);
    if (unreadable !== null || header?.type !== 'run-started') {
      const message = unreadable ?? 'The file does not begin with the header of a trace.';
      this.#told = message;
      return [{ type: 'file-unreadable', message }];
    }
    const before = this.#told;
    const isSame = before !== null && typeof before !== 'string' && before.generation === file.generation;
    const pages = isSame ? before.pages : new TracePages(file.lines);
    pages.restart();
    const { lines, hasMore } = pages.take();
    const description = describeTraceFile(file, this.#options.openedAtMs);
    // Another file under the same name may have the same run's name, but is another run to the page.
    const runId = `${header.runId}#${file.generation}`;
    this.#told = { generation: file.generation, pages, runId, description, hasMore };
    const run: PanelRun = { ...this.#frame(header), ...description, runId, lines, hasMore };
    return [{ type: 'content-shown', content: { composer: null, run } }];
  }

  /** Messages for what has changed since the last ones. */
  update(): readonly HostMessage[] {
    const told = this.#told;
    const file = this.#options.readState();
    if (told === null) return [];
    if (typeof told === 'string') return whyUnreadable(file) === told ? [] : this.show();
    const description = describeTraceFile(file, this.#options.openedAtMs);
    const isOther = file.generation !== told.generation || !areEqual(description.notice, told.description.notice);
    if (isOther || whyUnreadable(file) !== null) return this.show();
    const { runId } = told;
    const { lines, hasMore } = told.pages.take();
    this.#told = { ...told, description, hasMore };
    const { state, notice } = description;
    return [
      ...(lines.length > 0 ? ([{ type: 'lines-added', runId, lines }] as const) : []),
      ...(hasMore === told.hasMore ? [] : ([{ type: 'page-ended', runId, hasMore }] as const)),
      ...(areEqual(state, told.description.state) ? [] : ([{ type: 'state-changed', runId, state, notice }] as const)),
    ];
  }

  /** Messages for the next page of a long trace. */
  more(): readonly HostMessage[] {
    return this.#turn((pages) => {
      pages.turn();
    });
  }

  /** Messages that open a step, after the pages up to it. */
  showStep(step: number): readonly HostMessage[] {
    const pages = this.#turn((each) => {
      each.turnTo(step);
    });
    return [...pages, ...(this.runId === null ? [] : [{ type: 'step-shown', runId: this.runId, step } as const])];
  }

  #turn(turn: (pages: TracePages) => void): readonly HostMessage[] {
    const told = this.#told;
    if (told === null || typeof told === 'string') return [];
    turn(told.pages);
    const { runId } = told;
    const { lines, hasMore } = told.pages.take();
    this.#told = { ...told, hasMore };
    return [
      { type: 'lines-added', runId, lines },
      { type: 'page-ended', runId, hasMore },
    ];
  }

  #frame(header: RunHeader): Omit<PanelRun, 'runId' | 'lines' | 'state' | 'notice' | 'hasMore'> {
    return {
      question: questionOf(header),
      generatorName: header.generator.model.name,
      mentorName: header.mentor?.model.name ?? null,
      preset: header.settings.preset,
      canReplace: false,
      title: null,
      abilities: this.#options.abilities,
      parent: null,
      family: [],
      influence: null,
    };
  }
}

function areEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
