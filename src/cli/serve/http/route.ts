import type { Exchange } from './exchange.ts';

/** One thing the endpoint can be asked. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** The whole path; one that ends in `/*` takes any rest. */
  readonly path: string;
  /** Whether it is answered without an API key. */
  readonly isPublic?: boolean;
  /** Answers; what it throws is sent as an error. */
  readonly handle: (exchange: Exchange) => Promise<void> | void;
}

/** Whether a route takes a path. */
export function takesPath({ path }: Route, asked: string): boolean {
  return path.endsWith('/*') ? asked.startsWith(path.slice(0, -1)) && asked.length >= path.length : asked === path;
}
