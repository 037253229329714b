import assert from 'node:assert/strict';
import { ServerKeys } from '../../../src/host/models/serverKeys.ts';
import { FakeMemo, FakeSecrets } from '../support/fakeSecrets.ts';

const fail = (thrown: unknown): void => {
  throw thrown;
};

const URL = 'http://127.0.0.1:8080/v1';

describe('keys of model servers', () => {
  let secrets: FakeSecrets;
  let memo: FakeMemo;

  beforeEach(() => {
    secrets = new FakeSecrets();
    memo = new FakeMemo();
  });

  const keysOfWindow = async (): Promise<ServerKeys> => {
    const keys = new ServerKeys(secrets, memo, fail);
    await keys.load();
    return keys;
  };

  it('are read at once after they were set, for every path of the origin and for no other origin', async () => {
    const keys = await keysOfWindow();
    assert.equal(keys.keyFor(URL), null);
    await keys.set(URL, 'sk-1');
    assert.equal(keys.keyFor('http://127.0.0.1:8080/other'), 'sk-1');
    for (const other of ['https://127.0.0.1:8080/v1', 'http://127.0.0.1:8081/v1', 'http://localhost:8080/v1']) {
      assert.equal(keys.keyFor(other), null, other);
    }
  });

  it('are there again after a reload, and the key ring alone has them', async () => {
    await (await keysOfWindow()).set(URL, 'sk-1');
    assert.equal((await keysOfWindow()).keyFor(URL), 'sk-1');
    assert.ok(!memo.text.includes('sk-1'));
    assert.deepEqual([...secrets.values.values()], ['sk-1']);
  });

  it('leave the key ring alone where none was ever set', async () => {
    await keysOfWindow();
    assert.deepEqual(secrets.asked, []);
  });

  it('that another window sets, changes or forgets are known here', async () => {
    const here = await keysOfWindow();
    const there = await keysOfWindow();
    for (const key of ['sk-1', 'sk-2', null]) {
      const known = new Promise<void>((resolve) => {
        here.onDidUpdate(resolve);
      });
      await there.set(URL, key);
      await known;
      assert.equal(here.keyFor(URL), key);
    }
    assert.equal(secrets.values.size, 0);
    secrets.asked.length = 0;
    await keysOfWindow();
    assert.deepEqual(secrets.asked, []);
  });

  it('are not heard of any more once disposed', async () => {
    const here = await keysOfWindow();
    here.dispose();
    await (await keysOfWindow()).set(URL, 'sk-1');
    assert.equal(here.keyFor(URL), null);
  });
});
