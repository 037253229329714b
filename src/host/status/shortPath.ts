import { homedir } from 'node:os';

/** A path as people write it, with `~` for their home folder. */
export function shortPath(path: string, home = homedir()): string {
  const rest = path.slice(home.length);
  return home.length > 1 && path.startsWith(home) && /^(?:[\\/]|$)/.test(rest) ? `~${rest}` : path;
}
