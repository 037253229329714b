import * as vscode from 'vscode';
import type { FailureAction } from '../../protocol/panel.ts';
import type { BenchmarkParts } from '../benchmark/createBenchmarks.ts';
import { benchmarkSources } from '../benchmark/createBenchmarks.ts';
import type { FirstUsers } from '../benchmark/solveGivingWay.ts';
import { fitInWorker } from './fitInWorker.ts';
import { TrainingActions } from './trainingActions.ts';
import { Trainings } from './trainings.ts';

/**
 * Builds what has to do with the training of verifiers; what runs and reports them is loaded when first needed.
 *
 * @param others - questions and benchmarks, which go first.
 * @param failures - does what is offered beside failures; comes after them.
 */
export function createTrainings(
  parts: Omit<BenchmarkParts, 'runs'>,
  others: FirstUsers,
  failures: () => { doFailureAction(action: FailureAction): Promise<void> },
): { readonly trainings: Trainings; readonly actions: TrainingActions } {
  const { extensionUri, globalStorageUri } = parts.context;
  const trainings = new Trainings({
    ...parts,
    ...benchmarkSources(parts),
    others,
    folder: vscode.Uri.joinPath(globalStorageUri, 'verifiers').fsPath,
    fit: fitInWorker(vscode.Uri.joinPath(extensionUri, 'dist', 'fitWorker.mjs').fsPath),
    loadPlanner: () => import('./planTraining.ts'),
  });
  const { log, tellFailure } = parts;
  const doFailureAction = (action: FailureAction): Promise<void> => failures().doFailureAction(action);
  return { trainings, actions: new TrainingActions({ trainings, extensionUri, log, tellFailure, doFailureAction }) };
}
