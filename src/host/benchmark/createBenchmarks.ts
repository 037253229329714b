import * as vscode from 'vscode';
import { z } from 'zod';
import type { ReasoningEngine } from '../../protocol/engine.ts';
import type { FailureAction } from '../../protocol/panel.ts';
import type { HostLog } from '../hostLog.ts';
import type { RunSources } from '../runs/prepareRun.ts';
import type { RunController } from '../runs/runController.ts';
import { BenchmarkActions } from './benchmarkActions.ts';
import { Benchmarks } from './benchmarks.ts';
import type { BenchmarkSources } from './planBenchmark.ts';
import { KeptBenchmarks } from './keptBenchmarks.ts';
import { ReportPages } from './reportPages.ts';

export interface BenchmarkParts extends RunSources {
  readonly context: Pick<vscode.ExtensionContext, 'extension' | 'extensionUri' | 'globalStorageUri'>;
  readonly engine: Pick<ReasoningEngine, 'solve'>;
  readonly runs: Pick<RunController, 'isBusy' | 'onDidUpdate'>;
  readonly log: HostLog;
  readonly now: () => number;
  readonly tellFailure: (thrown: unknown) => void;
}

/**
 * Builds what has to do with benchmarks; what runs and reports them is loaded when first needed.
 *
 * @param others - does what is offered beside failures, but for what benchmarks do themselves; comes after them.
 */
export function createBenchmarks(
  parts: BenchmarkParts,
  others: () => { doFailureAction(action: FailureAction): Promise<void> },
): {
  readonly benchmarks: Benchmarks;
  readonly actions: BenchmarkActions;
  readonly disposables: readonly { dispose(): void }[];
} {
  const { context, log, tellFailure } = parts;
  const { extensionUri, globalStorageUri } = context;
  const sources = {
    ...parts,
    kept: new KeptBenchmarks(vscode.Uri.joinPath(globalStorageUri, 'benchmarks').fsPath, log),
    ...benchmarkSources(parts),
    loadPlanner: () => import('./planBenchmark.ts'),
  };
  const benchmarks = new Benchmarks(sources);
  const pages = new ReportPages({ benchmarks, extensionUri, log, tellFailure });
  const actions = new BenchmarkActions({
    ...{ ...parts, benchmarks, pages, sources },
    doFailureAction: (action) => others().doFailureAction(action),
  });
  return { benchmarks, actions, disposables: [benchmarks, pages, actions] };
}

/** Where questions come from, and what reports say of this program. */
export function benchmarkSources({
  context: { extension, extensionUri },
}: Pick<BenchmarkParts, 'context'>): Pick<BenchmarkSources, 'modelsFolder' | 'readFile' | 'version'> {
  return {
    modelsFolder: vscode.Uri.joinPath(extensionUri, 'media', 'models').fsPath,
    readFile: async (uri) => new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.parse(uri, true))),
    version: versionOf(extension.packageJSON),
  };
}

function versionOf(manifest: unknown): string {
  return z.object({ version: z.string() }).parse(manifest).version;
}
