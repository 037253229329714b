import * as vscode from 'vscode';
import { asMentorCollabError, MentorCollabError } from '../../core/errors.ts';
import { formatServerReference, parseServerReference, parseServerUrl } from '../../models/serverReference.ts';
import type { ModelRole } from '../../protocol/engine.ts';
import type { ServerReport } from '../../protocol/serverReport.ts';
import { readSetting, writeSetting } from '../settings/configuration.ts';
import { cancellableProgress } from './cancellableProgress.ts';
import { readServers } from './modelSettings.ts';
import type { ModelsState } from './modelsState.ts';
import { targetOf } from './modelTarget.ts';
import { ROLE_NAMES, ROLES } from './roleWords.ts';
import type { ServerKeys } from './serverKeys.ts';
import type { ServerTests } from './serverTests.ts';
import { SERVER_KINDS, serverReportText } from './serverWords.ts';

export interface ServerActionParts {
  readonly state: ModelsState;
  readonly tests: ServerTests;
  readonly keys: ServerKeys;
  /** Uses a model of a server in a role. */
  readonly useAs: (role: ModelRole, reference: string) => Promise<unknown>;
  readonly showLog: () => void;
}

/** A server, and perhaps a model on it. */
interface NamedServer {
  readonly url: string;
  readonly model: string | null;
}

/** How long the status bar tells what was done, in milliseconds. */
const TOLD_MS = 4_000;
const [TRY_AGAIN, SET_KEY, ADD_ANYWAY, SHOW_LOG] = ['Try Again', 'Set API Key…', 'Add Anyway', 'Show Log'] as const;

/** Adding, testing and using model servers. */
export class ServerActions {
  readonly #parts: ServerActionParts;

  constructor(parts: ServerActionParts) {
    this.#parts = parts;
  }

  /**
   * Adds a server to the user's list, once it has answered, and offers its models for a role.
   *
   * @param address - where it is, with or without a model behind a `#`; anything else asks the user.
   * @param role - the role to use the model in; anything else asks the user.
   */
  async add(address: unknown, role: unknown): Promise<void> {
    const named = typeof address === 'string' ? parseAddress(address) : await askForAddress();
    if (!named) return;
    const reference = await this.#addAndChoose(named);
    const chosen = ROLES.find((each) => each === role) ?? (reference === null ? null : await askForRole(reference));
    if (reference !== null && chosen) await this.#parts.useAs(chosen, reference);
  }

  /** Lets the user choose a model of a server, or of one that they enter; gives its reference. */
  async chooseModel(url: string | null): Promise<string | null> {
    if (url === null) {
      const named = await askForAddress();
      return named && this.#addAndChoose(named);
    }
    const report = await this.#ask({ url, model: null }, []);
    return report && chooseFrom({ url, model: null }, report);
  }

  /** Asks a server what it is and can do, and tells it. */
  async test(argument: unknown): Promise<ServerReport | null> {
    const named = await this.#serverOf(argument, 'Test Connection');
    if (!named) return null;
    const report = await this.#ask(named, []);
    if (!report) return null;
    void this.#tell(report);
    return report;
  }

  /** Keeps the API key of a server, or forgets it. */
  async setKey(argument: unknown): Promise<void> {
    const named = await this.#serverOf(argument, 'Set Server API Key');
    if (named) await this.#askForKey(named.url);
  }

  /** Takes a server from the user's list, with its key. */
  async remove(argument: unknown): Promise<void> {
    const { keys, tests, state } = this.#parts;
    const named = await this.#serverOf(argument, 'Remove Server');
    if (!named) return;
    const { url } = named;
    const rest = rawServers().filter((entry) => urlOfEntry(entry) !== url);
    await writeSetting('servers', rest);
    const isShared = readServers(readSetting).servers.some((each) => new URL(each.url).origin === new URL(url).origin);
    if (!isShared) await keys.set(url, null);
    tests.forget(url);
    state.rebuild();
  }

