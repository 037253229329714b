import assert from 'node:assert/strict';
import type { ErrorCode } from '../../src/core/errors.ts';
import { MentorCollabError } from '../../src/core/errors.ts';
import type { AbortNotifier } from '../../src/core/languageModel.ts';
import { MemoryWire } from '../support/memoryWire.ts';

const CRASHED = new MentorCollabError('engine-crashed', 'The engine has gone.');

describe('RpcConnection', () => {
  it('answers requests, both ways', async () => {
    const wire = new MemoryWire();
    wire.right.handleRequest('double', (params) => Promise.resolve(Number(params) * 2));
    wire.left.handleRequest('greet', (params) => Promise.resolve(`Hello, ${String(params)}`));
    assert.deepEqual(await Promise.all([1, 2, 3].map((n) => wire.left.request('double', n))), [2, 4, 6]);
    assert.equal(await wire.right.request('greet', 'Ada'), 'Hello, Ada');
    assert.deepEqual(wire.faults, []);
  });

  it('keeps answers apart when they come out of order', async () => {
    const wire = new MemoryWire();
    const waiting: (() => void)[] = [];
    wire.right.handleRequest(
      'wait',
      (params) =>
        new Promise((resolve) =>
          waiting.push(() => {
            resolve(params);
          }),
        ),
    );
    const answers = Promise.all([wire.left.request('wait', 'first'), wire.left.request('wait', 'second')]);
    await turn();
    for (const release of waiting.reverse()) release();
    assert.deepEqual(await answers, ['first', 'second']);
  });

  it('rejects with the code and message that a handler threw', async () => {
    const wire = new MemoryWire();
    wire.right.handleRequest('fail', () => Promise.reject(new MentorCollabError('context-full', 'Too long.')));
    wire.right.handleRequest('break', () => {
      throw new TypeError('x is undefined');
    });
    await rejectsWith(wire.left.request('fail', null), 'context-full', 'Too long.');
    await rejectsWith(wire.left.request('break', null), 'internal', 'x is undefined');
  });

  it('answers an unknown method with an error', async () => {
    const wire = new MemoryWire();
    await rejectsWith(wire.left.request('fly', null), 'protocol', 'There is no method "fly".');
  });

  it('passes a cancellation on by id, and then gives what the other end answers', async () => {
    const wire = new MemoryWire();
    wire.right.handleRequest('work', (params, signal) => untilAborted(signal).then(() => `stopped ${String(params)}`));
    const abort = new AbortController();
    const stopped = wire.left.request('work', 'a', abort.signal);
    const other = wire.left.request('work', 'b');
    await turn();
    abort.abort();
    assert.equal(await stopped, 'stopped a');
    wire.left.close(CRASHED);
    await rejectsWith(other, 'engine-crashed');
  });

  it('cancels a request whose signal was aborted before it was sent', async () => {
    const wire = new MemoryWire();
    wire.right.handleRequest('work', (_, signal) => untilAborted(signal).then(() => 'stopped'));
    const abort = new AbortController();
    abort.abort();
    assert.equal(await wire.left.request('work', null, abort.signal), 'stopped');
  });

  it('takes a cancellation that crosses the answer for nothing', async () => {
    const wire = new MemoryWire();
    wire.right.handleRequest('quick', () => Promise.resolve(1));
    const abort = new AbortController();
    assert.equal(await wire.left.request('quick', null, abort.signal), 1);
    abort.abort();
    wire.right.receive({ type: 'request-cancelled', id: 0 });
    await turn();
    assert.deepEqual(wire.faults, []);
  });

  it('delivers notifications in order, before the answer that follows them', async () => {
    const wire = new MemoryWire();
    const heard: unknown[] = [];
    wire.left.handleNotification('told', (params) => heard.push(params));
    wire.right.handleRequest('tell', () => {
      wire.right.notify('told', 1);
      wire.right.notify('told', 2);
      return Promise.resolve(heard.length);
    });
    await wire.left.request('tell', null);
    assert.deepEqual(heard, [1, 2]);
  });

  it('rejects all that is pending when it is closed, and cancels what it was answering', async () => {
    const wire = new MemoryWire();
    const signals: AbortNotifier[] = [];
    wire.right.handleRequest('hang', (_, signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    });
    const pending = [wire.left.request('hang', 1), wire.left.request('hang', 2)];
    await turn();
    wire.right.close(CRASHED);
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, true],
    );
    wire.left.close(CRASHED);
    wire.left.close(new MentorCollabError('internal', 'A second close changes nothing.'));
    for (const request of pending) await rejectsWith(request, 'engine-crashed');
    await rejectsWith(wire.left.request('hang', 3), 'engine-crashed');
  });

  it('rejects a request that cannot be sent', async () => {
    const wire = new MemoryWire();
    wire.isBroken = true;
    await assert.rejects(wire.left.request('double', 1), /the wire is broken/);
    wire.left.notify('told', 1);
    assert.match(wire.faults[0]?.message ?? '', /the wire is broken/);
  });

  it('reports what it can not answer: strange messages, unknown notifications, answers to nothing', async () => {
    const wire = new MemoryWire();
    for (const strange of [null, 'hello', {}, { type: 'request-sent', id: -1 }, { type: 'engine-ready' }]) {
      wire.left.receive(strange);
    }
    wire.left.receive({ type: 'notification-sent', method: 'unheard', params: null });
    wire.left.receive({ type: 'request-answered', id: 99, result: null });
    wire.left.handleNotification('thrown', () => {
      throw new Error('the handler broke');
    });
    wire.left.receive({ type: 'notification-sent', method: 'thrown', params: null });
    await turn();
    assert.equal(wire.faults.length, 8);
    assert.deepEqual(
      wire.faults.map(({ code }) => code),
      [...Array<ErrorCode>(7).fill('protocol'), 'internal'],
    );
    assert.deepEqual(wire.sent, []);
  });

  it('rejects the request whose answer is malformed', async () => {
    const wire = new MemoryWire();
    const request = wire.left.request('any', null);
    wire.left.receive({ type: 'request-failed', id: 0, error: 'bad' });
    await rejectsWith(request, 'protocol');
  });
});

/** Lets everything that is under way in memory come to rest. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function untilAborted(signal: AbortNotifier): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', resolve);
  });
}

async function rejectsWith(request: Promise<unknown>, code: ErrorCode, message?: string): Promise<void> {
  await assert.rejects(request, (error) => {
    assert.ok(error instanceof MentorCollabError);
    assert.equal(error.code, code);
    if (message !== undefined) assert.equal(error.message, message);
    return true;
  });
}
