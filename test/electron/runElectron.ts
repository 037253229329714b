// `npm run test:electron [-- --vscode PATH]`: the suites of test/host in a desktop VS Code, downloaded by
// @vscode/test-electron, or the one at PATH (also VSCODE_PATH).
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { buildHostTests } from '../support/vscode/buildHostTests.ts';

const root = join(import.meta.dirname, '..', '..');
const { values } = parseArgs({ options: { vscode: { type: 'string' } } });
const given = values.vscode ?? process.env['VSCODE_PATH'];

try {
  const vscodeExecutablePath = given ?? (await downloadAndUnzipVSCode());
  await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: root,
    extensionTestsPath: await buildHostTests(root),
    launchArgs: ['--disable-extensions', '--disable-workspace-trust'],
  });
} catch (error) {
  console.error(error);
  console.error(
    given === undefined
      ? 'No desktop VS Code could be downloaded or run. Give one with --vscode PATH or VSCODE_PATH, or run the same suites with: npm test -- --layer host'
      : `The suites did not pass in ${given}. Is it a VS Code program file?`,
  );
  process.exitCode = 1;
}
