import type { ModelRole } from '../../protocol/engine.ts';
import type { ServerEntry } from './modelSettings.ts';
import type { RoleEntry, ServerLine, ServerTest } from './modelsSnapshot.ts';

/** What is known of servers. */
export interface ServerSources {
  readonly added: readonly ServerEntry[];
  readonly roles: readonly RoleEntry[];
  readonly testOf: (url: string) => ServerTest;
  readonly keyFor: (url: string) => string | null;
}

/** The servers that the user has added, then those that only a role names. */
export function serverLines({ added, roles, testOf, keyFor }: ServerSources): readonly ServerLine[] {
  const named = roles.flatMap(({ source }) => (source?.type === 'server' ? [source.url] : []));
  const urls = new Set([...added.map(({ url }) => url), ...named]);
  return [...urls].map((url) => {
    const entry = added.find((each) => each.url === url);
    return {
      url,
      name: entry?.name ?? new URL(url).host,
      isAdded: entry !== undefined,
      hasKey: keyFor(url) !== null,
      test: testOf(url),
      used: usedOn(url, roles),
    };
  });
}

function usedOn(url: string, roles: readonly RoleEntry[]): ReadonlyMap<string, readonly ModelRole[]> {
  const used = new Map<string, readonly ModelRole[]>();
  for (const { role, source } of roles) {
    if (source?.type !== 'server' || source.url !== url) continue;
    used.set(source.model, [...(used.get(source.model) ?? []), role]);
  }
  return used;
}
