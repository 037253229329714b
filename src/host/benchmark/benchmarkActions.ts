import * as vscode from 'vscode';
import { z } from 'zod';
import { asMentorCollabError, MentorCollabError } from '../../core/errors.ts';
import type { FailureAction } from '../../protocol/panel.ts';
import { describeThrown } from '../describeThrown.ts';
import { Disposable } from '../disposable.ts';
import type { HostLog } from '../hostLog.ts';
import { cancellableProgress } from '../models/cancellableProgress.ts';
import { revealFile } from '../models/revealFile.ts';
import { ACTION_LABELS, describeFailure } from '../runs/describeFailure.ts';
import { openSettings } from '../settings/configuration.ts';
import { settingNamedIn } from '../settings/readHostSettings.ts';
import { askForBenchmark } from './askForBenchmark.ts';
import { choiceOf, dataName } from './benchmarkChoice.ts';
import type { BenchmarkEnd, BenchmarkListener, Benchmarks, BenchmarksOptions } from './benchmarks.ts';
import { underWay } from './benchmarks.ts';
import { doneWords } from './benchmarkSummary.ts';
import { chooseKeptBenchmark } from './chooseKeptBenchmark.ts';
import { endWords } from './endWords.ts';
import type { ReportAction } from './reportMessage.ts';
import type { ReportPages } from './reportPages.ts';
import { saveReport } from './saveReport.ts';

export interface BenchmarkActionParts {
  readonly benchmarks: Benchmarks;
  readonly pages: ReportPages;
  readonly sources: BenchmarksOptions;
  readonly log: HostLog;
  readonly tellFailure: (thrown: unknown) => void;
  /** Does what a button beside a failure says, but for those that a benchmark does otherwise. */
  readonly doFailureAction: (action: FailureAction) => Promise<void>;
}

/** What a benchmark gives to whoever ran it by command, once it has ended. */
export interface BenchmarkResult {
  /** Name of its folder. */
  readonly benchmark: string;
  /** Absolute path of its folder. */
  readonly path: string;
  readonly phase: BenchmarkEnd['phase'];
  readonly done: number;
  readonly runs: number;
}

/** A kept benchmark and what is to be done with it, as a command is given it. */
const keptSchema = z.object({
  benchmark: z.string(),
  action: z.enum(['open', 'go-on', 'stop', 'save', 'reveal', 'delete']).default('open'),
});

/** How often a notification is told of progress at most, in milliseconds. */
const TELL_EVERY_MS = 250;

/** What benchmarks offer to commands and to the pages of their reports. */
export class BenchmarkActions extends Disposable {
  readonly #parts: BenchmarkActionParts;

  constructor(parts: BenchmarkActionParts) {
    super();
    this.#parts = parts;
    this.register(
      parts.pages.onDidRequest(({ name, action }) => {
        this.#do(name, action).catch(parts.tellFailure);
      }),
    );
  }

