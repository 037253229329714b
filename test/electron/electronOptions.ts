import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface ElectronOptions {
  /** The program file of a desktop VS Code; null to download one. */
  readonly vscode: string | null;
  /** Only tests whose names hold this text. */
  readonly grep: string | null;
}

/**
 * What the command line and the environment ask for.
 *
 * @param args - `--vscode PATH`, `--grep TEXT`
 * @param env - `VSCODE_PATH` stands in for `--vscode`
 * @throws when the path is no file, or the shell script that only opens a window and returns
 */
export function parseElectronOptions(args: readonly string[], env: NodeJS.ProcessEnv): ElectronOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { vscode: { type: 'string' }, grep: { type: 'string' } },
  });
  const given = values.vscode ?? env['VSCODE_PATH'];
  const vscode = given === undefined || given === '' ? null : resolve(given);
  if (vscode !== null && !(existsSync(vscode) && statSync(vscode).isFile())) {
    throw new Error(`${vscode} is no file. Name VS Code's program, such as /usr/share/code/code or Code.exe.`);
  }
  if (vscode !== null && /[\\/]bin[\\/]code[^\\/]*$/.test(vscode)) {
    throw new Error(
      `${vscode} only starts VS Code and returns. Name the program itself, such as /usr/share/code/code.`,
    );
  }
  return { vscode, grep: values.grep ?? null };
}
