// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * @typedef {object} RequiredProgram
 * @property {string} what - as named to a person
 * @property {string} debianPackage - where Debian has it
 * @property {() => boolean} isThere
 */

/** Another apt may be at work, as on a machine that has just started; apt waits this long for it. */
const APT = 'DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=600';

/**
 * Sees to it that programs of the system are there: installs them on Debian as root, and otherwise throws with what is
 * missing and how to get it.
 *
 * @param {readonly RequiredProgram[]} programs
 * @param {boolean} mayInstall - default: on Debian as root
 */
export function requirePrograms(programs, mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
  const missing = programs.filter((program) => !program.isThere());
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((program) => program.debianPackage))].join(' ');
  const names = missing.map((program) => program.what).join(', ');
  const advice = `Debian or Ubuntu: sudo apt-get install ${packages}`;
  if (!mayInstall) {
    throw new Error(`Some tests need ${names}, which this machine does not have. ${advice}.`);
  }
  console.error(`Installing ${packages} ...`);
  // The package lists may be fresh (nothing to update), old or absent (update, then it works).
  const install = `${APT} install --no-install-recommends ${packages}`;
  const result = spawnSync('sh', ['-c', `${install} || { ${APT} update && ${install}; }`], { encoding: 'utf8' });
  if (result.status === 0 && missing.every((program) => program.isThere())) return;
  throw new Error(`Could not install ${names}. ${advice}.\n${result.stdout}\n${result.stderr}`);
}

/**
 * Whether a program can be started.
 *
 * @param {string} name
 */
export function canRun(name) {
  return spawnSync(name, ['--version']).status === 0;
}
