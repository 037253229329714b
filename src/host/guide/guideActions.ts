import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { asMentorCollabError } from '../../core/errors.ts';
import { readCatalogue } from '../../models/catalogue/readCatalogue.ts';
import type { ReasoningEngine } from '../../protocol/engine.ts';
import { COMMAND_IDS, MODEL_COMMAND_IDS } from '../commandIds.ts';
import type { HostRun } from '../runs/hostRun.ts';
import { readSetting } from '../settings/configuration.ts';
import { readHostSettings } from '../settings/readHostSettings.ts';
import { TRACE_EDITOR_TYPE } from '../traceFile/traceEditorProvider.ts';
import { machineSummary } from './machineSummary.ts';

export interface GuideParts {
  readonly extensionUri: vscode.Uri;
  readonly engine: Pick<ReasoningEngine, 'inspect' | 'status'>;
  readonly ask: (question: string) => Promise<HostRun | null>;
}

/** Id of the walkthrough in package.json, behind that of the extension. */
const WALKTHROUGH = 'mentorcollab.mentorcollab#getStarted';

/** The first steps with MentorCollab, each of which does something. */
export class GuideActions {
  readonly #parts: GuideParts;

  constructor(parts: GuideParts) {
    this.#parts = parts;
  }

  /** Opens the walkthrough. */
  async getStarted(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', { category: WALKTHROUGH }, false);
  }

  /** Tells what this machine has and which pairs fit it, and offers to choose one. */
  async checkMachine(): Promise<void> {
    const { headline, detail } = await this.#look();
    const choose = 'Choose a Pair';
    const report = 'Full Report';
    const chosen = await vscode.window.showInformationMessage(headline, { modal: true, detail }, choose, report);
    if (chosen === choose) await vscode.commands.executeCommand(MODEL_COMMAND_IDS.choosePair);
    if (chosen === report) await vscode.commands.executeCommand(COMMAND_IDS.diagnose);
  }

  /** Asks a problem that the demo pair solves with its mentor's help. */
  async askSample(): Promise<HostRun | null> {
    const path = this.#pathOf('examples', 'sample-problem.txt');
    return this.#parts.ask((await readFile(path, 'utf8')).trim());
  }

  /** Opens a run that comes with MentorCollab. */
  async openExample(): Promise<void> {
    const uri = vscode.Uri.file(this.#pathOf('examples', 'eggs.mctrace.jsonl'));
    await vscode.commands.executeCommand('vscode.openWith', uri, TRACE_EDITOR_TYPE);
  }

  async #look(): Promise<ReturnType<typeof machineSummary>> {
    const { engine } = this.#parts;
    const modelsFolder = this.#pathOf('media', 'models');
    const options = readHostSettings(readSetting).engine;
    const location = vscode.ProgressLocation.Notification;
    const problem = await vscode.window.withProgress({ location, title: 'Checking this machine…' }, async () => {
      try {
        // Any sound file will do: what is asked is whether the native library loads, and on what it computes.
        await engine.inspect(join(modelsFolder, 'demo-small.gguf'), options, new AbortController().signal);
        return null;
      } catch (thrown) {
        return asMentorCollabError(thrown).message;
      }
    });
    const { memory, backend } = await engine.status();
    const catalogue = readCatalogue(modelsFolder);
    const { contextSize, gpu } = options;
    return machineSummary({ memory, backend, problem, catalogue, contextSize, gpu, cores: availableParallelism() });
  }

  #pathOf(...names: readonly string[]): string {
    return vscode.Uri.joinPath(this.#parts.extensionUri, ...names).fsPath;
  }
}
