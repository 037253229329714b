import type { RunSources } from './prepareRun.ts';

/**
 * Sources whose settings stay as they are now (each from when it is first read), for runs that are compared: whoever
 * changes one while they run would compare unlike things.
 */
export function settingsOfNow({ readSetting, resolveModel, mayLoad }: RunSources): RunSources {
  const values = new Map<string, unknown>();
  return {
    resolveModel,
    mayLoad,
    readSetting: (name) => {
      if (!values.has(name)) values.set(name, readSetting(name));
      return values.get(name);
    },
  };
}
