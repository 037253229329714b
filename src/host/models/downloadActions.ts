import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { MentorCollabError } from '../../core/errors.ts';
import { formatBytes } from '../../core/formatBytes.ts';
import type { CatalogueModel } from '../../models/catalogue/catalogue.ts';
import { downloadOf } from '../../models/catalogue/downloadOf.ts';
import { findModel } from '../../models/catalogue/findModel.ts';
import { roughTotalBytes } from '../../models/catalogue/roughMemory.ts';
import { isDownloadReference, parseDownloadReference } from '../../models/download/downloadReference.ts';
import type { DownloadManager } from '../../models/download/downloadManager.ts';
import { PUBLIC_HUB } from '../../models/download/hub/hubAccess.ts';
import type { ModelDownload } from '../../models/download/modelDownload.ts';
import { isMissing } from '../../models/isMissing.ts';
import type { DownloadOfferParts } from './downloadOffer.ts';
import { downloadOffer } from './downloadOffer.ts';
import { progressWords } from './downloadWords.ts';
import type { HubToken } from './hubToken.ts';
import { modelLabel } from './modelLabel.ts';
import { modelPicks } from './modelPicks.ts';
import type { ModelsSnapshot } from './modelsSnapshot.ts';
import type { ModelsState } from './modelsState.ts';
import { targetOf } from './modelTarget.ts';
import type { PendingChoices } from './pendingChoices.ts';
import { pickOne } from './pickOne.ts';

export interface DownloadActionParts {
  readonly manager: DownloadManager;
  readonly state: ModelsState;
  readonly pending: PendingChoices;
  readonly token: HubToken;
  /** The hub's address at this moment. */
  readonly endpoint: () => string;
}

/** What a caller that has asked the user already passes along. */
export const AGREED = 'agreed';

/** Fetching models, and what can be done while they come. */
export class DownloadActions {
  readonly #parts: DownloadActionParts;

  constructor(parts: DownloadActionParts) {
    this.#parts = parts;
  }

  /**
   * Downloads what an argument names (a line of the view, an id of the catalogue, `hf:owner/repository/file`, or an
   * address), or else what the user chooses.
   *
   * @returns the id that it will have in the library; null when the user gave up.
   */
  async download(argument: unknown, agreed: unknown): Promise<string | null> {
    const { state } = this.#parts;
    await state.start();
    const download = await this.#downloadOf(argument);
    if (!download) return null;
    const isAgreed = agreed === AGREED || (await this.offer([download], null));
    if (!isAgreed) return null;
    this.start([download]);
    return download.id;
  }

  /** Asks before downloads: what comes, from where, under which terms, and whether there is room. */
  async offer(downloads: readonly ModelDownload[], memory: DownloadOfferParts['memory']): Promise<boolean> {
    const { state, endpoint } = this.#parts;
    const { catalogue, folder } = state.snapshot;
    const ids = downloads.map(({ id }) => id);
    const models = catalogue.models.filter(({ id }) => ids.includes(id));
    const offer = downloadOffer({
      downloads,
      models,
      nameOf: (id) => modelLabel(id, catalogue),
      folder,
      freeBytes: await freeBytesFor(folder),
      memory: memory ?? roughMemoryOf(models, state.snapshot),
      endpoint: endpoint(),
    });
    const yes = offer.isTooLargeForDisk ? 'Try Anyway' : 'Download';
    const read = 'Read Licence';
    const buttons = offer.licences.length === 0 ? [yes] : [yes, read];
    for (;;) {
      const chosen = await vscode.window.showInformationMessage(
        offer.message,
        { modal: true, detail: offer.detail },
        ...buttons,
      );
      if (chosen !== read) return chosen === yes;
      for (const licence of offer.licences) await vscode.env.openExternal(vscode.Uri.parse(licence));
    }
  }

  /** Begins downloads, or goes on with them. */
  start(downloads: readonly ModelDownload[]): void {
    for (const download of downloads) this.#parts.manager.start(download);
  }

  async pause(argument: unknown): Promise<void> {
    const id = await this.#idOf(argument, 'Pause Download');
    if (id !== null) await this.#parts.manager.pause(id);
  }

  async resume(argument: unknown): Promise<void> {
    const id = await this.#idOf(argument, 'Resume Download');
    if (id !== null) this.#parts.manager.resume(id);
  }

  /** Stops a download and deletes what has arrived, after asking where that is much. */
  async cancel(argument: unknown, agreed: unknown): Promise<void> {
    const { manager, pending, state } = this.#parts;
    const id = await this.#idOf(argument, 'Cancel Download');
    if (id === null) return;
    const status = manager.list.find(({ download }) => download.id === id);
    if (status && status.progress.bytesDone > 0 && agreed !== AGREED) {
      const name = modelLabel(id, state.snapshot.catalogue);
      const yes = 'Cancel Download';
      const arrived = progressWords(status.progress);
      const message = `Cancel the download of ${name} and delete what has arrived (${arrived})?`;
      const detail = 'A paused download keeps it, and goes on from there.';
      if ((await vscode.window.showWarningMessage(message, { modal: true, detail }, yes)) !== yes) return;
    }
    await manager.cancel(id);
    await pending.giveUpModel(id);
  }

