import * as vscode from 'vscode';
import type { ModelSource } from './core/modelSource.ts';
import { CONTEXT_KEYS } from './host/commandIds.ts';
import { ContextKeys } from './host/contextKeys.ts';
import type { BenchmarkParts } from './host/benchmark/createBenchmarks.ts';
import { createBenchmarks } from './host/benchmark/createBenchmarks.ts';
import { CompareActions } from './host/compare/compareActions.ts';
import { Actions } from './host/commands/actions.ts';
import { createModelConsent } from './host/commands/createModelConsent.ts';
import { notifyFailures, offerToEndStalledEngine } from './host/commands/notifyFailures.ts';
import { registerCommands } from './host/commands/registerCommands.ts';
import { tellFailure } from './host/commands/tellFailure.ts';
import { LastEditor } from './host/editor/lastEditor.ts';
import { OriginTracker } from './host/editor/originTracker.ts';
import type { DiagnoseParts } from './host/diagnose/diagnoseActions.ts';
import { DiagnoseActions } from './host/diagnose/diagnoseActions.ts';
import { KeptLog } from './host/diagnose/keptLog.ts';
import { GuideActions } from './host/guide/guideActions.ts';
import type { EngineUser } from './host/engine/engineUse.ts';
import { engineUse } from './host/engine/engineUse.ts';
import type { IdleUnloadOptions } from './host/engine/idleUnload.ts';
import { IdleUnload } from './host/engine/idleUnload.ts';
import { EngineProcess } from './host/engine/engineProcess.ts';
import { memoryAdvice } from './host/engine/memoryAdvice.ts';
import { RunHistory } from './host/history/runHistory.ts';
import type { ExtensionApi } from './host/extensionApi.ts';
import { createExtensionApi } from './host/extensionApi.ts';
import { handlePanelMessage } from './host/panel/handlePanelMessage.ts';
import { InfluenceActions } from './host/influence/influenceActions.ts';
import { InfluenceStudies, isWeighable } from './host/influence/influenceStudies.ts';
import { PanelController } from './host/panel/panelController.ts';
import type { PanelSerializerParts } from './host/panel/panelSerializer.ts';
import { createPanelSerializer } from './host/panel/panelSerializer.ts';
import { PANEL_TYPE } from './host/panel/panelView.ts';
import type { HostLog } from './host/hostLog.ts';
import { createModels } from './host/models/createModels.ts';
import type { ModelKnowledgeOptions } from './host/models/modelKnowledge.ts';
import { findModels } from './host/models/modelKnowledge.ts';
import { ServerKeys } from './host/models/serverKeys.ts';
import { FileMemory } from './host/runs/fileMemory.ts';
import type { HostRun } from './host/runs/hostRun.ts';
import { keepTrace } from './host/runs/keepTrace.ts';
import { newRunId } from './host/runs/newRunId.ts';
import { RunController } from './host/runs/runController.ts';
import { RunStore } from './host/runs/runStore.ts';
import { createTrainings } from './host/training/createTrainings.ts';
import { timerScheduler } from './host/scheduler.ts';
import { onDidChangeSettings, readSetting, resolveModel as resolveReference } from './host/settings/configuration.ts';
import { DiskFile } from './host/traceFile/diskFile.ts';
import { ActiveRun } from './host/selection/activeRun.ts';
import { PanelPage } from './host/selection/panelPage.ts';
import type { TraceEditorProviderOptions } from './host/traceFile/traceEditorProvider.ts';
import { registerTraceEditor } from './host/traceFile/traceEditorProvider.ts';
import type { StatusWatchOptions } from './host/status/statusWatch.ts';
import { StatusBar } from './host/status/statusBar.ts';
import { WorkspaceFile } from './host/traceFile/workspaceFile.ts';
import { registerDecisions } from './host/views/decisions/registerDecisions.ts';
import type { KeptRunParts } from './host/views/runs/keptRunActions.ts';
import { KeptRunActions } from './host/views/runs/keptRunActions.ts';
import { RunsView } from './host/views/runs/runsView.ts';

/** Ends the run under way, then the engine; set while the extension is active. */
let shutDown: (() => Promise<void>) | null = null;

