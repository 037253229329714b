import * as vscode from 'vscode';
import { asMentorCollabError } from '../../core/errors.ts';
import type { FailureAction } from '../../protocol/panel.ts';
import { dataName } from '../benchmark/benchmarkChoice.ts';
import { describeThrown } from '../describeThrown.ts';
import type { HostLog } from '../hostLog.ts';
import { cancellableProgress } from '../models/cancellableProgress.ts';
import { ACTION_LABELS, describeFailure } from '../runs/describeFailure.ts';
import { openSettings, writeSetting } from '../settings/configuration.ts';
import { settingNamedIn } from '../settings/readHostSettings.ts';
import type { KeptVerifier } from './planTraining.ts';
import { showTrainingReport } from './showTrainingReport.ts';
import type { TrainingChoice } from './trainingChoice.ts';
import { defaultChoice, trainingChoiceOf } from './trainingChoice.ts';
import { trainingEndWords } from './trainingEndWords.ts';
import type { Trainings } from './trainings.ts';
import { trainingUnderWay } from './trainings.ts';

export interface TrainingActionParts {
  readonly trainings: Trainings;
  readonly extensionUri: vscode.Uri;
  readonly log: HostLog;
  readonly tellFailure: (thrown: unknown) => void;
  /** Does what a button beside a failure says, but for trying again and the settings. */
  readonly doFailureAction: (action: FailureAction) => Promise<void>;
}

/** What a training gives to whoever ran it by command, once it has ended. */
export interface TrainingResult {
  readonly phase: 'done' | 'stopped';
  /** Absolute path of the verifier; null unless `phase` is `done`. */
  readonly verifierFile: string | null;
}

/** How often a notification is told of progress at most, in milliseconds. */
const TELL_EVERY_MS = 250;

/** What the training of verifiers offers to commands. */
export class TrainingActions {
  readonly #parts: TrainingActionParts;

  constructor(parts: TrainingActionParts) {
    this.#parts = parts;
  }

  /** Trains a verifier: on what it is told, or else on the file that the user chooses. Resolves once it has ended; null where it could not begin. */
  async train(argument: unknown): Promise<TrainingResult | null> {
    if (this.#parts.trainings.isBusy) throw trainingUnderWay();
    const choice = trainingChoiceOf(argument) ?? (await askForTraining());
    return choice ? this.#train(choice) : null;
  }

  async #train(choice: TrainingChoice): Promise<TrainingResult | null> {
    try {
      const kept = await this.#withProgress(choice);
      this.#tellEnd(kept);
      return { phase: 'done', verifierFile: kept.path };
    } catch (thrown) {
      const error = asMentorCollabError(thrown);
      if (error.code === 'cancelled') {
        this.#tellStopped(choice);
        return { phase: 'stopped', verifierFile: null };
      }
      this.#parts.log.warn(`The verifier could not be trained: ${describeThrown(thrown)}`);
      this.#tellFailure(thrown, choice);
      return null;
    }
  }

  #withProgress(choice: TrainingChoice): Thenable<KeptVerifier> {
    const title = `Training a verifier on ${dataName(choice.data)}`;
    return cancellableProgress(title, (signal, notification) => {
      let toldMs = 0;
      notification.say('reading questions');
      const listener = {
        onProgress: (progress: { readonly words: string; readonly share: number }): void => {
          if (performance.now() - toldMs < TELL_EVERY_MS) return;
          toldMs = performance.now();
          notification.say(progress.words);
          notification.reach(progress.share);
        },
        onRemark: (remark: string): void => {
          void vscode.window.showInformationMessage(remark);
        },
      };
      return this.#parts.trainings.train(choice, listener, signal);
    });
  }

  #tellEnd({ path, report }: KeptVerifier): void {
    const [use, show] = ['Use It', 'Open Report'];
    void vscode.window.showInformationMessage(trainingEndWords(report), use, show).then((chosen) => {
      if (chosen === use) this.#use(path).catch(this.#parts.tellFailure);
      if (chosen === show) showTrainingReport(report, this.#parts.extensionUri).catch(this.#parts.tellFailure);
    });
  }

  /** The preset is the user's choice: another may be wanted with the same verifier. */
  async #use(path: string): Promise<void> {
    await writeSetting('verifierFile', path);
    const choose = 'Use Preset paper-mlp';
    const words =
      'The verifier is chosen. It judges in the preset paper-mlp, and by the verifications mlp and logistic.';
    if ((await vscode.window.showInformationMessage(words, choose)) === choose)
      await writeSetting('preset', 'paper-mlp');
  }

  #tellStopped(choice: TrainingChoice): void {
    const goOn = 'Go On';
    const words = 'The training was stopped. What has been run is kept, and the same training goes on from there.';
    void vscode.window.showInformationMessage(words, goOn).then((chosen) => {
      if (chosen === goOn) this.#train(choice).catch(this.#parts.tellFailure);
    });
  }

  #tellFailure(thrown: unknown, choice: TrainingChoice): void {
    const error = asMentorCollabError(thrown);
    const { message, actions } = describeFailure(error);
    const show = error.code === 'bad-input' ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
    void show(message, ...actions.map((action) => ACTION_LABELS[action])).then((chosen) => {
      const action = actions.find((each) => ACTION_LABELS[each] === chosen);
      if (action) this.#doFailureAction(action, message, choice).catch(this.#parts.tellFailure);
    });
  }

  async #doFailureAction(action: FailureAction, message: string, choice: TrainingChoice): Promise<void> {
    if (action === 'retry') await this.#train(choice);
    else if (action === 'settings') await openSettings(settingNamedIn(message));
    else await this.#parts.doFailureAction(action);
  }
}

/** The problems of the demo pair are not offered: they are what it is measured on. */
async function askForTraining(): Promise<TrainingChoice | null> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: 'Questions with Answers to Train a Verifier on',
      openLabel: 'Train',
      canSelectMany: false,
      filters: { 'JSON Lines and JSON': ['jsonl', 'json'], 'All files': ['*'] },
    })) ?? [];
  return file ? defaultChoice(file.toString()) : null;
}
