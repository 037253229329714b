import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { presetSettings } from '../../../src/core/runSettings.ts';
import { readHostSettings, settingNamedIn } from '../../../src/host/settings/readHostSettings.ts';

const read = (values: Readonly<Record<string, unknown>> = {}) => readHostSettings((name) => values[name]);

describe('readHostSettings', () => {
  it('falls back to the demo pair, the default preset and automatic choices', () => {
    assert.deepEqual(read(), {
      generator: 'demo-small',
      mentor: 'demo-mentor',
      run: { ...presetSettings('balanced'), seed: 1 },
      verifier: null,
      engine: { threads: null, contextSize: null, gpu: 'auto' },
      idleUnloadMinutes: 30,
    });
  });

  it('has the same defaults as package.json declares', () => {
    const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
    const { contributes } = JSON.parse(text) as {
      contributes: { configuration: { properties: Record<string, { default: unknown }> } };
    };
    const declared = Object.entries(contributes.configuration.properties).map(([id, { default: value }]) => [
      id.replace('mentorcollab.', ''),
      value,
    ]);
    assert.deepEqual(read(Object.fromEntries(declared) as Record<string, unknown>), read());
  });

  it('takes what is set', () => {
    const settings = read({
      generator: ' /models/a.gguf ',
      mentor: 'demo-small',
      preset: 'always-mentor',
      probability: 0.5,
      patchTokens: 4,
      verification: 'letter',
      maxTokens: 64,
      seed: 7,
      threads: 2,
      contextSize: 256,
      gpu: 'off',
    });
    assert.equal(settings.generator, '/models/a.gguf');
    assert.equal(settings.mentor, 'demo-small');
    assert.deepEqual(settings.run.decision, { policy: 'random', probability: 0.5 });
    assert.equal(settings.run.verification, 'letter');
    assert.deepEqual([settings.run.patchTokens, settings.run.maxTokens, settings.run.seed], [4, 64, 7]);
    assert.deepEqual(settings.engine, { threads: 2, contextSize: 256, gpu: 'off' });
  });

  it('never unloads idle models where that is set to 0, and takes parts of minutes', () => {
    assert.equal(read({ idleUnloadMinutes: 0 }).idleUnloadMinutes, null);
    assert.equal(read({ idleUnloadMinutes: 0.5 }).idleUnloadMinutes, 0.5);
  });

  it('reads 0 threads and a context of 0 as automatic', () => {
    assert.deepEqual(read({ threads: 0, contextSize: 0, gpu: 'off' }).engine, {
      threads: null,
      contextSize: null,
      gpu: 'off',
    });
  });

  const wrong: readonly (readonly [name: string, value: unknown])[] = [
    ['generator', ''],
    ['mentor', 3],
    ['preset', 'paper'],
    ['probability', 1.5],
    ['patchTokens', 0],
    ['verification', 'dice'],
    ['maxTokens', 'many'],
    ['seed', 0.5],
    ['threads', -1],
    ['idleUnloadMinutes', -1],
    ['idleUnloadMinutes', 'soon'],
    ['contextSize', 12],
  ];
  for (const [name, value] of wrong) {
    it(`names mentorcollab.${name} when it is ${JSON.stringify(value)}, so that the settings open there`, () => {
      assert.throws(
        () => read({ [name]: value }),
        (thrown: unknown) => {
          assert.ok(thrown instanceof Error);
          assert.match(thrown.message, /, but must be /);
          assert.ok(thrown.message.includes(JSON.stringify(value)));
          assert.equal(settingNamedIn(thrown.message), `mentorcollab.${name}`);
          return true;
        },
      );
    });
  }

  it('finds no setting in a message that names none', () => {
    assert.equal(settingNamedIn('The engine crashed.'), null);
  });
});
