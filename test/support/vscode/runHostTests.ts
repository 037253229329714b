// Runs test/host/**/*.test.ts inside the extension host of a real VS Code: `tsx runHostTests.ts [--grep TEXT]`.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildHostTests } from './buildHostTests.ts';
import { VsCodeWindow } from './vscodeWindow.ts';

const LIMIT_MS = 8 * 60_000;
const root = join(import.meta.dirname, '..', '..', '..');
const grepAt = process.argv.indexOf('--grep');
const grep = grepAt < 0 ? undefined : process.argv[grepAt + 1];
const resultsFile = process.env['MENTORCOLLAB_TEST_RESULTS'] ?? join(root, 'test-results', 'host.jsonl');
rmSync(resultsFile, { force: true });

const testsFile = await buildHostTests(root);
const window = await VsCodeWindow.open({
  name: 'host',
  extension: root,
  testsFile,
  files: { 'notes.md': '# Notes\n\nA first paragraph.\n' },
  env: { MENTORCOLLAB_TEST_RESULTS: resultsFile, ...(grep === undefined ? {} : { MENTORCOLLAB_TEST_GREP: grep }) },
});
let timer: NodeJS.Timeout | undefined;
const limit = new Promise<number>((resolve) => {
  timer = setTimeout(() => {
    console.error(
      `The tests inside VS Code did not end in ${LIMIT_MS / 60_000} minutes; see test-results/host-window.log.`,
    );
    resolve(1);
  }, LIMIT_MS);
});
const code = await Promise.race([window.hostTests.exitCode, limit]);
clearTimeout(timer);
if (code !== 0) await window.screenshot('host-failed.png');
await window.close();
process.exitCode = code;
