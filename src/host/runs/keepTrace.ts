import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RunRecord } from '../../export/runRecord.ts';
import { formatTraceLine } from '../../protocol/traceText.ts';

export interface TraceKeeper {
  /** The trace file of a run kept here. */
  readonly pathOf: (runId: string) => string;
  /** A name for a new run, never twice the same. */
  readonly newRunId: () => string;
}

/** The names that we give; whatever else a file from elsewhere calls its run is no name for a file here. */
const OWN_RUN_ID = /^\d{8}T\d{6}-[0-9a-f]{8}$/;

/**
 * Copies a run into those kept here, under its own name if that is free. Only what could be read is written, so that
 * nothing unchecked comes in.
 *
 * @returns the name under which it is kept.
 */
export async function keepTrace({ header, events }: RunRecord, { pathOf, newRunId }: TraceKeeper): Promise<string> {
  for (let runId = OWN_RUN_ID.test(header.runId) ? header.runId : newRunId(); ; runId = newRunId()) {
    const text = [{ ...header, runId }, ...events].map(formatTraceLine).join('');
    try {
      await mkdir(dirname(pathOf(runId)), { recursive: true });
      await writeFile(pathOf(runId), text, { encoding: 'utf8', flag: 'wx' });
      return runId;
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
    }
  }
}
