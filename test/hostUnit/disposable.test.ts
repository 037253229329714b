import assert from 'node:assert/strict';
import { Disposable } from '../../src/host/disposable.ts';

class Owner extends Disposable {
  own(name: string, log: string[], error?: Error): void {
    this.register({
      dispose: () => {
        log.push(name);
        if (error) throw error;
      },
    });
  }
}

describe('Disposable', () => {
  it('disposes what it owns in reverse, once', () => {
    const log: string[] = [];
    const owner = new Owner();
    owner.own('first', log);
    owner.own('second', log);
    owner.dispose();
    owner.dispose();
    assert.deepEqual(log, ['second', 'first']);
  });

  it('disposes at once what is registered after its disposal', () => {
    const log: string[] = [];
    const owner = new Owner();
    owner.dispose();
    owner.own('late', log);
    assert.deepEqual(log, ['late']);
  });

  it('disposes the rest when one throws, and tells the error afterwards', () => {
    const log: string[] = [];
    const owner = new Owner();
    const error = new Error('broken');
    owner.own('first', log);
    owner.own('second', log, error);
    assert.throws(
      () => {
        owner.dispose();
      },
      (thrown: unknown) => thrown instanceof AggregateError && thrown.errors[0] === error,
    );
    assert.deepEqual(log, ['second', 'first']);
  });
});