/** Builds the host's objects; no model and nothing native is touched before the first run. */
export async function activate(context: vscode.ExtensionContext): Promise<ExtensionApi> {
  const { extension, extensionUri, subscriptions, workspaceState } = context;
  const channel = vscode.window.createOutputChannel('MentorCollab', { log: true });
  const scheduler = timerScheduler;
  const now = (): number => Date.now();
  const log = new KeptLog(channel, now);
  const contextKeys = new ContextKeys();
  const tell = (thrown: unknown): void => {
    tellFailure(thrown, log);
  };
  const engine = createEngine(extensionUri, log);
  const store = createStore(context, log);
  const keys = new ServerKeys(context.secrets, context.globalState, tell);
  const found = findModels({ ...{ keys, readSetting, tellFailure: tell }, ...whereModelsAre(context) });
  const resolveModel = (reference: string): ModelSource => resolveReference(extensionUri, reference, found);
  const consent = createModelConsent(resolveModel);
  const mayLoad = (source: ModelSource): boolean => consent.isAllowed(source);
  const parts = { engine, store, scheduler, log, readSetting, resolveModel, mayLoad, tellFailure: tell };
  const runs = new RunController({ ...parts, now, newRunId });
  const history = new RunHistory({ folder: runsFolder(context), runs, scheduler, log, now });
  const origins = new OriginTracker(runs);
  const canReplace = (run: HostRun): boolean => origins.canReplace(run);
  const studies = new InfluenceStudies({ ...parts, runs, relations: history, consent });
  const panel = new PanelController({ runs, studies, extensionUri, scheduler, log, canReplace, relations: history });
  const activeRun = new ActiveRun(scheduler);
  const lastEditor = new LastEditor();
  const openRun = (runId: string): Promise<void> => actions.openRun(runId);
  const compare = new CompareActions({ ...parts, runs, relations: history, history, extensionUri, openRun });
  const influence = new InfluenceActions({ runs, studies, panel, tellFailure: tell, openRun });
  const view = new RunsView({ history, runs, store, contextKeys, scheduler, log, now });
  const background = createBackground({ ...parts, context, runs, now }, () => actions);
  const { benchmarks, trainings, use } = background;
  const models = createModels({ ...parts, context, found, keys, runs, isInUse: () => use.isBusy });
  const secrets = async (): Promise<readonly string[]> => [...keys.all, ...(await models.secrets())];
  const help = createHelp({ ...parts, extension, history, ...found, secrets }, () => actions);
  const kept = createKeptRunActions({ history, view, runs, store, tellFailure: tell }, () => actions);
  const actions: Actions = new Actions({
    ...{ runs, store, history, panel, consent, engine, lastEditor, origins, log, compare, influence, kept, models },
    ...{ ...help, ...background.actions },
  });

  subscriptions.push(
    ...[channel, runs, history, view, origins, panel, lastEditor, compare, studies, influence, keys, models],
    ...background.disposables,
    showStatus({ ...parts, runs, use, now, onDidChangeModels: models.onDidChange }),
    ...registerCommands(actions, tell),
    answerUsers({ runs, use, panel, engine, actions, tell }),
    keepPanel({ panel, runs, store, tellFailure: tell }),
    keepContextKeys(runs, contextKeys),
    runs.onDidUpdate(consent.learn),
    activeRun,
    new PanelPage({ panel, runs, activeRun }),
    registerDecisions({ activeRun, contextKeys, memory: workspaceState, log, tellFailure: tell }),
    editTraces({ extensionUri, scheduler, log, activeRun, tellFailure: tell }, store, actions),
  );
  void history.start().catch(tell);
  shutDown = () =>
    Promise.all([models, runs, benchmarks, trainings].map((each) => each.shutDown())).then(() => engine.dispose());
  await keys.loadWithin(scheduler);
  return createExtensionApi({ runs, store, history, engine, panel, benchmarks });
}

/** What runs behind questions: benchmarks, and trainings behind those. */
function createBackground(parts: BenchmarkParts, actions: () => Actions) {
  const bench = createBenchmarks(parts, actions);
  const { benchmarks } = bench;
  const { trainings, actions: trainingActions } = createTrainings(parts, engineUse([parts.runs, benchmarks]), actions);
  return {
    ...{ benchmarks, trainings },
    actions: { benchmarks: bench.actions, trainings: trainingActions },
    disposables: [...bench.disposables, trainings],
    use: engineUse([parts.runs, benchmarks, trainings]),
  };
}

function createEngine(extensionUri: vscode.Uri, log: HostLog): EngineProcess {
  const modulePath = vscode.Uri.joinPath(extensionUri, 'dist', 'engine.mjs').fsPath;
  const explain = memoryAdvice({ modelsFolder: vscode.Uri.joinPath(extensionUri, 'media', 'models').fsPath, log });
  return new EngineProcess({ modulePath, log, scheduler: timerScheduler, now: () => performance.now(), explain });
}

/** Does what is asked for in the panel, and what is offered when something fails. */
function answerUsers(parts: {
  readonly runs: RunController;
  readonly use: EngineUser;
  readonly panel: PanelController;
  readonly engine: EngineProcess;
  readonly actions: Actions;
  readonly tell: (thrown: unknown) => void;
}): vscode.Disposable {
  const { runs, use, panel, engine, actions, tell } = parts;
  return vscode.Disposable.from(
    panel.onMessage((message) => void handlePanelMessage(message, actions).catch(tell)),
    notifyFailures(runs, panel, (action) => void actions.doFailureAction(action).catch(tell)),
    offerToEndStalledEngine(runs, use, engine),
  );
}

