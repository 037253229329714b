// @ts-check
// `npm test`: sets everything up, runs every layer, and ends with one line `N passed, M failed`.
// `npm test -- --layer unit,host --grep "stops"` runs a part.
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { requireChromium } from '../test/support/vscode/chromium.js';
import { installVsCode } from '../test/support/vscode/installVsCode.js';
import { runCommand, runNpm } from './command.js';
import { runMain } from './runMain.js';
import { root, setUp } from './setUp.js';
import { CHECKS, selectLayers, summaryLine, tallyResults, totalOf } from './testLayers.js';

/** @typedef {import('./testLayers.js').Layer} Layer */
/** @typedef {import('./testLayers.js').Tally} Tally */

/** A layer that hangs is ended; none takes a fraction of this. */
const LAYER_LIMIT_MS = 30 * 60_000;
const RESULTS = join(root, 'test-results');

await runMain(async () => {
  const { layers, grep } = selectLayers(process.argv.slice(2));
  mkdirSync(RESULTS, { recursive: true });
  /** @type {Tally[]} */
  const tallies = [];
  const failure = await messageOf(setUp);
  if (failure === null) await runLayers(layers, grep, (tally) => tallies.push(tally));
  else {
    console.error(failure);
    tallies.push(failedLayer('set-up'));
  }
  console.log('');
  for (const tally of tallies) console.log(`${tally.layer}: ${summaryLine(tally)}`);
  const total = totalOf(tallies);
  console.log(summaryLine(total));
  return total.failed > 0 ? 1 : 0;
});

/**
 * @param {readonly Layer[]} layers
 * @param {string | null} grep
 * @param {(tally: Tally) => void} report
 */
async function runLayers(layers, grep, report) {
  const needs = new Set(layers.map((layer) => layer.needs));
  const missing = {
    nothing: null,
    browser: needs.has('browser') ? await messageOf(requireChromium) : null,
    vscode: needs.has('vscode') ? await messageOf(installVsCode) : null,
  };
  for (const layer of layers) {
    console.log(`\n== ${layer.name}`);
    const reason = missing[layer.needs];
    if (reason !== null) console.error(reason);
    // Without a browser only some tests of a layer fail; without VS Code all would.
    if (reason !== null && layer.needs === 'vscode') report(failedLayer(layer.name));
    else if (layer.kind === 'checks') report(await runChecks());
    else report(await runTests(layer, grep));
  }
}

/** @returns {Promise<Tally>} */
async function runChecks() {
  const tally = { layer: 'checks', passed: 0, failed: 0, skipped: 0 };
  for (const name of CHECKS) {
    const passed = (await runNpm(['run', '--silent', name], { cwd: root, limitMs: LAYER_LIMIT_MS })) === 0;
    console.log(`  ${passed ? 'ok' : 'FAILED'} ${name}`);
    tally[passed ? 'passed' : 'failed'] += 1;
  }
  return tally;
}

/**
 * @param {Layer} layer
 * @param {string | null} grep
 */
async function runTests(layer, grep) {
  const file = join(RESULTS, `${layer.name}.jsonl`);
  rmSync(file, { force: true });
  const filter = grep === null ? [] : ['--grep', grep];
  const exitCode = await runCommand(process.execPath, ['--import', 'tsx', ...layerArguments(layer), ...filter], {
    cwd: root,
    env: { ...process.env, MENTORCOLLAB_TEST_RESULTS: file },
    limitMs: LAYER_LIMIT_MS,
  });
  const lines = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return tallyResults(layer.name, { lines, exitCode, isFiltered: grep !== null });
}

/** @param {Layer} layer */
function layerArguments(layer) {
  if (layer.kind === 'host') return ['test/support/vscode/runHostTests.ts'];
  // Mocha's program starts a second process for .mocharc's Node option, which we give ourselves: one process less to end.
  // It knows that it was started by its path, which must be the real one.
  const program = realpathSync(join(root, 'node_modules', 'mocha', 'lib', 'cli', 'cli.js'));
  const mocha = [program, '--reporter', 'test/support/resultsReporter.cjs', '--retries', String(layer.retries)];
  return [...mocha, ...layer.ignored.flatMap((glob) => ['--ignore', glob]), ...layer.globs];
}

/**
 * A layer that could not run counts as one failure.
 *
 * @param {string} name
 * @returns {Tally}
 */
function failedLayer(name) {
  return { layer: name, passed: 0, failed: 1, skipped: 0 };
}

/**
 * @param {() => unknown} work
 * @returns {Promise<string | null>} why it failed; null when it did not
 */
async function messageOf(work) {
  try {
    await work();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
