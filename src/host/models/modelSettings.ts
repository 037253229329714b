import { z } from 'zod';
import { MentorCollabError } from '../../core/errors.ts';
import { parseServerUrl } from '../../models/serverReference.ts';
import type { SettingReader } from '../settings/readHostSettings.ts';
import { settingId } from '../settings/readHostSettings.ts';

/** A model server that a user has added. */
export interface ServerEntry {
  /** Base URL without user info, query, fragment and trailing slash. */
  readonly url: string;
  /** What the user calls it; null for its host. */
  readonly name: string | null;
}

/** The servers of the settings. */
export interface ServerSettings {
  readonly servers: readonly ServerEntry[];
  /** What is wrong with entries that are left out; whole sentences. */
  readonly problems: readonly string[];
}

const entrySchema = z.object({ url: z.string(), name: z.string().nullish() });

/** The servers that the user has added. A wrong entry hides no other. */
export function readServers(read: SettingReader): ServerSettings {
  const value = read('servers') ?? [];
  if (!Array.isArray(value)) {
    return { servers: [], problems: [`${settingId('servers')} must be a list of servers, each with its "url".`] };
  }
  const servers = new Map<string, ServerEntry>();
  const problems: string[] = [];
  // Elements of a value that users write by hand: parsed one by one below.
  for (const element of value as readonly unknown[]) {
    const parsed = parseEntry(element);
    if ('problem' in parsed) problems.push(parsed.problem);
    else if (!servers.has(parsed.url)) servers.set(parsed.url, parsed);
  }
  return { servers: [...servers.values()], problems };
}

function parseEntry(element: unknown): ServerEntry | { readonly problem: string } {
  const entry = entrySchema.safeParse(element).data;
  if (!entry) return { problem: `${settingId('servers')} holds an entry that is no server with a "url".` };
  try {
    const name = entry.name?.trim() ?? '';
    return { url: parseServerUrl(entry.url), name: name === '' ? null : name };
  } catch (thrown) {
    if (!(thrown instanceof MentorCollabError)) throw thrown;
    return { problem: `${settingId('servers')}: ${thrown.message}` };
  }
}

/**
 * The folder for downloaded models; null for the default.
 *
 * @throws MentorCollabError `bad-input` when it is no text.
 */
export function readModelsFolder(read: SettingReader): string | null {
  return optionalText(read, 'modelsFolder', 'the path of a folder');
}

/**
 * The hub that models are downloaded from; null for the default.
 *
 * @throws MentorCollabError `bad-input` when it is no text.
 */
export function readHubEndpoint(read: SettingReader): string | null {
  return optionalText(read, 'hubEndpoint', 'the address of a hub');
}

function optionalText(read: SettingReader, name: string, expected: string): string | null {
  const value = read(name) ?? null;
  if (value === null) return null;
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  throw new MentorCollabError(
    'bad-input',
    `${settingId(name)} is ${JSON.stringify(value)}, but must be ${expected}, or null.`,
  );
}
