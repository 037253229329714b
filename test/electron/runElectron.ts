// `npm run test:electron [-- --vscode PATH --grep TEXT]`: the suites of test/host in a desktop VS Code, the one at PATH
// (also VSCODE_PATH) or one that @vscode/test-electron downloads.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { downloadAndUnzipVSCode, runTests, TestRunFailedError } from '@vscode/test-electron';
import { runMain } from '../../scripts/runMain.js';
import { buildWhenStale, root } from '../../scripts/setUp.js';
import { summaryLine, tallyResults } from '../../scripts/testLayers.js';
import { buildHostTests } from '../support/vscode/buildHostTests.ts';
import { HOST_WORKSPACE } from '../support/vscode/hostWorkspace.ts';
import { cacheFolder } from '../support/vscode/installVsCode.js';
import { QUIET_SETTINGS } from '../support/vscode/quietSettings.ts';
import { parseElectronOptions } from './electronOptions.ts';

const OTHER_WAY = 'The same suites run without a desktop: npm test -- --layer host';

await runMain(async () => {
  const options = parseElectronOptions(process.argv.slice(2), process.env);
  requireDisplay();
  await buildWhenStale();
  const vscodeExecutablePath = options.vscode ?? (await download());
  const home = mkdtempSync(join(tmpdir(), 'mcel-'));
  const resultsFile = join(home, 'results.jsonl');
  try {
    const exitCode = await runSuites(vscodeExecutablePath, { home, resultsFile, grep: options.grep });
    // Not the exit code alone: a program that is no VS Code may well give 0.
    const lines = existsSync(resultsFile) ? readFileSync(resultsFile, 'utf8') : '';
    const tally = tallyResults('electron', { lines, exitCode, isFiltered: options.grep !== null });
    if (lines === '') console.error(`No suite ran in ${vscodeExecutablePath}. Is it a VS Code's program file?`);
    console.log(summaryLine(tally));
    return tally.failed > 0 ? 1 : 0;
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});

interface SuiteRun {
  /** Where workspace, user data and extensions go. */
  readonly home: string;
  readonly resultsFile: string;
  readonly grep: string | null;
}

/** A desktop program needs a screen. */
function requireDisplay(): void {
  if (process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) return;
  throw new Error(`A desktop VS Code needs a display, and there is none: put "xvfb-run -a" before. ${OTHER_WAY}`);
}

async function download(): Promise<string> {
  const cachePath = join(dirname(cacheFolder()), 'desktop');
  mkdirSync(cachePath, { recursive: true });
  try {
    return await downloadAndUnzipVSCode({ cachePath });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `No desktop VS Code could be downloaded (${reason}). Name one with --vscode PATH or VSCODE_PATH. ${OTHER_WAY}`,
      { cause: error },
    );
  }
}

/** Gives VS Code's exit code. */
async function runSuites(vscodeExecutablePath: string, { home, resultsFile, grep }: SuiteRun): Promise<number> {
  const [workspace, data] = [join(home, 'workspace'), join(home, 'data')];
  writeFiles(workspace, HOST_WORKSPACE);
  writeFiles(data, { 'User/settings.json': JSON.stringify(QUIET_SETTINGS) });
  // Set when we were started from a VS Code's own terminal or extension host: it would start as a plain Node.
  delete process.env['ELECTRON_RUN_AS_NODE'];
  try {
    return await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: root,
      extensionTestsPath: await buildHostTests(root),
      extensionTestsEnv: {
        MENTORCOLLAB_TEST_RESULTS: resultsFile,
        ...(grep === null ? {} : { MENTORCOLLAB_TEST_GREP: grep }),
      },
      launchArgs: [workspace, `--user-data-dir=${data}`, `--extensions-dir=${join(home, 'extensions')}`],
    });
  } catch (error) {
    if (!(error instanceof TestRunFailedError)) throw error;
    console.error(
      `${error.message}, in ${vscodeExecutablePath}. If no suite ran above: is it a VS Code's program file?`,
    );
    return error.code ?? 1;
  }
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}
