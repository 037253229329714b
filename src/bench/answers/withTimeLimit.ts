import { createContext, Script } from 'node:vm';

/**
 * Runs a function that might take for ever, and ends it when its time is up; gives null then. Such a function must leave
 * nothing half done that is used again.
 *
 * Node's own vm can stop code that never gives way, which nothing else can within one thread.
 */
export function withTimeLimit<Value>(compute: () => Value, limitMs: number): Value | null {
  const result: { value: Value | null } = { value: null };
  const context = createContext({
    compute: () => {
      result.value = compute();
    },
  });
  try {
    CALL.runInContext(context, { timeout: limitMs });
  } catch (thrown) {
    if (isTimeOut(thrown)) return null;
    throw thrown;
  }
  return result.value;
}

/** The error is of the context's own realm, so that it is no `Error` here. */
function isTimeOut(thrown: unknown): boolean {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : null;
  return code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}

const CALL = new Script('compute()');
