import * as vscode from 'vscode';
import { COMMAND_IDS } from '../commandIds.ts';
import type { DisposableLike } from '../disposable.ts';
import type { SolutionPart } from '../runs/finalText.ts';
import type { HostRun } from '../runs/hostRun.ts';
import type { Actions } from './actions.ts';

/** What a command that runs a question gives to whoever called it, once the run has ended. */
export interface RunResult {
  readonly runId: string;
  readonly phase: HostRun['state']['phase'];
}

type Handlers<Name extends string> = Record<Name, (argument: unknown, selected: unknown) => unknown>;

/**
 * Registers every command. Arguments come from key bindings and other extensions, and menus pass their own: only those
 * that are understood are taken.
 */
export function registerCommands(actions: Actions, tellFailure: (thrown: unknown) => void): readonly DisposableLike[] {
  const handlers: Handlers<keyof typeof COMMAND_IDS> = {
    ...helpHandlers(actions),
    ...backgroundHandlers(actions),
    solveSelection: async () => resultOf(await actions.solveSelection()),
    ask: async (question) => {
      if (typeof question === 'string') return resultOf(await actions.ask(question));
      actions.openComposer();
      return null;
    },
    showPanel: () => {
      actions.showPanel();
    },
    stop: () => {
      actions.stop();
    },
    retry: async () => resultOf(await actions.retry()),
    compareArms: (of) => actions.compare.compareArms(of),
    compareRuns: (of, selected) => actions.compare.compareRuns(of, selected),
    compareWithParent: (of) => actions.compare.compareWithParent(of),
    openRun: (of) => actions.kept.open(of),
    renameRun: (of, title) => actions.kept.rename(of, title),
    branchRun: async (of) => resultOf(await actions.kept.branch(of)),
    exportRun: (of, selected) => actions.kept.export(of, selected),
    copyRunAnswer: (of, selected) => actions.kept.copyAnswer(of, selected),
    revealRun: (of) => actions.kept.reveal(of),
    openRunText: (of, selected) => actions.kept.openText(of, selected),
    deleteRun: (of, selected) => actions.kept.delete(of, selected),
    undoDelete: () => actions.kept.undoDelete(),
    deleteAllRuns: () => actions.kept.deleteAll(),
    searchRuns: (words) => {
      actions.kept.search(words);
    },
    clearRunSearch: () => {
      actions.kept.clearSearch();
    },
    weighInterventions: () => actions.influence.show(),
    copySolution: (part) => actions.copy(partOf(part)),
    copyAnnotated: () => actions.copyAnnotated(),
    insertSolution: (part) => actions.insert(partOf(part)),
    replaceSelection: (part) => actions.replace(partOf(part)),
    chooseModels: (role) => actions.chooseModels(role),
    openSettings: () => actions.openSettings(),
    unloadModels: () => actions.unloadModels(),
  };
  return Object.entries(handlers).map(([name, handle]) =>
    // The keys of `handlers` are those of COMMAND_IDS, by its type.
    vscode.commands.registerCommand(
      COMMAND_IDS[name as keyof typeof COMMAND_IDS],
      async (argument: unknown, selected: unknown) => {
        try {
          return await handle(argument, selected);
        } catch (thrown) {
          tellFailure(thrown);
          return null;
        }
      },
    ),
  );
}

/** What goes on behind questions. */
function backgroundHandlers(actions: Actions): Handlers<'runBenchmark' | 'openBenchmark' | 'trainVerifier'> {
  return {
    runBenchmark: (choice) => actions.benchmarks.run(choice),
    openBenchmark: (of) => actions.benchmarks.open(of),
    trainVerifier: (choice) => actions.trainings.train(choice),
  };
}

/** First steps, and what helps when something goes wrong. */
function helpHandlers(
  actions: Actions,
): Handlers<'getStarted' | 'checkMachine' | 'askSample' | 'openExample' | 'diagnose' | 'showLog'> {
  return {
    getStarted: () => actions.guide.getStarted(),
    checkMachine: () => actions.guide.checkMachine(),
    askSample: async () => resultOf(await actions.guide.askSample()),
    openExample: () => actions.guide.openExample(),
    diagnose: () => actions.diagnose.diagnose(),
    showLog: () => {
      actions.showLog();
    },
  };
}

function partOf(argument: unknown): SolutionPart {
  return argument === 'answer' ? 'answer' : 'text';
}

function resultOf(run: HostRun | null): RunResult | null {
  return run && { runId: run.runId, phase: run.state.phase };
}
