import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { runCommand } from '../../src/cli/commands.ts';
import { UsageError } from '../../src/cli/usageError.ts';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import { runCommandLine } from './runCommandLine.ts';
import { ScriptedContext } from './scriptedContext.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

describe('diagnose', () => {
  it('prints a report of this machine on the engine as it is built, with nothing but the demo pair', async () => {
    const { code, stdout, stderr } = await runCommandLine(['diagnose', '--gpu', 'off'], {
      env: { MENTORCOLLAB_MODELS: '/nowhere/at/all' },
    });
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(
      stdout,
      /^# MentorCollab: diagnosis\n\n## Program\n\n- MentorCollab: `\d+\.\d+\.\d+`\n- Runs in: `the command line`/,
    );
    assert.match(stdout, /- node-llama-cpp: `3\.\d+\.\d+`\n- Native library: loads\n- Computes on: `cpu`/);
    assert.match(stdout, /## Mentor\n\n- Set to: `demo-mentor`\n- File: `.*demo-mentor\.gguf`/);
    assert.match(stdout, /- Folder: `\/nowhere\/at\/all`/);
    assert.match(stdout, /- `--gpu`: `off` \(command line\)/);
  });

  it('prints the same as JSON, without secrets of the environment, and says what is wrong with a role', async () => {
    const context = new ScriptedContext(new ScriptedEngine([]));
    context.environment['MENTORCOLLAB_API_KEY'] = 'tulip-4711-key';
    context.environment['MENTORCOLLAB_MODELS'] = context.workingFolder;
    const args = ['--json', '--mentor', 'tulip-4711-key.gguf', '--generator', 'https://mia:hunter2@example.org/v1#a'];
    assert.equal(await runCommand(['diagnose', ...args], context, '9.8.7'), 'done');
    rmSync(context.workingFolder, { recursive: true });
    // The document was written by the code under test; its fields are what is checked.
    const report = JSON.parse(context.output.written) as Diagnosis;
    assert.equal(report.program.version, '9.8.7');
    assert.equal(report.engine.problem?.code, 'internal');
    assert.deepEqual(
      report.roles.map(({ role, problem }) => [role, problem?.code ?? null]),
      [
        ['generator', 'bad-input'],
        ['mentor', 'model-missing'],
        ['verifier', null],
      ],
    );
    assert.doesNotMatch(context.output.written, /tulip-4711|hunter2/);
  });

  it('is refused with what it does not know', async () => {
    const context = new ScriptedContext(new ScriptedEngine([]));
    for (const args of [['all'], ['--context-size', '7'], ['--seed', '1']]) {
      await assert.rejects(runCommand(['diagnose', ...args], context, '0.0.0'), UsageError);
    }
    rmSync(context.workingFolder, { recursive: true });
  });
});
