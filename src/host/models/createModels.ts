import * as vscode from 'vscode';
import type { ModelSource } from '../../core/modelSource.ts';
import { DownloadManager } from '../../models/download/downloadManager.ts';
import type { DownloadAccess } from '../../models/download/downloadTools.ts';
import type { HubAccess } from '../../models/download/hub/hubAccess.ts';
import { hubAccess } from '../../models/download/hub/hubAccess.ts';
import { readMachineMemory } from '../../models/memory/machineMemory.ts';
import type { EngineOptions, ReasoningEngine } from '../../protocol/engine.ts';
import type { DisposableLike } from '../disposable.ts';
import type { Event } from '../emitter.ts';
import type { ShownLog } from '../hostLog.ts';
import type { RunController } from '../runs/runController.ts';
import { onDidChangeSettings, readSetting } from '../settings/configuration.ts';
import { readEngineOptions, settingId } from '../settings/readHostSettings.ts';
import { ModelsView } from '../views/models/modelsView.ts';
import { ChoiceActions } from './choiceActions.ts';
import { AGREED, DownloadActions } from './downloadActions.ts';
import { DownloadNotices } from './downloadNotices.ts';
import { finishPending, resumePending } from './finishPending.ts';
import { HubToken } from './hubToken.ts';
import { LibraryActions } from './libraryActions.ts';
import type { FoundModels } from './modelKnowledge.ts';
import { modelLabel } from './modelLabel.ts';
import { ModelReports } from './modelReports.ts';
import { readHubEndpoint } from './modelSettings.ts';
import { ModelsState } from './modelsState.ts';
import { networkSettings } from './networkSettings.ts';
import { PendingChoices } from './pendingChoices.ts';
import { registerModelCommands } from './registerModelCommands.ts';
import { ServerActions } from './serverActions.ts';
import type { ServerKeys } from './serverKeys.ts';
import { ServerTests } from './serverTests.ts';

export interface ModelsParts {
  readonly context: Pick<vscode.ExtensionContext, 'secrets' | 'globalState'>;
  readonly found: FoundModels;
  readonly keys: ServerKeys;
  readonly engine: ReasoningEngine & { readonly onDidChangeStatus: Event<void> };
  readonly runs: Pick<RunController, 'isBusy' | 'onDidUpdate'>;
  /** Whether models are in use, by a run or otherwise. */
  readonly isInUse: () => boolean;
  readonly resolveModel: (reference: string) => ModelSource;
  readonly log: ShownLog;
  readonly tellFailure: (thrown: unknown) => void;
}

/** Everything that a user can do with models, with the view that shows them. */
export interface Models {
  readonly choice: ChoiceActions;
  /** Opens the view of models. */
  readonly show: () => Promise<void>;
  /** Downloads the models of roles that are not here yet, after asking. */
  readonly downloadMissing: () => Promise<void>;
  dispose(): void;
  /** Tells that models may have come or gone. */
  readonly onDidChange: (listener: () => void) => vscode.Disposable;
  /** What is kept of the hub for nobody to read. */
  readonly secrets: () => Promise<readonly string[]>;
  /** Stops all downloads; resolves once what has arrived lies safely on the disk. */
  shutDown(): Promise<void>;
}

/** Builds what has to do with models. */
export function createModels(parts: ModelsParts): Models {
  const { runs, log, tellFailure, found } = parts;
  const services = createServices(parts);
  const { state, manager, pending } = services;
  const actions = createActions(parts, services);
  const { choice, downloads, library, servers } = actions;
  const importFiles = (paths: readonly string[]): Promise<unknown> => library.import(paths, null);
  const view = new ModelsView({ state, log, tellFailure, importFiles });
  const show = (): Promise<void> => view.show();
  const pendingParts = { ...found, pending, manager, choice };
  const notices = new DownloadNotices({
    ...{ manager, log, tellFailure },
    nameOf: (id) => modelLabel(id, found.catalogue),
    onDone: (id) => finishPending(id, pendingParts),
    useAs: (role, id) => choice.useAs(role, id, null),
    cancel: (id) => downloads.cancel(id, AGREED),
    setHubToken: () => downloads.setHubToken(),
    showLog: () => {
      log.show();
    },
  });
  const lookAgain = async (): Promise<void> => {
    services.reports.forget();
    await state.start();
    await state.inspect();
  };
  const owned = vscode.Disposable.from(
    ...[state, view, notices],
    registerModelCommands({ choice, downloads, library, servers, refresh: lookAgain, show, tellFailure }),
    followSettings(state),
    followRuns(runs, view),
  );
  resumePending(pendingParts).catch(tellFailure);
  return {
    ...{ choice, show },
    downloadMissing: () => choice.downloadMissing(),
    dispose: () => {
      owned.dispose();
    },
    onDidChange: (listener) => vscode.Disposable.from(state.onDidUpdate(listener), manager.onChange(listener)),
    secrets: async () => [await services.token.get()].filter((token) => token !== null),
    shutDown: () => manager.dispose(),
  };
}

