const TRACE_EXTENSION = '.mctrace.jsonl';

/** Whether a text can be a run's name, and so part of a path. */
export function isRunId(text: string): boolean {
  return /^[0-9A-Za-z-]+$/.test(text);
}

/** The name of a run's trace file. */
export function traceFileName(runId: string): string {
  return `${runId}${TRACE_EXTENSION}`;
}

/** The run whose trace file has that name; null for any other file. */
export function runIdOfFile(name: string): string | null {
  const runId = name.endsWith(TRACE_EXTENSION) ? name.slice(0, -TRACE_EXTENSION.length) : '';
  return isRunId(runId) ? runId : null;
}