  /** Runs a benchmark: as it is told, or else as the user says in a few steps. Resolves once it has ended. */
  async run(argument: unknown): Promise<BenchmarkResult | null> {
    const { benchmarks, sources } = this.#parts;
    const given = choiceOf(argument);
    if (given === null) this.#refuseSecond();
    const document = vscode.window.activeTextEditor?.document ?? null;
    return this.#attempt(
      () => this.run(argument),
      async () => {
        const choice = given ?? (await askForBenchmark(sources, document));
        if (!choice) return null;
        return this.#withProgress(dataName(choice.data), (listener) => benchmarks.start(choice, listener));
      },
    );
  }

  /** Opens the report of a kept benchmark: as it is told, or else as the user chooses; or does what else is asked of it. */
  async open(argument: unknown): Promise<BenchmarkResult | null> {
    const { benchmarks } = this.#parts;
    const given = keptSchema.safeParse(argument);
    if (given.success) return this.#do(given.data.benchmark, given.data.action);
    const summaries = await benchmarks.list();
    if (summaries.length === 0) {
      throw new MentorCollabError('bad-input', 'There is no benchmark yet. Run one by “MentorCollab: Run Benchmark…”.');
    }
    const chosen = await chooseKeptBenchmark(summaries, benchmarks.activeName);
    return chosen ? this.#do(chosen.name, chosen.action) : null;
  }

  async #do(name: string, action: ReportAction | 'open'): Promise<BenchmarkResult | null> {
    const { benchmarks } = this.#parts;
    switch (action) {
      case 'open':
        await this.#open(name);
        return null;
      case 'go-on':
        return this.#goOn(name);
      case 'stop':
        benchmarks.stop(name);
        return null;
      case 'save': {
        const report = await benchmarks.kept.readReport(name);
        if (!report) throw new MentorCollabError('bad-input', 'There is no report yet that could be saved.');
        await saveReport(report, name);
        return null;
      }
      case 'reveal':
        await revealFile((await benchmarks.find(name)).path);
        return null;
      case 'delete':
        if (await this.#isDeletionMeant(name)) await benchmarks.delete(name);
        return null;
    }
  }

  async #open(name: string): Promise<void> {
    await this.#parts.benchmarks.renewReport(name);
    await this.#parts.pages.open(name);
  }

  async #goOn(name: string): Promise<BenchmarkResult | null> {
    const { benchmarks } = this.#parts;
    this.#refuseSecond();
    const { choice } = await benchmarks.find(name);
    return this.#attempt(
      () => this.#goOn(name),
      () => this.#withProgress(dataName(choice.data), (listener) => benchmarks.goOn(name, listener)),
    );
  }

  async #isDeletionMeant(name: string): Promise<boolean> {
    const summary = await this.#parts.benchmarks.find(name);
    const yes = 'Delete';
    const question = `Delete the benchmark of ${dataName(summary.choice.data)} with its report and traces?`;
    const detail = `It has ${doneWords(summary)}. This can't be undone.`;
    return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
  }

  #refuseSecond(): void {
    if (this.#parts.benchmarks.isBusy) throw underWay();
  }

  /** Runs below a notification that tells the progress and can cancel it, and tells how it has ended. */
  async #withProgress(
    data: string,
    run: (listener: BenchmarkListener) => Promise<BenchmarkEnd>,
  ): Promise<BenchmarkResult> {
    const { benchmarks, sources } = this.#parts;
    const end = await cancellableProgress(`Benchmark ${data}`, async (signal, notification) => {
      let toldMs = 0;
      notification.say('reading questions');
      return run({
        onStart: (name) => {
          const stop = (): void => {
            benchmarks.stop(name);
          };
          signal.addEventListener('abort', stop);
          if (signal.aborted) stop();
        },
        onProgress: (progress) => {
          const nowMs = sources.now();
          if (nowMs - toldMs < TELL_EVERY_MS) return;
          toldMs = nowMs;
          notification.say(progress.words);
          notification.reach(progress.share);
        },
        onRemark: (remark) => {
          void vscode.window.showInformationMessage(remark);
        },
      });
    });
    this.#tellEnd(data, end);
    return this.#result(end);
  }

  async #result({ name, phase }: BenchmarkEnd): Promise<BenchmarkResult> {
    const { path, done, runs } = await this.#parts.benchmarks.find(name);
    return { benchmark: name, path, phase, done, runs };
  }

  #tellEnd(data: string, { name, phase, error, report }: BenchmarkEnd): void {
    const { tellFailure } = this.#parts;
    if (error) {
      this.#tellFailure(error, () => this.#goOn(name), ' What has been run so far is kept.');
      return;
    }
    const [show, goOn] = ['Open Report', 'Go On'];
    const buttons = phase === 'done' ? [show] : [goOn, show];
    void vscode.window.showInformationMessage(endWords(data, report), ...buttons).then((chosen) => {
      if (chosen === show) this.#parts.pages.open(name).catch(tellFailure);
      if (chosen === goOn) this.#goOn(name).catch(tellFailure);
    });
  }

  /** Does something, and tells of what keeps it from beginning as a question would. */
  async #attempt<T>(again: () => Promise<unknown>, task: () => Promise<T>): Promise<T | null> {
    try {
      return await task();
    } catch (thrown) {
      const error = asMentorCollabError(thrown);
      if (error.code === 'cancelled') return null;
      this.#parts.log.warn(`The benchmark could not be run: ${describeThrown(thrown)}`);
      this.#tellFailure(error, again, '');
      return null;
    }
  }

  #tellFailure(error: MentorCollabError, again: () => Promise<unknown>, addition: string): void {
    const { message, actions } = describeFailure(error);
    const show = error.code === 'bad-input' ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
    const labels = actions.map((action) => ACTION_LABELS[action]);
    void show(`${message}${addition}`, ...labels).then((chosen) => {
      const action = actions.find((each) => ACTION_LABELS[each] === chosen);
      if (action) this.#doFailureAction(action, message, again).catch(this.#parts.tellFailure);
    });
  }

  async #doFailureAction(action: FailureAction, message: string, again: () => Promise<unknown>): Promise<void> {
    if (action === 'retry') await again();
    else if (action === 'settings') await openSettings(settingNamedIn(message));
    else await this.#parts.doFailureAction(action);
  }
}
