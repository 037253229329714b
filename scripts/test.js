// `npm test`: sets everything up, runs every layer, and ends with one line `N passed, M failed`.
// `npm test -- --layer unit,host --grep "stops"` runs a part.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installVsCode } from '../test/support/vscode/installVsCode.js';
import { runCommand } from './command.js';
import { root, setUp } from './setUp.js';
import { CHECKS, selectLayers, summaryLine, tallyResults } from './testLayers.js';

const { layers, grep } = selectLayers(process.argv.slice(2));
const results = join(root, 'test-results');
mkdirSync(results, { recursive: true });
await setUp();
const needsBrowser = layers.some((layer) => ['unit', 'host', 'ui', 'package'].includes(layer.name));
const vscode = needsBrowser ? await installVsCode() : null;
const env = { ...process.env, ...(vscode ? { CHROMIUM: vscode.chromium } : {}), FORCE_COLOR: undefined };

const tallies = [];
for (const layer of layers) {
  console.log(`\n== ${layer.name}`);
  tallies.push(layer.kind === 'checks' ? await runChecks() : await runTests(layer));
}
console.log('');
for (const tally of tallies) console.log(`${tally.layer}: ${summaryLine([tally])}`);
console.log(summaryLine(tallies));
process.exitCode = tallies.some((tally) => tally.failed > 0) ? 1 : 0;

async function runChecks() {
  const tally = { layer: 'checks', passed: 0, failed: 0, skipped: 0 };
  for (const name of CHECKS) {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const passed = (await runCommand(npm, ['run', '--silent', name], { cwd: root, env })) === 0;
    console.log(`  ${passed ? 'ok' : 'FAILED'} ${name}`);
    tally[passed ? 'passed' : 'failed'] += 1;
  }
  return tally;
}

async function runTests(layer) {
  const file = join(results, `${layer.name}.jsonl`);
  rmSync(file, { force: true });
  const code = await runCommand(process.execPath, layerArguments(layer), {
    cwd: root,
    env: { ...env, MENTORCOLLAB_TEST_RESULTS: file },
  });
  return tallyResults(layer.name, existsSync(file) ? readFileSync(file, 'utf8') : '', code);
}

function layerArguments(layer) {
  const filter = grep === null ? [] : ['--grep', grep];
  if (layer.kind === 'host') return ['--import', 'tsx', 'test/support/vscode/runHostTests.ts', ...filter];
  const ignored = (layer.ignored ?? []).flatMap((glob) => ['--ignore', glob]);
  return [
    'node_modules/mocha/bin/mocha.js',
    '--reporter',
    'test/support/resultsReporter.cjs',
    ...ignored,
    ...filter,
    ...layer.globs,
  ];
}