/** The panel comes back after a reload of the window. */
function keepPanel(parts: PanelSerializerParts): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, createPanelSerializer(parts));
}

/** The models in the status bar, and the memory of unused ones given back. */
function showStatus(
  parts: Omit<IdleUnloadOptions & StatusWatchOptions, 'onDidChangeSettings' | 'changes' | 'unloadsInMs'> & {
    readonly use: EngineUser;
    readonly onDidChangeModels: (listener: () => void) => vscode.Disposable;
  },
): vscode.Disposable {
  const idle = new IdleUnload({ ...parts, runs: parts.use, onDidChangeSettings });
  const changes = [onDidChangeSettings, parts.engine.onDidChangeStatus, idle.onDidChange, parts.onDidChangeModels];
  return vscode.Disposable.from(idle, new StatusBar({ ...parts, changes, unloadsInMs: () => idle.unloadsInMs }));
}

/** First steps and reports; a first question is asked as any other. */
function createHelp(parts: DiagnoseParts, actions: () => Actions): Pick<Actions, 'guide' | 'diagnose'> {
  const { engine, extension } = parts;
  return {
    guide: new GuideActions({
      engine,
      extensionUri: extension.extensionUri,
      ask: (question) => actions().ask(question),
    }),
    diagnose: new DiagnoseActions(parts),
  };
}

/** What the Runs view does goes through the actions of all others, which come after it. */
function createKeptRunActions(parts: Omit<KeptRunParts, 'openRun' | 'branch'>, actions: () => Actions): KeptRunActions {
  return new KeptRunActions({
    ...parts,
    openRun: (runId, focus) => actions().openRun(runId, focus),
    branch: (parent, branch) => actions().branchOf(parent, branch),
  });
}

function whereModelsAre({
  extensionUri,
}: vscode.ExtensionContext): Pick<ModelKnowledgeOptions, 'shippedFolder' | 'environment'> {
  return { shippedFolder: vscode.Uri.joinPath(extensionUri, 'media', 'models').fsPath, environment: process.env };
}

function runsFolder({ globalStorageUri }: vscode.ExtensionContext): string {
  return vscode.Uri.joinPath(globalStorageUri, 'runs').fsPath;
}

function createStore(context: vscode.ExtensionContext, log: HostLog): RunStore {
  const { globalStorageUri, storageUri } = context;
  return new RunStore(
    runsFolder(context),
    // A window without a folder has no storage of its own.
    new FileMemory(vscode.Uri.joinPath(storageUri ?? globalStorageUri, 'lastRun.json').fsPath, log),
  );
}

/** The editor of trace files from anywhere; what it shows can be kept as a run of our own. */
function editTraces(
  options: Omit<TraceEditorProviderOptions, 'openFile' | 'keep'>,
  store: RunStore,
  actions: Actions,
): vscode.Disposable {
  return registerTraceEditor({
    ...options,
    openFile: (uri) => (uri.scheme === 'file' ? new DiskFile(uri.fsPath) : new WorkspaceFile(uri)),
    keep: async (record, uri) => {
      const { runId } = record.header;
      const isKept = uri.scheme === 'file' && uri.fsPath === store.pathOf(runId);
      const keeper = { pathOf: (name: string) => store.pathOf(name), newRunId };
      await actions.openRun(isKept ? runId : await keepTrace(record, keeper));
    },
  });
}

/** Ends the run under way and the engine with it. */
export async function deactivate(): Promise<void> {
  await shutDown?.();
  shutDown = null;
}

/** Tells menus and key bindings what can be done now. */
function keepContextKeys(runs: RunController, keys: ContextKeys): vscode.Disposable {
  const tellWhetherRunning = (): void => {
    keys.tell(CONTEXT_KEYS.isRunning, runs.isBusy);
  };
  const tellAll = (): void => {
    tellWhetherRunning();
    keys.tell(CONTEXT_KEYS.hasRun, runs.current !== null);
    keys.tell(CONTEXT_KEYS.hasParent, (runs.current?.branch ?? null) !== null);
    keys.tell(CONTEXT_KEYS.canWeigh, runs.current !== null && isWeighable(runs.current));
  };
  return vscode.Disposable.from(
    runs.onDidChange(({ type }) => {
      if (type !== 'lines-added') tellAll();
    }),
    // Of runs aside too, whose progress says nothing of the run on show.
    runs.onDidUpdate(tellWhetherRunning),
  );
}
