import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { libraryFolder } from '../../src/models/library/libraryFolder.ts';
import { ModelLibrary } from '../../src/models/library/modelLibrary.ts';
import { MisbehavingHub } from '../support/hub/misbehavingHub.ts';
import { activateExtension, ask, failureOf, ORDERING, useSettings } from './support/extensionUnderTest.ts';

const run = <T>(command: string, ...args: readonly unknown[]): Thenable<T> =>
  vscode.commands.executeCommand<T>(`mentorcollab.${command}`, ...args);
const setting = (name: string): unknown => vscode.workspace.getConfiguration('mentorcollab').get(name);
/** What a caller says that has asked the user already. */
const AGREED = 'agreed';

describe('models in the editor', () => {
  const set = useSettings();
  const hub = new MisbehavingHub();
  let library: ModelLibrary;
  let folder = '';
  let small: Buffer;

  before(async () => {
    const { extension } = await activateExtension();
    const shipped = join(extension.extensionPath, 'media', 'models');
    small = readFileSync(join(shipped, 'demo-small.gguf'));
    folder = mkdtempSync(join(tmpdir(), 'mentorcollab-models-'));
    copyFileSync(join(shipped, 'demo-small.gguf'), join(folder, 'Foreign-Small-Q8_0.gguf'));
    copyFileSync(join(shipped, 'demo-mentor.gguf'), join(folder, 'Foreign-Mentor-Q8_0.gguf'));
    library = new ModelLibrary(libraryFolder(null, process.env));
    await hub.start();
  });

  after(async () => {
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
    rmSync(library.places.folder, { recursive: true, force: true });
  });

  /** Waits until the disk shows what is expected. */
  async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
    for (let looks = 0; looks < 500; looks++) {
      if (await isSo()) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.fail(`Not so in time: ${what}.`);
  }

  it('keep to a folder of the tests', () => {
    assert.ok(library.places.folder.startsWith(tmpdir()), library.places.folder);
  });

  it('are imported from where they are, used in roles, asked a question, verified and removed', async () => {
    await set({ generator: undefined, mentor: undefined });
    const paths = ['Foreign-Small-Q8_0.gguf', 'Foreign-Mentor-Q8_0.gguf'].map((name) => join(folder, name));
    const ids = await run<readonly string[]>('importModel', null, paths);
    assert.deepEqual(ids, ['imported:Foreign-Small-Q8_0', 'imported:Foreign-Mentor-Q8_0']);
    assert.equal(await run('useAsGenerator', ids[0]), 'set');
    assert.equal(await run('useAsMentor', ids[1]), 'set');
    assert.deepEqual([setting('generator'), setting('mentor')], ids);

    const { state, lines } = await ask(ORDERING);
    assert.deepEqual(state, { phase: 'done' });
    const [header] = lines;
    assert.equal(header?.type, 'run-started');
    assert.deepEqual([header.generator.model.path, header.mentor?.model.path], paths);

    assert.equal(await run('verifyModel', ids[0]), true);
    for (const id of ids) await run('removeModel', id, AGREED);
    assert.deepEqual(await library.list(), []);
    assert.ok(paths.every((path) => existsSync(path)));
    assert.match(failureOf(await ask(ORDERING)), /mentorcollab\.generator: .*Foreign-Small/);
  });

  it('are downloaded from a hub, whole and checked, and run', async () => {
    await set({ hubEndpoint: hub.endpoint });
    hub.publish('owner/tiny', { 'tiny.gguf': small });
    const id = await run<string>('downloadModel', 'hf:owner/tiny/tiny.gguf', AGREED);
    assert.equal(id, 'owner--tiny--tiny');
    await until(() => library.pathOf(id) !== null, 'the model is installed');
    assert.equal(await run('useAsGenerator', id), 'set');
    assert.deepEqual((await ask(ORDERING)).state, { phase: 'done' });
    assert.equal(await run('verifyModel', id), true);
    await run('removeModel', id, AGREED);
    assert.equal(library.pathOf(id), null);
    assert.ok(!existsSync(library.places.modelFolder(id)));
  });

  it('that a hub refuses are not there, and nothing is left of them once they are given up', async () => {
    await set({ hubEndpoint: hub.endpoint });
    hub.publish('owner/gated', { 'gated.gguf': small }, { gatedFor: 'a token' });
    const id = await run<string>('downloadModel', 'hf:owner/gated/gated.gguf', AGREED);
    await until(() => hub.requests.some(({ path }) => path.includes('owner/gated')), 'the hub was asked');
    await run('cancelDownload', id, AGREED);
    assert.equal(library.pathOf(id), null);
    assert.ok(!existsSync(library.places.modelFolder(id)));
  });

  it('are not used while they are not downloaded, and the failure offers to fetch them', async () => {
    await set({ generator: 'qwen3-0.6b' });
    const failed = await ask(ORDERING);
    assert.match(failureOf(failed), /mentorcollab\.generator: Qwen3 0\.6B is not downloaded yet/);
    assert.ok(failed.state.phase === 'failed' && failed.state.actions[0] === 'download-models');
  });

  it('that are damaged are told apart from sound ones', async () => {
    const path = join(folder, 'damaged.gguf');
    writeFileSync(path, small);
    const [id] = await run<readonly string[]>('importModel', path);
    const changed = Buffer.from(small);
    changed[small.length - 1] = (changed[small.length - 1] ?? 0) ^ 1;
    writeFileSync(path, changed);
    assert.equal(await run('verifyModel', id), false);
    await run('removeModel', id, AGREED);
  });
});
