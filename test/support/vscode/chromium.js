// @ts-check
import { existsSync } from 'node:fs';
import { requirePrograms } from './requirePrograms.js';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @type {import('./requirePrograms.js').RequiredProgram} */
export const CHROMIUM = {
  what: 'Chromium (or its path in CHROMIUM)',
  debianPackage: 'chromium',
  isThere: () => findChromium() !== null,
};

/**
 * The Chromium (or Chrome) that tests click in: the one that `CHROMIUM` names, or one in a usual place.
 *
 * @param {string | undefined} given - default: the environment's `CHROMIUM`
 * @returns {string | null} its path; null when there is none
 * @throws when `CHROMIUM` names a file that does not exist
 */
export function findChromium(given = process.env['CHROMIUM']) {
  if (given !== undefined && given !== '') {
    if (existsSync(given)) return given;
    throw new Error(`CHROMIUM names ${given}, which does not exist. Correct it, or unset it to use the system's.`);
  }
  return USUAL_PLACES.find((path) => existsSync(path)) ?? null;
}

/** As {@link findChromium}, but one is installed when there is none, or the error says how to get it. */
export function requireChromium() {
  requirePrograms([CHROMIUM]);
  const found = findChromium();
  if (found === null) throw new Error('There is no Chromium, although it has just been found.');
  return found;
}
