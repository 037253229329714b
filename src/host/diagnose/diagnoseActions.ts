import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { asMentorCollabError } from '../../core/errors.ts';
import type { ModelSource } from '../../core/modelSource.ts';
import type { DiagnosisSources, RoleSource } from '../../diagnosis/collectDiagnosis.ts';
import { collectDiagnosis } from '../../diagnosis/collectDiagnosis.ts';
import type { Problem } from '../../diagnosis/diagnosis.ts';
import { countProblems, diagnosisMarkdown } from '../../diagnosis/diagnosisMarkdown.ts';
import { environmentSecrets } from '../../diagnosis/environmentSecrets.ts';
import { Redactor } from '../../diagnosis/redactor.ts';
import type { EngineOptions } from '../../protocol/engine.ts';
import type { EngineProcess } from '../engine/engineProcess.ts';
import type { RunHistory } from '../history/runHistory.ts';
import { readServers } from '../models/modelSettings.ts';
import { readSetting } from '../settings/configuration.ts';
import { readHostSettings } from '../settings/readHostSettings.ts';
import { chosenSettings } from './chosenSettings.ts';
import type { KeptLog } from './keptLog.ts';

export interface DiagnoseParts {
  readonly extension: Pick<vscode.Extension<unknown>, 'packageJSON' | 'extensionUri'>;
  readonly engine: EngineProcess;
  readonly log: KeptLog;
  readonly history: Pick<RunHistory, 'runs'>;
  readonly resolveModel: (reference: string) => ModelSource;
  /** API keys and tokens that are kept here; they are never shown. */
  readonly secrets: () => Promise<readonly string[]>;
  /** The models installed on this machine. */
  readonly library: DiagnosisSources['library'];
  /** The key that is kept for a server; null without one. */
  readonly apiKeyFor: (url: string) => string | null;
}

/** Put in by the build. */
declare const MENTORCOLLAB_VERSION: string;

const DEFAULT_OPTIONS: EngineOptions = { contextSize: null, threads: null, gpu: 'auto' };

/** Writes what a bug report needs. */
export class DiagnoseActions {
  readonly #parts: DiagnoseParts;

  constructor(parts: DiagnoseParts) {
    this.#parts = parts;
  }

  /**
   * Opens a document with the report, and offers to copy it.
   *
   * @returns the report.
   */
  async diagnose(): Promise<string> {
    const { report, problems } = await this.#make();
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: report });
    await vscode.window.showTextDocument(document, { preview: false });
    const found =
      problems === 0 ? 'Nothing wrong was found' : `${problems} problem${problems === 1 ? ' was' : 's were'} found`;
    const copy = 'Copy Report';
    void vscode.window
      .showInformationMessage(
        `${found}. Keys, questions and home folders are left out of the report; look it over before you share it.`,
        copy,
      )
      .then(async (chosen) => {
        if (chosen === copy) await vscode.env.clipboard.writeText(document.getText());
      });
    return report;
  }

  async #make(): Promise<{ readonly report: string; readonly problems: number }> {
    const { history, secrets } = this.#parts;
    const location = vscode.ProgressLocation.Notification;
    const title = 'MentorCollab: looking at';
    return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => {
        abort.abort();
      });
      const diagnosis = await collectDiagnosis({
        ...this.#sources(),
        signal: abort.signal,
        onProgress: (message) => {
          progress.report({ message });
        },
      });
      const redactor = new Redactor({
        homeFolder: homedir(),
        secrets: [...(await secrets()), ...environmentSecrets(process.env)],
        texts: history.runs.map(({ question }) => question),
      });
      return { report: diagnosisMarkdown(redactor.redactAll(diagnosis)), problems: countProblems(diagnosis) };
    });
  }

  #sources(): Omit<DiagnosisSources, 'signal' | 'onProgress'> {
    const { extension, engine, library, apiKeyFor, log } = this.#parts;
    const { options, problem } = optionsOfNow();
    const { servers, problems } = readServers(readSetting);
    return {
      program: {
        version: MENTORCOLLAB_VERSION,
        host: `${vscode.env.appName} ${vscode.version} (${vscode.env.appHost})`,
        node: process.versions.node,
        remote: remoteKind(vscode.env.remoteName),
        isTrusted: vscode.workspace.isTrusted,
      },
      engine,
      engineFolder: vscode.Uri.joinPath(extension.extensionUri, 'dist').fsPath,
      wasEngineRunning: engine.pid !== undefined,
      options,
      modelsFolder: vscode.Uri.joinPath(extension.extensionUri, 'media', 'models').fsPath,
      roles: [this.#role('generator'), this.#role('mentor'), this.#role('verifier')],
      servers: servers.map(({ url }) => ({ url, apiKey: apiKeyFor(url) })),
      library,
      settings: chosenSettings(extension.packageJSON),
      settingsProblems: [
        ...(problem === null ? [] : [problem]),
        ...problems.map((message): Problem => ({ code: 'bad-input', message })),
      ],
      log: log.tail,
    };
  }

  #role(role: RoleSource['role']): RoleSource {
    const value = readSetting(role) ?? null;
    const reference = value === null || typeof value === 'string' ? value : JSON.stringify(value);
    return {
      role,
      reference: reference === '' ? null : reference,
      resolve: () => (reference === null || reference === '' ? null : this.#parts.resolveModel(reference)),
    };
  }
}

/** The kind of a remote machine; one that is told by its address is just a server. */
function remoteKind(remoteName: string | undefined): string | null {
  if (remoteName === undefined) return null;
  return /^[a-z][a-z-]*$/i.test(remoteName) ? remoteName : 'a server';
}

/** How models are opened by the settings of this moment, and what is wrong with those. */
function optionsOfNow(): { readonly options: EngineOptions; readonly problem: Problem | null } {
  try {
    return { options: readHostSettings(readSetting).engine, problem: null };
  } catch (thrown) {
    const { code, message } = asMentorCollabError(thrown);
    return { options: DEFAULT_OPTIONS, problem: { code, message } };
  }
}
