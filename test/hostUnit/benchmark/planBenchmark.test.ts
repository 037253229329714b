import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf } from '../../../src/bench/pairBench.ts';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { fileSource } from '../../../src/core/modelSource.ts';
import type { BenchmarkSources } from '../../../src/host/benchmark/planBenchmark.ts';
import { checkSamePlan, planBenchmark, readItems } from '../../../src/host/benchmark/planBenchmark.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

const MODELS_FOLDER = join(import.meta.dirname, '..', '..', '..', 'media', 'models');
const CHOICE = { data: 'demo', arms: ['generator', 'mentor', 'paper-free'], limit: 20, seeds: 1 };

function sourcesOf(settings: Readonly<Record<string, unknown>> = {}, text = ''): BenchmarkSources {
  return {
    readSetting: (name) => settings[name],
    resolveModel: (reference) => {
      if (reference === 'gone') throw new MentorCollabError('model-missing', 'There is no model "gone".');
      return fileSource(`/models/${reference}.gguf`);
    },
    mayLoad: () => true,
    modelsFolder: MODELS_FOLDER,
    readFile: (uri) => (uri.includes('missing') ? Promise.reject(new Error('no such file')) : Promise.resolve(text)),
    version: '0.0.0',
  };
}

describe('planning a benchmark', () => {
  const folder = useTemporaryFolder();

  it('takes the demo problems, as many of each domain as are wanted, and arms that are all run', async () => {
    const items = await readItems('demo', sourcesOf());
    const { plan, runs, remark } = await planBenchmark(CHOICE, items, sourcesOf());
    assert.equal(plan.items.length, 60);
    assert.equal(runs, 180);
    assert.equal(remark, null);
    assert.deepEqual(plan.recallDomains, ['knowledge']);
    assert.deepEqual(
      plan.arms.map(({ name, models }) => [name, models]),
      [
        ['generator', 'generator'],
        ['mentor', 'mentor'],
        ['paper-free', 'pair'],
      ],
    );
  });

  it('runs only what has chance in it several times, from the seed of the settings on', async () => {
    const items = await readItems('demo:math', sourcesOf());
    const { plan, runs } = await planBenchmark({ ...CHOICE, seeds: 3 }, items, sourcesOf({ seed: 7 }));
    assert.deepEqual(plan.seeds, [7, 8, 9]);
    assert.equal(runs, 20 + 20 + 60);
  });

  it('takes models, engine options and settings of runs from the settings', async () => {
    const settings = { generator: 'a', mentor: 'b', verifier: 'c', contextSize: 512, maxTokens: 99, probability: 0.5 };
    const items = await readItems('demo:math', sourcesOf());
    const { plan, generatorName, mentorName } = await planBenchmark(CHOICE, items, sourcesOf(settings));
    assert.deepEqual([plan.generator, plan.verifier], [fileSource('/models/a.gguf'), fileSource('/models/c.gguf')]);
    assert.deepEqual([generatorName, mentorName, plan.engine.contextSize], ['a', 'b', 512]);
    assert.ok(plan.arms.every((arm) => arm.settings.maxTokens === 99));
    assert.deepEqual(plan.arms[2]?.settings.decision, { policy: 'random', probability: 0.5 });
  });

  it('fails as a question does for settings and models, naming the setting', async () => {
    const items = await readItems('demo:math', sourcesOf());
    await assert.rejects(planBenchmark(CHOICE, items, sourcesOf({ maxTokens: -1 })), /mentorcollab\.maxTokens/);
    await assert.rejects(planBenchmark(CHOICE, items, sourcesOf({ mentor: 'gone' })), {
      code: 'model-missing',
      message: /mentorcollab\.mentor/,
    });
    await assert.rejects(planBenchmark({ ...CHOICE, arms: ['none'] }, items, sourcesOf()), /no arm "none"/);
    await assert.rejects(planBenchmark({ ...CHOICE, arms: ['a.json'] }, items, sourcesOf()), /only the command line/);
  });

  it('says that the demo pair does not know such questions', async () => {
    const sources = sourcesOf({}, '{"question":"Why is the sky blue?","answer":"Rayleigh"}');
    const items = await readItems('file:///a.jsonl', sources);
    assert.match((await planBenchmark(CHOICE, items, sources)).remark ?? '', /expect nonsense/);
  });

  it('refuses bad data with its line, and a file or a domain that is not there', async () => {
    const bad = sourcesOf({}, '{"question":"a","answer":"b"}\n{"question":"c"}\n');
    await assert.rejects(
      readItems('file:///home/my%20data.jsonl', bad),
      /^MentorCollabError: my data\.jsonl:2: "answer"/,
    );
    await assert.rejects(readItems('file:///missing.jsonl', bad), /missing\.jsonl can't be read/);
    await assert.rejects(readItems('demo:art', bad), /no domain "art"; there are commonsense, knowledge, math/);
  });

  it('names what differs from the plan that a benchmark was begun with', async () => {
    const items = await readItems('demo:math', sourcesOf());
    const { plan } = await planBenchmark(CHOICE, items, sourcesOf());
    const path = join(folder(), 'benchmark');
    mkdirSync(path);
    await checkSamePlan(plan, path);
    writeFileSync(join(path, 'plan.json'), JSON.stringify(identityOf(plan)));
    await checkSamePlan(plan, path);
    const other = await planBenchmark({ ...CHOICE, limit: 10 }, items, sourcesOf({ generator: 'a', maxTokens: 9 }));
    await assert.rejects(
      checkSamePlan(other.plan, path),
      /what differs: the questions, the arms, the generator\..*What has been run stays/,
    );
  });
});
