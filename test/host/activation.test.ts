import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMAND_IDS, DECISION_COMMAND_IDS, MODEL_COMMAND_IDS } from '../../src/host/commandIds.ts';
import { activateExtension } from './support/extensionUnderTest.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('activation', () => {
  it('registers every command that is declared, and declares every command there is', async () => {
    const { extension } = await activateExtension();
    // package.json of this very checkout, which its own schema has been read with.
    const declared = (extension.packageJSON as Manifest).contributes.commands.map(({ command }) => command);
    const known = [COMMAND_IDS, DECISION_COMMAND_IDS, MODEL_COMMAND_IDS].flatMap((ids) => Object.values<string>(ids));
    assert.deepEqual(declared.toSorted(), known.toSorted());
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const command of declared) assert.ok(registered.has(command), command);
  });

  it('starts no engine before a question is asked', async () => {
    const { api } = await activateExtension();
    if (api.currentRun() === null) assert.equal(api.enginePid(), undefined);
  });
});
