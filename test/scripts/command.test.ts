import assert from 'node:assert/strict';
import { requireCommand, runCommand } from '../../scripts/command.js';

const QUIET = { stdio: 'ignore' } as const;
const node = (script: string, options: object = {}): Promise<number> =>
  runCommand(process.execPath, ['-e', script], { ...QUIET, ...options });

describe('runCommand', () => {
  it('gives the exit code', async () => {
    assert.equal(await node('process.exit(0)'), 0);
    assert.equal(await node('process.exit(7)'), 7);
  });

  it('counts a command that was ended by a signal as failed', async () => {
    assert.equal(await node('process.kill(process.pid, "SIGKILL")'), 1);
  });

  it('ends a command that runs past its limit', async () => {
    assert.equal(await node('setInterval(() => {}, 1000)', { limitMs: 50 }), 1);
  });

  it('is an error when there is no such program', async () => {
    await assert.rejects(runCommand('/no/such/program', [], QUIET), /ENOENT/);
  });

  it('leaves no signal listener behind', async () => {
    const before = process.listenerCount('SIGTERM');
    await node('');
    assert.equal(process.listenerCount('SIGTERM'), before);
  });
});

describe('requireCommand', () => {
  it('names the command that failed', async () => {
    await assert.rejects(requireCommand(process.execPath, ['-e', 'process.exit(3)'], QUIET), /-e .*exit code 3/);
  });
});
