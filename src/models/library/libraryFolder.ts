import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The environment variable that names the folder of the library. */
const VARIABLE = 'MENTORCOLLAB_MODELS';

/**
 * The absolute path of the folder that editor and command line share: what was set, else what `MENTORCOLLAB_MODELS`
 * says, else `.mentorcollab/models` in the home folder. A leading `~` is the home folder; null and blank count as not set.
 */
export function libraryFolder(setting: string | null, environment: Readonly<NodeJS.ProcessEnv>): string {
  const chosen = [setting, environment[VARIABLE]].find((folder) => folder?.trim());
  if (!chosen) return join(homedir(), '.mentorcollab', 'models');
  return resolve(/^~(?=$|[/\\])/.test(chosen) ? join(homedir(), chosen.slice(1)) : chosen);
}
