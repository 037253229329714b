import type { EngineStatus } from '../../src/protocol/engineStatus.ts';

/** The status of an engine that holds nothing, on a machine with 8 GiB. */
export const IDLE_STATUS: EngineStatus = {
  loadedModels: [],
  activeRuns: 0,
  residentBytes: 0,
  backend: null,
  memory: { totalBytes: 8 * 2 ** 30, availableBytes: 4 * 2 ** 30 },
};

/** An error for what a test does not expect to be asked. */
export function unexpected(what: string): Promise<never> {
  return Promise.reject(new Error(`The test did not expect ${what}.`));
}
