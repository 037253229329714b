import type { DisposableLike } from '../disposable.ts';

/** Something that uses the engine now and then. */
export interface EngineUser {
  readonly isBusy: boolean;
  readonly onDidUpdate: (listener: () => void) => DisposableLike;
}

/** Several users of the engine as one: busy while any of them is. */
export function engineUse(users: readonly EngineUser[]): EngineUser {
  return {
    get isBusy() {
      return users.some((user) => user.isBusy);
    },
    onDidUpdate: (listener) => {
      const listening = users.map((user) => user.onDidUpdate(listener));
      return {
        dispose: () => {
          for (const each of listening) each.dispose();
        },
      };
    },
  };
}