  async #addAndChoose(named: NamedServer): Promise<string | null> {
    const report = await this.#ask(named, [ADD_ANYWAY]);
    if (report === null) return null;
    const { servers } = readServers(readSetting);
    if (!servers.some(({ url }) => url === named.url)) {
      await writeSetting('servers', [...rawServers(), { url: named.url }]);
      this.#parts.state.rebuild();
    }
    if (report !== ADD_ANYWAY) return chooseFrom(named, report);
    return named.model === null ? null : formatServerReference({ url: named.url, model: named.model });
  }

  /**
   * Tests a server until it answers or the user gives up.
   *
   * @param further - buttons beside a failure; the one that is chosen is given back.
   * @returns null when the user gave up.
   */
  async #ask<Button extends string>(
    { url, model }: NamedServer,
    further: readonly Button[],
  ): Promise<ServerReport | Button | null> {
    const { host } = new URL(url);
    for (;;) {
      try {
        return await cancellableProgress(`Asking ${host} what it can do`, (signal) =>
          this.#parts.tests.test(url, model, signal),
        );
      } catch (thrown) {
        const error = asMentorCollabError(thrown);
        if (error.code === 'cancelled') return null;
        const chosen = await tellFailedTest(error, further);
        if (chosen === SHOW_LOG) this.#parts.showLog();
        if (chosen === SET_KEY) await this.#askForKey(url);
        const button = further.find((each) => each === chosen);
        if (button !== undefined) return button;
        if (chosen !== TRY_AGAIN && chosen !== SET_KEY) return null;
      }
    }
  }

  async #tell(report: ServerReport): Promise<void> {
    const [use, copy] = ['Use a Model…', 'Copy Report'] as const;
    const { url, kind } = report;
    const detail = serverReportText(report);
    const message = `${new URL(url).host} answers (${SERVER_KINDS[kind]})`;
    const chosen = await vscode.window.showInformationMessage(message, { modal: true, detail }, use, copy);
    if (chosen === copy) await vscode.env.clipboard.writeText(`${url}\n${detail}`);
    if (chosen !== use) return;
    const reference = await chooseFrom({ url, model: null }, report);
    const role = reference === null ? null : await askForRole(reference);
    if (reference !== null && role) await this.#parts.useAs(role, reference);
  }

  async #askForKey(url: string): Promise<void> {
    const { keys } = this.#parts;
    const { origin } = new URL(url);
    const isKept = keys.keyFor(url) !== null;
    const typed = await vscode.window.showInputBox({
      title: 'Set Server API Key',
      prompt: `The key for ${origin}, kept in the system’s key ring and sent there alone.${isKept ? ' Leave it empty to forget the one that is kept.' : ''}`,
      password: true,
      ignoreFocusOut: true,
    });
    if (typed === undefined) return;
    const key = typed.trim();
    await keys.set(url, key === '' ? null : key);
    const what = key === '' ? `No key is kept for ${origin}.` : `The key for ${origin} is kept.`;
    vscode.window.setStatusBarMessage(what, TOLD_MS);
  }

  /** The server that an argument names (a line of the view, an address), or else the one that the user chooses. */
  async #serverOf(argument: unknown, title: string): Promise<NamedServer | null> {
    const { state } = this.#parts;
    if (typeof argument === 'string') return parseAddress(argument);
    await state.start();
    const { roles, servers } = state.snapshot;
    const target = targetOf(argument);
    const modelUsedOn = (url: string): string | null =>
      [...(servers.find((each) => each.url === url)?.used.keys() ?? [])][0] ?? null;
    if (target?.type === 'server') return { url: target.url, model: modelUsedOn(target.url) };
    if (target?.type === 'serverModel') return target;
    if (target?.type === 'role') {
      const source = roles.find(({ role }) => role === target.role)?.source;
      if (source?.type === 'server') return source;
    }
    if (servers.length === 0) throw new MentorCollabError('bad-input', 'There is no model server yet. Add one first.');
    const items = servers.map(({ url, name }) => ({ label: name, description: url, url }));
    const chosen = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { title });
    return chosen ? { url: chosen.url, model: modelUsedOn(chosen.url) } : null;
  }
}

/** The list as it stands in the settings, wrong entries included: they are not ours to drop. */
function rawServers(): readonly unknown[] {
  const value = readSetting('servers');
  return Array.isArray(value) ? value : [];
}

function urlOfEntry(entry: unknown): string | null {
  return readServers(() => [entry]).servers[0]?.url ?? null;
}

/** An address with or without a model; `http://` may be left out. */
function parseAddress(text: string): NamedServer {
  const trimmed = text.trim();
  const address = trimmed.includes('://') ? trimmed : `http://${trimmed}`;
  const hash = address.indexOf('#');
  if (hash < 0 || hash === address.length - 1) return { url: parseServerUrl(address), model: null };
  return parseServerReference(address);
}

async function askForAddress(): Promise<NamedServer | null> {
  const typed = await vscode.window.showInputBox({
    title: 'Add Model Server',
    prompt:
      'Its address, such as http://127.0.0.1:8080/v1. Any server that completes text will do: llama-server, Ollama, LM Studio, vLLM, SGLang, mentorcollab serve.',
    placeHolder: 'http://HOST:PORT/v1',
    ignoreFocusOut: true,
    validateInput: problemOfAddress,
  });
  return typed === undefined ? null : parseAddress(typed);
}

function problemOfAddress(text: string): string | null {
  if (text.trim() === '') return 'Nothing is entered yet.';
  try {
    parseAddress(text);
    return null;
  } catch (thrown) {
    if (thrown instanceof MentorCollabError) return thrown.message;
    throw thrown;
  }
}

/** Gives the button that was chosen. */
async function tellFailedTest(error: MentorCollabError, further: readonly string[]): Promise<string | undefined> {
  const key = error.code === 'server-refused' ? [SET_KEY] : [];
  const buttons = [TRY_AGAIN, ...key, ...further, SHOW_LOG];
  const detail = 'Check that the server runs, that its address is right, and that nothing in between blocks it.';
  const isUnreached = error.code === 'server-unavailable';
  const options = { modal: true, ...(isUnreached ? { detail } : {}) };
  return vscode.window.showErrorMessage(error.message, options, ...buttons);
}

/** The model that was named, if the server has it, or the one that the user chooses. */
async function chooseFrom({ url, model }: NamedServer, report: ServerReport): Promise<string | null> {
  const { models } = report;
  if (model !== null && (models.includes(model) || models.length === 0)) return formatServerReference({ url, model });
  if (models.length === 0) {
    throw new MentorCollabError('bad-input', `${url} lists no model. Load one there, or name it: ${url}#MODEL.`);
  }
  const title = `Model on ${new URL(url).host}`;
  const placeHolder = model === null ? 'What the server offers' : `The server has no ${model}; it offers these`;
  const chosen = await vscode.window.showQuickPick([...models], { title, placeHolder, ignoreFocusOut: true });
  return chosen === undefined ? null : formatServerReference({ url, model: chosen });
}

async function askForRole(reference: string): Promise<ModelRole | null> {
  const items = ROLES.map((role) => ({ label: `Use as ${ROLE_NAMES[role]}`, role }));
  const { model } = parseServerReference(reference);
  const chosen = await vscode.window.showQuickPick([...items, { label: 'Not now', role: null }], {
    title: model,
    placeHolder: 'What to use it for',
  });
  return chosen?.role ?? null;
}
