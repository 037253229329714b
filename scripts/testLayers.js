// The layers of `npm test`, and how their results add up.

/**
 * @typedef {{name: string, kind: 'checks'} | {name: string, kind: 'mocha', globs: readonly string[], ignored?: readonly string[]} | {name: string, kind: 'host'}} Layer
 * @typedef {{layer: string, passed: number, failed: number, skipped: number}} Tally
 */

/** Checks that count as one test each: scripts of package.json. */
export const CHECKS = ['types', 'lint', 'rooms', 'unused', 'format:check'];

/** @type {readonly Layer[]} */
export const LAYERS = [
  { name: 'checks', kind: 'checks' },
  {
    name: 'unit',
    kind: 'mocha',
    globs: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    ignored: ['test/{contract,engine,host,ui,package}/**'],
  },
  { name: 'contract', kind: 'mocha', globs: ['test/contract/**/*.test.ts'] },
  { name: 'engine', kind: 'mocha', globs: ['test/engine/**/*.test.ts'] },
  { name: 'host', kind: 'host' },
  { name: 'ui', kind: 'mocha', globs: ['test/ui/**/*.test.ts'] },
  { name: 'package', kind: 'mocha', globs: ['test/package/**/*.test.ts'] },
];

/**
 * The layers that the command line asks for, all of them without `--layer`.
 *
 * @param {readonly string[]} args - such as `['--layer', 'unit,host', '--grep', 'stops']`
 * @returns {{layers: readonly Layer[], grep: string | null}}
 */
export function selectLayers(args) {
  let layers = LAYERS;
  let grep = null;
  for (let i = 0; i < args.length; i += 2) {
    const value = args[i + 1];
    if (value === undefined) throw new Error(`${args[i]} needs a value.`);
    if (args[i] === '--layer') layers = value.split(',').map(layerNamed);
    else if (args[i] === '--grep') grep = value;
    else throw new Error(`Unknown option ${args[i]}; there are --layer and --grep.`);
  }
  return { layers, grep };
}

function layerNamed(name) {
  const found = LAYERS.find((layer) => layer.name === name);
  if (!found)
    throw new Error(`There is no layer "${name}"; there are ${LAYERS.map((layer) => layer.name).join(', ')}.`);
  return found;
}

/**
 * A layer's tally from the lines its reporter wrote. A layer that ran nothing, or broke off without its last line,
 * counts one failure more: silence is no success.
 *
 * @param {string} layer
 * @param {string} lines - JSON Lines of `{state}` and a last `{end: true}`
 * @param {number} exitCode
 * @returns {Tally}
 */
export function tallyResults(layer, lines, exitCode) {
  const results = lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const count = (state) => results.filter((result) => result.state === state).length;
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('pending')];
  const brokeOff = !results.some((result) => result.end === true) || (exitCode !== 0 && failed === 0);
  const ranNothing = passed + failed === 0;
  return { layer, passed, failed: failed + (brokeOff || ranNothing ? 1 : 0), skipped };
}

/**
 * The closing line.
 *
 * @param {readonly Tally[]} tallies
 */
export function summaryLine(tallies) {
  const sum = (field) => tallies.reduce((total, tally) => total + tally[field], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
