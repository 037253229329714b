// Runs test/host/**/*.test.ts inside the extension host of a real VS Code: `tsx runHostTests.ts [--grep TEXT]`.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildHostTests } from './buildHostTests.ts';
import { HOST_WORKSPACE } from './hostWorkspace.ts';
import { VsCodeWindow } from './vscodeWindow.ts';

/** Far longer than any test; a test that is slower must say something. */
const SILENCE_MS = 5 * 60_000;
const root = join(import.meta.dirname, '..', '..', '..');
const { values } = parseArgs({ options: { grep: { type: 'string' } } });
const resultsFile = process.env['MENTORCOLLAB_TEST_RESULTS'] ?? join(root, 'test-results', 'host.jsonl');
rmSync(resultsFile, { force: true });

const testsFile = await buildHostTests(root);
const window = await VsCodeWindow.open({
  name: 'host',
  extension: root,
  testsFile,
  files: HOST_WORKSPACE,
  env: {
    MENTORCOLLAB_TEST_RESULTS: resultsFile,
    ...(values.grep === undefined ? {} : { MENTORCOLLAB_TEST_GREP: values.grep }),
  },
});
try {
  process.exitCode = await Promise.race([
    window.hostTests.waitForEnd(SILENCE_MS),
    window.server.ended.then(() => {
      throw new Error('The VS Code server ended before the tests did; see test-results/host-server.log.');
    }),
  ]);
} catch (error) {
  console.error(error);
  console.error('The logs are in test-results/host-window.log and test-results/host-logs/.');
  process.exitCode = 1;
} finally {
  if (process.exitCode !== 0) await window.screenshot('host-failed.png');
  await window.close();
}
