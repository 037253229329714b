import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import { ModelRows } from './support/modelRows.ts';
import { LINES, markShownRun, panelOf, selectProblem, untilNewRun, untilState } from './support/panelWindow.ts';
import { ServedModels } from './support/servedModels.ts';
import { useWindow } from './support/useWindow.ts';

const shipped = join(import.meta.dirname, '..', '..', 'media', 'models');
/** A larger model, such as SmolLM2-135M-Instruct; without it the last test is skipped. */
const larger = process.env['MENTORCOLLAB_TEST_MODEL'];

/**
 * What a user goes through who brings models: the demo files as if they were anyone's, two servers, and one of each, by the
 * settings and by clicks, from a window in which nothing is set.
 */
describe('models that a user brings, in a VS Code window', function () {
  this.timeout(240_000);
  let window: VsCodeWindow;
  let models: ModelRows;
  let folder = '';
  let generatorServer = '';
  let mentorServer = '';
  const served = [new ServedModels(), new ServedModels()] as const;

  useWindow(
    'ui-own-models',
    (opened) => {
      window = opened;
      models = new ModelRows(opened);
    },
    async () => {
      folder = mkdtempSync(join(tmpdir(), 'mentorcollab-own-'));
      cpSync(join(shipped, 'demo-small.gguf'), join(folder, 'Little.gguf'));
      cpSync(join(shipped, 'demo-mentor.gguf'), join(folder, 'Wise.gguf'));
      [generatorServer, mentorServer] = await Promise.all([served[0].start(null), served[1].start(null)]);
      return {};
    },
  );

  after(() => {
    for (const one of served) one.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Asks of what is chosen, and gives all that the panel then tells of the run. */
  async function asked(line: number = LINES.helped): Promise<string> {
    await selectProblem(window, line);
    await markShownRun(window);
    await window.runCommand('MentorCollab: Solve Selection');
    const panel = await panelOf(window);
    await untilNewRun(panel);
    await untilState(panel, /^(?:Done|Stopped)/);
    return panel.locator('main.run').innerText();
  }

  async function answers(generator: RegExp, mentor: RegExp): Promise<void> {
    const facts = await asked();
    assert.match(facts, generator);
    assert.match(facts, mentor);
    // The generator alone does not come to this.
    assert.match(facts, /The answer is 36/);
  }

  const generatorFile = /Generator\s+Little/;
  const mentorFile = /Mentor\s+Wise/;
  const generatorServed = (): RegExp => new RegExp(`Generator\\s+demo-small[^]*${new URL(generatorServer).host}`);
  const mentorServed = (): RegExp => new RegExp(`Mentor\\s+demo-mentor[^]*${new URL(mentorServer).host}`);

  before(async () => {
    await models.open();
    await models.until(/^Generator.*Demo generator/);
  });

  describe('by the settings', () => {
    /** Returns once the window has read them. */
    async function choose(generator: string, mentor: string): Promise<void> {
      window.changeSettings({ 'mentorcollab.generator': generator, 'mentorcollab.mentor': mentor });
      await models.until(/^Generator/, nameOf(generator));
      await models.until(/^Mentor/, nameOf(mentor));
    }
    after(() => {
      window.changeSettings({ 'mentorcollab.generator': undefined, 'mentorcollab.mentor': undefined });
    });

    it('answer as two files', async () => {
      await choose(join(folder, 'Little.gguf'), join(folder, 'Wise.gguf'));
      await answers(generatorFile, mentorFile);
    });

    it('answer as two servers', async () => {
      await choose(`${generatorServer}#demo-small`, `${mentorServer}#demo-mentor`);
      await answers(generatorServed(), mentorServed());
      await window.screenshot('ui-own-models-servers.png');
    });

    it('answer as a file and a server', async () => {
      await choose(join(folder, 'Little.gguf'), `${mentorServer}#demo-mentor`);
      await answers(generatorFile, mentorServed());
    });
  });

  describe('by clicks in the Models view', () => {
    async function importAs(file: string, role: 'Generator' | 'Mentor'): Promise<void> {
      const name = basename(file, '.gguf');
      await models.pressTitle('Import GGUF Model…');
      await models.openFile('Import GGUF Models', file);
      await models.choose(await models.until(name, 'imported'), `Use as ${role}`);
      await models.until(new RegExp(`^${role}.*${name}`));
    }

    async function serveAs(address: string, model: string, role: 'Generator' | 'Mentor'): Promise<void> {
      await models.press(await models.until(/^Servers/), 'Add Model Server…');
      await models.type('Its address', address);
      await models.pick(model);
      await models.pick(`Use as ${role}`);
      await models.until(new RegExp(`^${role}.*${model}`), 'reached');
    }

    before(() => models.until(/^Generator.*Demo generator/));

    it('answer as two files', async () => {
      await importAs(join(folder, 'Little.gguf'), 'Generator');
      await importAs(join(folder, 'Wise.gguf'), 'Mentor');
      await answers(generatorFile, mentorFile);
      await window.screenshot('ui-own-models-files.png');
    });

    it('answer as two servers', async () => {
      await serveAs(generatorServer, 'demo-small', 'Generator');
      await serveAs(mentorServer, 'demo-mentor', 'Mentor');
      await answers(generatorServed(), mentorServed());
    });

    it('answer as a file and a server', async () => {
      await models.choose(await models.until('Little', 'imported'), 'Use as Generator');
      await models.until(/^Generator.*Little/);
      await answers(generatorFile, mentorServed());
      await window.runCommand('Notifications: Clear All Notifications');
      await window.screenshot('ui-own-models-mixed.png');
    });

    it('answer what the demo pair does not know, as a larger model', async function () {
      if (larger === undefined) return this.skip();
      const name = basename(larger, '.gguf');
      window.changeSettings({ 'mentorcollab.maxTokens': 80 });
      await importAs(larger, 'Mentor');
      const facts = await asked(LINES.unknown);
      assert.match(facts, new RegExp(`Mentor\\s+${name}`));
      await importAs(larger, 'Generator');
      assert.match(await asked(LINES.unknown), new RegExp(`Generator\\s+${name}[^]*sky`));
      await window.screenshot('ui-own-models-larger.png');
    });
  });
});

/** What a model's row has of a reference: the name of its file, or of the model on its server. */
function nameOf(reference: string): string {
  return reference.split('#')[1] ?? basename(reference, '.gguf');
}