  /** Keeps the access token of the hub, or forgets it. */
  async setHubToken(): Promise<void> {
    const { token } = this.#parts;
    const isKept = (await token.get()) !== null;
    const typed = await vscode.window.showInputBox({
      title: 'Set Hub Token',
      prompt: `An access token for gated and private models, from ${PUBLIC_HUB}/settings/tokens. It is kept in the system’s key ring and sent to the hub alone.${isKept ? ' Leave it empty to forget the one that is kept.' : ''}`,
      password: true,
      ignoreFocusOut: true,
    });
    if (typed === undefined) return;
    await token.set(typed.trim() === '' ? null : typed.trim());
    const what = typed.trim() === '' ? 'No hub token is kept.' : 'The hub token is kept; downloads use it from now on.';
    vscode.window.setStatusBarMessage(what, TOLD_MS);
  }

  /** Opens the page of a model's repository. */
  async openPage(argument: unknown): Promise<void> {
    const repository = this.#repositoryOf(argument);
    if (repository === null)
      throw new MentorCollabError('bad-input', 'There is no page for this. Choose a model of the catalogue.');
    await vscode.env.openExternal(vscode.Uri.parse(`${PUBLIC_HUB}/${repository}`));
  }

  #repositoryOf(argument: unknown): string | null {
    const { manager, state } = this.#parts;
    const target = targetOf(argument);
    if (target?.type === 'download') {
      const source = manager.list.find(({ download }) => download.id === target.id)?.download.source;
      return source?.type === 'hub' ? source.repository : null;
    }
    if (target?.type !== 'catalogue' && target?.type !== 'installed') return null;
    return state.snapshot.catalogue.models.find(({ id }) => id === target.id)?.repository ?? null;
  }

  async #downloadOf(argument: unknown): Promise<ModelDownload | null> {
    const { state } = this.#parts;
    const { catalogue, roles, installed } = state.snapshot;
    const target = targetOf(argument);
    if (target?.type === 'role') {
      const missing = roles.find(({ role }) => role === target.role)?.missing;
      if (missing) return downloadOf(missing);
    }
    if (target?.type === 'installed') {
      const entry = installed.find(({ id }) => id === target.id);
      if (entry?.download) return entry.download;
    }
    if (target?.type === 'catalogue') return downloadOf(findModel(catalogue, target.id));
    const reference = typeof argument === 'string' ? argument : await this.#askWhat();
    if (reference === null) return null;
    return isDownloadReference(reference)
      ? parseDownloadReference(reference)
      : downloadOf(findModel(catalogue, reference));
  }

  async #askWhat(): Promise<string | null> {
    const { snapshot } = this.#parts.state;
    const roles = ['generator', 'mentor'] as const;
    const groups = roles.flatMap((role) =>
      modelPicks(snapshot, { role, offersPairs: false, beside: null })
        .filter(({ heading }) => heading.startsWith('catalogue'))
        .map(({ picks }) => ({ heading: `suits as ${role}`, picks })),
    );
    const elsewhere = {
      heading: 'elsewhere',
      picks: [
        {
          label: '$(link) A file of a hub, or an address…',
          description: 'hf:owner/repository/file.gguf',
          detail: null,
          picked: { type: 'browse' } as const,
        },
      ],
    };
    const picked = await pickOne([elsewhere, ...groups], {
      title: 'Download Model',
      placeHolder: 'A model of the catalogue, a file of a hub, or an address',
    });
    if (picked?.type === 'model') return picked.reference;
    return picked?.type === 'browse' ? askForReference() : null;
  }

  /** The download that an argument names, or the only one, or the one that the user chooses. */
  async #idOf(argument: unknown, title: string): Promise<string | null> {
    if (typeof argument === 'string') return argument;
    const target = targetOf(argument);
    if (target?.type === 'download') return target.id;
    await this.#parts.state.start();
    const { downloads } = this.#parts.state.snapshot;
    const unfinished = downloads.filter(({ status }) => status.state !== 'done');
    if (unfinished.length === 0) throw new MentorCollabError('bad-input', 'There is no download. Begin one first.');
    const items = unfinished.map(({ name, status }) => ({
      label: name,
      description: `${status.state}, ${formatBytes(status.progress.bytesDone)}`,
      id: status.download.id,
    }));
    const chosen = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { title });
    return chosen?.id ?? null;
  }
}

/** What models of the catalogue take in memory by themselves; null where too little is known of one. */
function roughMemoryOf(
  models: readonly CatalogueModel[],
  { budget, contextSize }: ModelsSnapshot,
): DownloadOfferParts['memory'] {
  const bytes = models.length === 0 ? null : roughTotalBytes(models, contextSize);
  const { usableBytes } = budget;
  return bytes === null ? null : { sum: `about ${formatBytes(bytes)}`, fits: bytes <= usableBytes, usableBytes };
}

/** How long the status bar tells what was done, in milliseconds. */
const TOLD_MS = 4_000;

async function askForReference(): Promise<string | null> {
  const typed = await vscode.window.showInputBox({
    title: 'Download Model',
    prompt: 'A GGUF file of a hub as hf:OWNER/REPOSITORY/FILE.gguf, or its address. Of a split model, name any part.',
    placeHolder: 'hf:owner/repository/file.gguf',
    ignoreFocusOut: true,
    validateInput: (text) => problemOfReference(text),
  });
  return typed?.trim() ?? null;
}

function problemOfReference(text: string): string | null {
  try {
    parseDownloadReference(text);
    return null;
  } catch (thrown) {
    if (thrown instanceof MentorCollabError) return text.trim() === '' ? 'Nothing is named yet.' : thrown.message;
    throw thrown;
  }
}

/** What may still be written where a folder is, or will be. */
async function freeBytesFor(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (thrown) {
    if (!isMissing(thrown)) return null;
    const above = dirname(folder);
    return above === folder ? null : freeBytesFor(above);
  }
}
