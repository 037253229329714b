import assert from 'node:assert/strict';
import { readHubEndpoint, readModelsFolder, readServers } from '../../../src/host/models/modelSettings.ts';

const reading =
  (name: string, value: unknown) =>
  (asked: string): unknown =>
    asked === name ? value : undefined;

describe('the settings of servers', () => {
  const serversOf = (value: unknown): ReturnType<typeof readServers> => readServers(reading('servers', value));

  it('give each server once, by its base URL', () => {
    const { servers, problems } = serversOf([
      { url: 'http://127.0.0.1:8080/v1/', name: ' Desk ' },
      { url: 'http://127.0.0.1:8080/v1#model' },
      { url: 'https://cluster.example/v1' },
    ]);
    assert.deepEqual(servers, [
      { url: 'http://127.0.0.1:8080/v1', name: 'Desk' },
      { url: 'https://cluster.example/v1', name: null },
    ]);
    assert.deepEqual(problems, []);
  });

  it('are empty where nothing is set', () => {
    for (const value of [undefined, null, []]) assert.deepEqual(serversOf(value), { servers: [], problems: [] });
  });

  it('say what is wrong with an entry, without its password, and keep the others', () => {
    const { servers, problems } = serversOf([
      'http://127.0.0.1:1',
      { url: 'http://me:secret@127.0.0.1:2' },
      { url: 'file:///x' },
      { url: 'http://127.0.0.1:3' },
    ]);
    assert.deepEqual(servers, [{ url: 'http://127.0.0.1:3', name: null }]);
    assert.equal(problems.length, 3);
    for (const problem of problems) assert.match(problem, /^mentorcollab\.servers/);
    assert.ok(!problems.join().includes('secret'));
    assert.match(serversOf('http://127.0.0.1').problems[0] ?? '', /must be a list/);
  });
});

describe('the settings of folder and hub', () => {
  it('are null where nothing is set, and a trimmed text else', () => {
    for (const value of [undefined, null, ' ']) {
      assert.equal(readModelsFolder(reading('modelsFolder', value)), null);
      assert.equal(readHubEndpoint(reading('hubEndpoint', value)), null);
    }
    assert.equal(readModelsFolder(reading('modelsFolder', ' ~/models ')), '~/models');
    assert.equal(readHubEndpoint(reading('hubEndpoint', 'https://mirror.example')), 'https://mirror.example');
  });

  it('are refused by name where they are no text', () => {
    assert.throws(() => readModelsFolder(reading('modelsFolder', 3)), /mentorcollab\.modelsFolder is 3/);
    assert.throws(() => readHubEndpoint(reading('hubEndpoint', [])), /mentorcollab\.hubEndpoint is \[\]/);
  });
});
