// Called by VS Code inside its extension host: runs every suite that was bundled beside this file.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** Set by esbuild's CommonJS output; the folder of the bundle. */
declare const __dirname: string;

export function run(): Promise<void> {
  const root = join(__dirname, '..', '..', '..', '..');
  const mocha = new Mocha({
    ui: 'bdd',
    color: false,
    timeout: 60_000,
    forbidOnly: true,
    reporter: join(root, 'test', 'support', 'resultsReporter.cjs'),
  });
  const grep = process.env['MENTORCOLLAB_TEST_GREP'];
  if (grep !== undefined) mocha.grep(grep);
  const suites = join(__dirname, '..', '..', 'host');
  for (const name of readdirSync(suites, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.test.cjs')) mocha.addFile(join(suites, name));
  }
  return new Promise((resolve, reject) => {
    mocha.run((failures) => {
      if (failures === 0) resolve();
      else reject(new Error(`${failures} tests failed`));
    });
  });
}
