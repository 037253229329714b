import { homedir } from 'node:os';
import { dirname, isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { MentorCollabError } from '../../core/errors.ts';
import { formatBytes } from '../../core/formatBytes.ts';
import type { ModelSource } from '../../core/modelSource.ts';
import { downloadOf } from '../../models/catalogue/downloadOf.ts';
import { findModel } from '../../models/catalogue/findModel.ts';
import { roughTotalBytes } from '../../models/catalogue/roughMemory.ts';
import { formatServerReference } from '../../models/serverReference.ts';
import type { ModelRole } from '../../protocol/engine.ts';
import type { SettingReader } from '../settings/readHostSettings.ts';
import { readRole } from '../settings/readHostSettings.ts';
import { writeSetting } from '../settings/configuration.ts';
import type { FitVerdict, FullChoice } from './choiceCheck.ts';
import { checkChoice } from './choiceCheck.ts';
import type { DownloadActions } from './downloadActions.ts';
import { AGREED } from './downloadActions.ts';
import { modelLabel } from './modelLabel.ts';
import type { Picked } from './modelPicks.ts';
import { modelPicks, pairPicks } from './modelPicks.ts';
import type { ModelReports } from './modelReports.ts';
import type { ModelMemory } from './modelsSnapshot.ts';
import type { ModelsState } from './modelsState.ts';
import { targetOf } from './modelTarget.ts';
import type { PendingChoices, RoleChoice } from './pendingChoices.ts';
import { rolesIn } from './pendingChoices.ts';
import { pickOne } from './pickOne.ts';
import { ROLE_NAMES } from './roleWords.ts';

export interface ChoiceActionParts {
  readonly state: ModelsState;
  readonly reports: ModelReports;
  readonly pending: PendingChoices;
  readonly downloads: DownloadActions;
  readonly readSetting: SettingReader;
  readonly resolveModel: (reference: string) => ModelSource;
  /** Lets the user choose a model of a server, or of a new one; gives its reference. */
  readonly chooseOnServer: (url: string | null) => Promise<string | null>;
}

/** What became of a choice: settings were written, it waits for downloads, or it was given up. */
export type ChoiceOutcome = 'set' | 'pending' | 'declined';

const PURPOSES: Readonly<Record<ModelRole, string>> = {
  generator: 'The small model that writes the reasoning',
  mentor: 'The larger model that helps where it matters',
  verifier: 'The model that chooses between the two where they differ',
};
/** How long the status bar tells what was done, in milliseconds. */
const TOLD_MS = 4_000;

/** Choosing models for roles, from wherever they are. */
export class ChoiceActions {
  readonly #parts: ChoiceActionParts;

  constructor(parts: ChoiceActionParts) {
    this.#parts = parts;
  }

  /** Lets the user choose models for generator and mentor, or for the one role that an argument names. */
  async choose(argument: unknown): Promise<ChoiceOutcome> {
    const { state } = this.#parts;
    await state.start();
    void state.inspect();
    const target = targetOf(argument);
    const choice = target?.type === 'role' ? await this.#chooseOne(target.role) : await this.#chooseAll();
    return choice ? this.assign(choice, null) : 'declined';
  }

  /** Lets the user choose one of the pairs that fit this machine. */
  async choosePair(): Promise<ChoiceOutcome> {
    const { state } = this.#parts;
    await state.start();
    const { budget } = state.snapshot;
    const picked = await pickOne(
      [{ heading: `models may take ${formatBytes(budget.usableBytes)} here`, picks: pairPicks(state.snapshot) }],
      { title: 'Choose Pair for This Machine', placeHolder: 'A generator and a mentor; what is missing is downloaded' },
    );
    return picked?.type === 'pair' ? this.assign(choiceOfPair(picked), null) : 'declined';
  }

  /** Uses the pair that a line of the view names. */
  async usePair(argument: unknown): Promise<ChoiceOutcome> {
    const { state } = this.#parts;
    const target = targetOf(argument);
    await state.start();
    const id = target?.type === 'pair' ? target.id : argument;
    const pair = state.snapshot.catalogue.pairs.find((each) => each.id === id);
    return pair ? this.assign(choiceOfPair(pair), null) : this.choosePair();
  }

  /** Uses what an argument names (a line of the view, a reference) in a role; without one, lets the user choose. */
  async useAs(role: ModelRole, argument: unknown, agreed: unknown): Promise<ChoiceOutcome> {
    await this.#parts.state.start();
    const reference = referenceOf(argument);
    if (reference === null) return this.choose({ target: { type: 'role', role } });
    const outcome = await this.assign({ [role]: reference }, agreed);
    if (outcome === 'set') {
      const name = this.#nameOf(reference);
      vscode.window.setStatusBarMessage(`The ${role} is now ${name}.`, TOLD_MS);
    }
    return outcome;
  }

  /** Checks that models fit, downloads those that are missing, and writes the settings, at once or when they are there. */
  async assign(choice: RoleChoice, agreed: unknown): Promise<ChoiceOutcome> {
    const { state, pending, downloads } = this.#parts;
    const verdict = await this.#check(choice);
    if (verdict.fits === 'no') {
      const instead = await this.#refuse(choice, verdict);
      if (instead === null) return 'declined';
      if (instead !== choice) return this.assign(instead, agreed);
    }
    const missing = this.#missingIn(choice);
    if (missing.length === 0) {
      await pending.giveUp(rolesIn(choice));
      await this.write(choice);
      return 'set';
    }
    const { usableBytes } = state.snapshot.budget;
    const memory = { sum: verdict.sum, fits: verdict.fits !== 'no', usableBytes };
    const wanted = missing.map((id) => downloadOf(findModel(state.snapshot.catalogue, id)));
    if (agreed !== AGREED && !(await downloads.offer(wanted, memory))) return 'declined';
    await pending.add(choice);
    downloads.start(wanted);
    return 'pending';
  }

  /** Downloads the models of roles that are not here yet, after asking; they are in the settings already. */
  async downloadMissing(): Promise<void> {
    const { state, downloads } = this.#parts;
    await state.start();
    const missing = new Map(state.snapshot.roles.flatMap(({ missing: model }) => (model ? [[model.id, model]] : [])));
    if (missing.size === 0) {
      await this.choose(null);
      return;
    }
    const wanted = [...missing.values()].map(downloadOf);
    const { sum, fits } = await this.#check({});
    const { usableBytes } = state.snapshot.budget;
    if (await downloads.offer(wanted, { sum, fits: fits !== 'no', usableBytes })) downloads.start(wanted);
  }

  /** Writes the settings of a choice. */
  async write(choice: RoleChoice): Promise<void> {
    for (const role of rolesIn(choice)) await writeSetting(role, choice[role] ?? null);
    this.#parts.state.rebuild();
  }

  /** Words for a choice, such as `Qwen3 1.7B as generator and Qwen3 8B as mentor`. */
  describe(choice: RoleChoice): string {
    return rolesIn(choice)
      .map((role) => `${choice[role] == null ? 'the generator itself' : this.#nameOf(choice[role])} as ${role}`)
      .join(' and ');
  }

  #nameOf(reference: string): string {
    return modelLabel(reference, this.#parts.state.snapshot.catalogue);
  }

  async #chooseAll(): Promise<RoleChoice | null> {
    const { readSetting } = this.#parts;
    const roles: readonly ModelRole[] = hasVerifier(readSetting)
      ? ['generator', 'mentor', 'verifier']
      : ['generator', 'mentor'];
    let choice: RoleChoice = {};
    for (const [index, role] of roles.entries()) {
      const title = `Choose Models (${index + 1}/${roles.length}): the ${role}`;
      const picked = await this.#pick(role, title, choice);
      if (!picked) return null;
      choice = { ...choice, ...picked };
      if (picked.generator !== undefined && picked.mentor !== undefined) return choice;
    }
    return choice;
  }

  #chooseOne(role: ModelRole): Promise<RoleChoice | null> {
    return this.#pick(role, `Choose the ${ROLE_NAMES[role]}`, null);
  }

  async #pick(role: ModelRole, title: string, before: RoleChoice | null): Promise<RoleChoice | null> {
    const { snapshot } = this.#parts.state;
    const groups = modelPicks(snapshot, {
      role,
      offersPairs: before !== null && role === 'generator',
      beside: this.#beside(role, before),
    });
    const picked = await pickOne(groups, { title, placeHolder: PURPOSES[role] });
    return picked ? this.#choiceOf(role, picked) : null;
  }

  async #choiceOf(role: ModelRole, picked: Picked): Promise<RoleChoice | null> {
    switch (picked.type) {
      case 'pair':
        return choiceOfPair(picked);
      case 'model':
        return { [role]: picked.reference };
      case 'itself':
        return { verifier: null };
      case 'browse':
        return choiceOrNull(role, await this.#browse(role));
      case 'server':
        return choiceOrNull(role, await this.#parts.chooseOnServer(picked.url));
      case 'newServer':
        return choiceOrNull(role, await this.#parts.chooseOnServer(null));
    }
  }

  async #browse(role: ModelRole): Promise<string | null> {
    const current = this.#parts.readSetting(role);
    const folder = typeof current === 'string' && isAbsolute(current) ? dirname(current) : homedir();
    const files = await vscode.window.showOpenDialog({
      title: `GGUF file of the ${role}`,
      openLabel: 'Use This Model',
      defaultUri: vscode.Uri.file(folder),
      filters: { 'GGUF models': ['gguf'] },
    });
    return files?.[0]?.fsPath ?? null;
  }

  /** What the model chosen for the other role takes. */
  #beside(role: ModelRole, before: RoleChoice | null): { name: string; memory: ModelMemory | null } | null {
    const { roles, installed, catalogue, contextSize } = this.#parts.state.snapshot;
    const other = role === 'generator' ? 'mentor' : 'generator';
    const reference = before === null ? roles.find((each) => each.role === other)?.reference : before[other];
    if (reference == null) return null;
    const known = catalogue.models.find(({ id }) => id === reference);
    const rough = known ? roughTotalBytes([known], contextSize) : null;
    const memory =
      roles.find((each) => each.reference === reference)?.memory ??
      installed.find(({ id }) => id === reference)?.memory ??
      (rough === null ? null : { bytes: rough, isRough: true });
    return { name: this.#nameOf(reference), memory };
  }

  #check(choice: RoleChoice): Promise<FitVerdict> {
    const { state, reports, resolveModel } = this.#parts;
    const { catalogue, budget, contextSize } = state.snapshot;
    const sources = { resolveModel, reports, catalogue, budget, contextSize };
    return checkChoice(this.#completed(choice), sources, new AbortController().signal);
  }

  /** With the models that the other roles have now. */
  #completed(choice: RoleChoice): FullChoice {
    const now = (role: ModelRole): string | null => {
      try {
        return readRole(this.#parts.readSetting, role);
      } catch (thrown) {
        // What is wrong with a setting is told where a question is asked.
        if (thrown instanceof MentorCollabError) return null;
        throw thrown;
      }
    };
    return {
      generator: choice.generator ?? now('generator'),
      mentor: choice.mentor ?? now('mentor'),
      verifier: choice.verifier === undefined ? now('verifier') : choice.verifier,
    };
  }

  /** Says why a choice can't be, with what can; null when the user gives up, the choice itself when they insist. */
  async #refuse(choice: RoleChoice, { sum, totalBytes, nearest }: FitVerdict): Promise<RoleChoice | null> {
    const { machineBytes, usableBytes } = this.#parts.state.snapshot.budget;
    const { contextSize } = this.#parts.state.snapshot;
    const [others, anyway] = ['Choose Others', 'Use Anyway'] as const;
    const instead = nearest && `Use ${nearest.generator.name} + ${nearest.mentor.name}`;
    const nearestBytes = nearest && roughTotalBytes([nearest.generator, nearest.mentor], contextSize);
    const detail = [
      `Needed, roughly: ${sum}. Models may take ${formatBytes(usableBytes)} of this machine’s ${formatBytes(machineBytes)}.`,
      nearest && nearestBytes !== null
        ? `The nearest pair that fits is ${nearest.generator.name} + ${nearest.mentor.name}, with about ${formatBytes(nearestBytes)}.`
        : 'No pair of the catalogue fits. Use a model server, or a smaller context.',
    ].join('\n');
    const buttons = [...(instead ? [instead] : []), others, ...(totalBytes <= machineBytes ? [anyway] : [])];
    const message = 'These models do not fit this machine together.';
    const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons);
    if (chosen === anyway) return choice;
    if (chosen === others) return this.#chooseAll();
    return nearest && chosen === instead ? { generator: nearest.generator.id, mentor: nearest.mentor.id } : null;
  }

  /** Models of the catalogue that are not here yet. */
  #missingIn(choice: RoleChoice): readonly string[] {
    const { catalogue, installed } = this.#parts.state.snapshot;
    const ids = Object.values(choice).filter((reference) => reference !== null);
    return [...new Set(ids)].filter((reference) => {
      const model = catalogue.models.find(({ id }) => id === reference);
      const isHere = installed.some(({ id, problem }) => id === reference && problem === null);
      return model?.repository != null && !isHere;
    });
  }
}

function choiceOfPair({ generator, mentor }: { readonly generator: string; readonly mentor: string }): RoleChoice {
  return { generator, mentor };
}

function choiceOrNull(role: ModelRole, reference: string | null): RoleChoice | null {
  return reference === null ? null : { [role]: reference };
}

function hasVerifier(readSetting: SettingReader): boolean {
  const verifier = readSetting('verifier');
  return typeof verifier === 'string' && verifier.trim() !== '';
}

/** How a setting names what an argument stands for; null where it stands for no model. */
function referenceOf(argument: unknown): string | null {
  if (typeof argument === 'string') return argument;
  const target = targetOf(argument);
  if (target?.type === 'installed' || target?.type === 'catalogue') return target.id;
  return target?.type === 'serverModel' ? formatServerReference(target) : null;
}
