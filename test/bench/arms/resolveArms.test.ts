import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { PEER_NAMES } from '../../../src/bench/arms/peers.ts';
import type { Arm } from '../../../src/bench/arms/arm.ts';
import type { ArmSources } from '../../../src/bench/arms/resolveArms.ts';
import { ARM_NAMES, DEFAULT_ARMS, resolveArms } from '../../../src/bench/arms/resolveArms.ts';
import { MentorCollabError } from '../../../src/core/errors.ts';

const FILES: Readonly<Record<string, string>> = {
  'eager.json': '{"probability": 0.9}',
  'EAGER.json': '{"name": "eager", "probability": 0.8}',
  'named.json': '{"name": "short patches", "preset": "always-mentor", "patchTokens": 2}',
  'bad.json': '{"patchTokens": 0}',
  'generator.json': '{}',
  'alone.json': '{"name": "Mentor"}',
  'point.json': '{"name": "paper-free p=0.5"}',
};

describe('the arms of a bench', () => {
  const resolve = (names: readonly string[], others: Partial<ArmSources> = {}): Promise<readonly Arm[]> =>
    resolveArms({
      names,
      sweep: [],
      common: {},
      nameOf: (setting) => `--${setting}`,
      readFile: (path) => {
        const text = FILES[path];
        return text === undefined
          ? Promise.reject(new MentorCollabError('bad-input', `${path} can't be read`))
          : Promise.resolve(text);
      },
      ...others,
    });
  const namesOf = (arms: readonly Arm[]): readonly string[] => arms.map(({ name }) => name);

  it('come in the order given, each once', async () => {
    assert.deepEqual(namesOf(await resolve(['paper-free', ' generator', 'paper-free '])), ['paper-free', 'generator']);
    assert.deepEqual(namesOf(await resolve(DEFAULT_ARMS)), ['generator', 'mentor', 'paper-free', 'balanced']);
  });

  it('never probe where one model is alone', async () => {
    const [generator, mentor] = await resolve(['generator', 'mentor'], { common: { probability: 0.5 } });
    assert.deepEqual([generator?.models, generator?.settings.decision], ['generator', { policy: 'never' }]);
    assert.deepEqual([mentor?.models, mentor?.settings.decision], ['mentor', { policy: 'never' }]);
    assert.deepEqual([generator?.description, mentor?.description], ['the generator alone', 'the mentor alone']);
  });

  it('have the preset they are named for, and what is set for all', async () => {
    const arms = await resolve(['paper-free', 'coin', 'generator'], { common: { patchTokens: 4, preset: 'coin' } });
    assert.deepEqual(
      arms.map(({ settings }) => [settings.verification, settings.patchTokens]),
      [
        ['letter', 4],
        ['coin', 4],
        ['coin', 4],
      ],
    );
  });

  it('have the rule of the method they are named for, whatever is set for all', async () => {
    const common = { preset: 'balanced', decision: 'always', verification: 'coin', patchTokens: 4, maxTokens: 50 };
    const arms = await resolve(['nudging', 'cosd', 'specreason'], { common });
    assert.deepEqual(
      arms.map(({ settings }) => [settings.decision, settings.verification, settings.patchLength, settings.readAhead]),
      [
        [{ policy: 'confidence', threshold: 0.4 }, 'alwaysMentor', 'word', false],
        [{ policy: 'confidence', threshold: 0.5 }, 'halfAsSure', 'word', true],
        [{ policy: 'stepStart', threshold: 0 }, 'score', 'sentence', false],
      ],
    );
    assert.deepEqual([...new Set(arms.map(({ settings }) => settings.maxTokens))], [50]);
    assert.match(arms[1]?.description ?? '', /^CoSD-Rule \(arXiv 2502\.08020\): probes where .* below 0\.5, /);
  });

  it('are those of the files in examples/arms', async () => {
    for (const name of PEER_NAMES) {
      const file = new URL(`../../../examples/arms/${name}.json`, import.meta.url);
      const [arm, sameByFile] = [
        await resolve([name]),
        await resolve(['x.json'], { readFile: () => readFile(file, 'utf8') }),
      ];
      assert.deepEqual([sameByFile[0]?.name, sameByFile[0]?.settings], [name, arm[0]?.settings]);
    }
  });

  it('may be files, whose own settings go before those for all', async () => {
    const [eager, named] = await resolve(['eager.json', 'named.json'], {
      common: { probability: 0.1, patchTokens: 9, maxTokens: 50 },
    });
    assert.deepEqual(eager?.settings.decision, { policy: 'random', probability: 0.9 });
    assert.deepEqual([eager.settings.patchTokens, eager.settings.maxTokens], [9, 50]);
    assert.equal(named?.name, 'short patches');
    assert.deepEqual([named.settings.verification, named.settings.patchTokens], ['alwaysMentor', 2]);
    assert.match(named.description, /probability 0\.1, the mentor's patch is taken always, patches of 2 tokens/);
  });

  it('are refused by an unknown name, with those there are', async () => {
    await assert.rejects(resolve(['generator', 'papper']), {
      code: 'bad-input',
      message: `There is no arm "papper". The arms are ${ARM_NAMES.join(', ')}, and files of settings that end in .json.`,
    });
    await assert.rejects(resolve(['']), /no arm ""/);
  });

  it('are refused where two have one name, whatever the case', async () => {
    await assert.rejects(
      resolve(['eager.json', 'EAGER.json']),
      /Two arms are called "eager"\. Give one another "name"/,
    );
  });

  it('are refused where a file takes the name of a point of the sweep', async () => {
    await assert.rejects(
      resolve(['paper-free', 'point.json'], { sweep: [0.5] }),
      /Two arms are called "paper-free p=0.5"/,
    );
  });

  it('leave the names of the models alone to the models alone', async () => {
    await assert.rejects(resolve(['generator.json']), /generator\.json.*"generator".*Give it another "name"/);
    await assert.rejects(resolve(['alone.json']), /alone\.json.*"Mentor".*Give it another "name"/);
  });

  it('tell of a bad value in a file by its field there, and of one for all by its option', async () => {
    await assert.rejects(resolve(['bad.json']), /^MentorCollabError: "patchTokens" in bad\.json is 0, but must be/);
    await assert.rejects(resolve(['eager.json'], { common: { patchTokens: 0 } }), /: --patchTokens is 0, but must be/);
  });

  it('are refused by a file that can not be read', async () => {
    await assert.rejects(resolve(['none.json']), /none\.json can't be read/);
  });

  describe('with a sweep', () => {
    const sweep = [0.1, 0.5];

    it('have one more for each probability, like the first arm of both models', async () => {
      const arms = await resolve(['generator', 'named.json', 'paper-free'], { sweep });
      assert.deepEqual(namesOf(arms).slice(3), ['short patches p=0.1', 'short patches p=0.5']);
      const last = arms.at(-1);
      assert.deepEqual(last?.settings.decision, { policy: 'random', probability: 0.5 });
      assert.deepEqual([last.settings.patchTokens, last.sweptProbability, last.models], [2, 0.5, 'pair']);
      assert.match(last.description, /probability 0\.5/);
      assert.ok(arms.slice(0, 3).every(({ sweptProbability }) => sweptProbability === null));
    });

    it('sweep paper-free where no arm is of both models', async () => {
      const arms = await resolve(['generator'], { sweep, common: { patchTokens: 3 } });
      assert.deepEqual(namesOf(arms), ['generator', 'paper-free p=0.1', 'paper-free p=0.5']);
      assert.equal(arms[1]?.settings.patchTokens, 3);
    });
  });
});