interface Services {
  readonly token: HubToken;
  readonly manager: DownloadManager;
  readonly pending: PendingChoices;
  readonly reports: ModelReports;
  readonly tests: ServerTests;
  readonly state: ModelsState;
}

function createServices({ context, found, keys, engine, runs, resolveModel, log }: ModelsParts): Services {
  const token = new HubToken(context.secrets);
  const access = async (): Promise<DownloadAccess> => ({
    network: networkSettings((name) => vscode.workspace.getConfiguration('http').get<unknown>(name), process.env),
    hub: hubOf(await token.get()),
  });
  const manager = new DownloadManager({ library: found.library, access });
  const pending = new PendingChoices(context.globalState);
  const options = (): EngineOptions => readEngineOptions(readSetting);
  const reports = new ModelReports({ engine, options, isBusy: () => runs.isBusy });
  const tests = new ServerTests({ engine, keyFor: (url) => keys.keyFor(url) });
  const state = new ModelsState({
    ...{ ...found, readSetting, resolveModel, downloads: manager, engine, reports, tests, keys, pending, log },
    readMemory: () => readMachineMemory(),
  });
  return { token, manager, pending, reports, tests, state };
}

interface ModelActions {
  readonly choice: ChoiceActions;
  readonly downloads: DownloadActions;
  readonly library: LibraryActions;
  readonly servers: ServerActions;
}

function createActions(parts: ModelsParts, services: Services): ModelActions {
  const { keys, engine, isInUse, resolveModel, log, found } = parts;
  const { state, reports, pending, tests } = services;
  const downloads = new DownloadActions({ ...services, endpoint: () => hubOf(null).endpoint });
  const servers: ServerActions = new ServerActions({
    ...{ state, tests, keys },
    useAs: (role, reference) => choice.useAs(role, reference, null),
    showLog: () => {
      log.show();
    },
  });
  const choice: ChoiceActions = new ChoiceActions({
    ...{ state, reports, pending, downloads, readSetting, resolveModel },
    chooseOnServer: (url) => servers.chooseModel(url),
  });
  const library = new LibraryActions({
    ...{ library: found.library, state, engine, isBusy: isInUse },
    useAs: (role, id) => choice.useAs(role, id, null),
  });
  return { choice, downloads, library, servers };
}

/** The hub by the settings of this moment. */
function hubOf(token: string | null): HubAccess {
  return hubAccess({
    endpoint: readHubEndpoint(readSetting),
    token,
    tokenAdvice: 'Set it with "MentorCollab: Set Hub Token".',
    environment: process.env,
  });
}

/** What is known of models depends on settings; another folder for them is used from the next start on. */
function followSettings(state: ModelsState): vscode.Disposable {
  const rebuild = onDidChangeSettings(() => {
    state.rebuild();
  });
  const folder = vscode.workspace.onDidChangeConfiguration((change) => {
    if (!change.affectsConfiguration(settingId('modelsFolder'))) return;
    const reload = 'Reload Window';
    const message =
      'The folder for models is another one after a reload of the window. Models that were downloaded stay where they are.';
    void vscode.window.showInformationMessage(message, reload).then((chosen) => {
      if (chosen === reload) void vscode.commands.executeCommand('workbench.action.reloadWindow');
    });
  });
  return vscode.Disposable.from(rebuild, folder);
}

/** While a run goes on no file can be looked at; what could not be is looked at when it has ended. */
function followRuns(runs: ModelsParts['runs'], view: ModelsView): DisposableLike {
  let wasBusy = false;
  return runs.onDidUpdate(() => {
    if (wasBusy && !runs.isBusy) view.lookAgain();
    wasBusy = runs.isBusy;
  });
}
