// @ts-check
// The layers of `npm test`, and how their results add up.
import { parseArgs } from 'node:util';

/**
 * @typedef {object} Layer
 * @property {string} name
 * @property {'checks' | 'mocha' | 'host'} kind - scripts of package.json; mocha here; mocha inside VS Code's extension host
 * @property {readonly string[]} globs - its test files
 * @property {readonly string[]} ignored - globs of test files that are another layer's
 * @property {'nothing' | 'browser' | 'vscode'} needs - beside the packages
 * @property {number} retries - how often a test that fails is tried again, each time told: a real window on a busy machine
 * now and then swallows a click
 */

/** @typedef {{layer: string, passed: number, failed: number, skipped: number}} Tally */

/** Checks that count as one test each: scripts of package.json. */
export const CHECKS = ['types', 'lint', 'rooms', 'unused', 'format:check'];

/** @type {readonly Layer[]} */
export const LAYERS = [
  layer('checks', { kind: 'checks', globs: [] }),
  layer('unit', {
    globs: ['test/**/*.test.{ts,tsx}'],
    ignored: ['test/{contract,engine,host,ui,package}/**'],
    needs: 'browser',
  }),
  layer('contract', {}),
  layer('engine', {}),
  layer('host', { kind: 'host', needs: 'vscode' }),
  layer('ui', { needs: 'vscode', retries: 1 }),
  layer('package', { needs: 'vscode' }),
];

/**
 * A layer with what most have: mocha over the folder of its name.
 *
 * @param {string} name
 * @param {Partial<Layer>} differences
 * @returns {Layer}
 */
function layer(name, differences) {
  const globs = [`test/${name}/**/*.test.ts`];
  return { name, kind: 'mocha', globs, ignored: [], needs: 'nothing', retries: 0, ...differences };
}

/**
 * What the command line asks for.
 *
 * @param {readonly string[]} args - such as `['--layer', 'unit,host', '--grep', 'stops']`
 * @returns {{layers: readonly Layer[], grep: string | null}} all layers without `--layer`, but with a filter only those
 * whose tests have names
 */
export function selectLayers(args) {
  const { values } = parseArgs({
    args: [...args],
    options: { layer: { type: 'string', multiple: true }, grep: { type: 'string' } },
  });
  const grep = values.grep ?? null;
  const names = values.layer?.flatMap((value) => value.split(',')).map((name) => name.trim());
  if (names) return { layers: names.map(layerNamed), grep };
  return { layers: grep === null ? LAYERS : LAYERS.filter(({ kind }) => kind !== 'checks'), grep };
}

/** @param {string} name */
function layerNamed(name) {
  const found = LAYERS.find((candidate) => candidate.name === name);
  if (found) return found;
  throw new Error(`There is no layer "${name}"; there are ${LAYERS.map((known) => known.name).join(', ')}.`);
}

/**
 * A layer's tally from the lines its reporter wrote. One failure more stands for a layer that broke off without its last
 * line, or ended badly without a failed test, or ran nothing at all: silence is no success. Only a filter may leave
 * nothing to run.
 *
 * @param {string} name - the layer's
 * @param {{lines: string, exitCode: number, isFiltered: boolean}} run - `lines`: JSON Lines of `{state}`, a last `{end: true}`
 * @returns {Tally}
 */
export function tallyResults(name, { lines, exitCode, isFiltered }) {
  const results = parseLines(lines);
  const count = (/** @type {string} */ state) => results.filter((result) => result.state === state).length;
  const tally = { layer: name, passed: count('passed'), failed: count('failed'), skipped: count('pending') };
  const brokeOff = !results.some((result) => result.end === true) || (exitCode !== 0 && tally.failed === 0);
  const ranNothing = tally.passed + tally.failed === 0 && !isFiltered;
  return brokeOff || ranNothing ? { ...tally, failed: tally.failed + 1 } : tally;
}

/**
 * @param {string} lines
 * @returns {readonly {state?: string, end?: boolean}[]}
 */
function parseLines(lines) {
  return lines.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      // The empty last line, or one that a crash cut off: then there is no end line either, which counts as a failure.
      return [];
    }
  });
}

/**
 * The tally of a whole run: all layers, and one failure for a run that tested nothing.
 *
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function totalOf(tallies) {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ field) =>
    tallies.reduce((total, tally) => total + tally[field], 0);
  const total = { layer: 'all', passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  return total.passed + total.failed === 0 ? { ...total, failed: 1 } : total;
}

/**
 * A tally in words; that of the whole run is the closing line.
 *
 * @param {Tally} tally
 */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
