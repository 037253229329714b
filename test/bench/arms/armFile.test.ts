import assert from 'node:assert/strict';
import { readArmFile } from '../../../src/bench/arms/armFile.ts';

describe('a file of settings', () => {
  it('is named as it says, and holds what may be set', () => {
    const settings = { preset: 'coin', probability: 0.5, patchTokens: 8, maxTokens: 64 };
    assert.deepEqual(readArmFile('/x/y.json', JSON.stringify({ name: 'mine', ...settings })), {
      name: 'mine',
      input: settings,
    });
    const others = { decision: 'positions', probeAt: [1], verification: 'alwaysMentor' };
    assert.deepEqual(readArmFile('y.json', JSON.stringify(others)), { name: 'y', input: others });
  });

  it('is named for its path where it says nothing, with what a file elsewhere can not be called replaced', () => {
    const nameOf = (path: string): string => readArmFile(path, '{}').name;
    assert.equal(nameOf('/some/where/eager mentor.JSON'), 'eager mentor');
    assert.equal(nameOf('a:b?*.json'), 'a-b--');
    assert.equal(nameOf('.json'), 'arm');
    assert.equal(nameOf(`${'x'.repeat(200)}.json`).length, 60);
  });

  it('may begin with a byte order mark', () => {
    assert.deepEqual(readArmFile('a.json', '\ufeff{"patchTokens": 3}').input, { patchTokens: 3 });
  });

  it('may not hold anything else, and says what it may', () => {
    const refused = (text: string, message: RegExp): void => {
      assert.throws(() => readArmFile('my.json', text), { code: 'bad-input', message });
    };
    refused('{"patchToken": 3}', /^The arm my\.json can't be used: .*"patchToken".* It may have name, preset, prob/);
    refused('{"seed": 3}', /"seed"/);
    refused('[]', /can't be used/);
    refused('null', /can't be used/);
    refused('{', /^The arm my\.json is no JSON: /);
  });

  it('may not have a name that no folder can have', () => {
    for (const name of ['', ' x', '../x', 'a/b', 'a\\b', 'a:b', '.x', 'x'.repeat(61), 'a\nb']) {
      assert.throws(() => readArmFile('my.json', JSON.stringify({ name })), {
        message: /up to 60 letters, digits, spaces and \. _ = \+ -/,
      });
    }
    assert.equal(readArmFile('my.json', '{"name": "Größe 2_a=b+c-d.e"}').name, 'Größe 2_a=b+c-d.e');
  });
});
