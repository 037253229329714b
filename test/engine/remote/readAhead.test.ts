import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import type { ModelSource } from '../../../src/core/modelSource.ts';
import type { RunEvent } from '../../../src/core/runEvent.ts';
import type { RunSettings } from '../../../src/core/runSettings.ts';
import { LlamaEngine } from '../../../src/engine/engine.ts';
import { openLlamaServing } from '../../../src/engine/serving/llamaServing.ts';
import type { Served } from '../../cli/serve/served.ts';
import { startServe } from '../../cli/serve/served.ts';
import { ForwardingHost } from '../../support/forwardingHost.ts';
import { DEMO_QUESTION, DEMO_SMALL } from '../../support/models/demoModels.ts';
import { demoRequest, RecordedRun } from '../../support/recordedRun.ts';

const never = new AbortController().signal;
/** How far numbers may differ with how a text was read, in nats. */
const ROUNDING = 0.05;

const QUESTIONS = [
  DEMO_QUESTION,
  'Paul has 6 eggs. He buys 2 packs with 6 eggs in each pack. Then he triples the number of eggs. He loses 12 of them. He loses 6 of them. How many eggs are left with Paul?',
  'What is the capital of Peru?',
];

const RUNS: readonly (readonly [string, Partial<RunSettings>])[] = [
  ['at random with p = 1', { decision: { policy: 'random', probability: 1 } }],
  [
    'at half of the words',
    { decision: { policy: 'random', probability: 0.5 }, patchLength: 'sentence', patchTokens: 64 },
  ],
  ['always', { decision: { policy: 'always' }, verification: 'alwaysGenerator' }],
  [
    'where the generator is unsure',
    { decision: { policy: 'confidence', threshold: 0.97 }, verification: 'confidence', patchLength: 'word' },
  ],
  [
    'where the mentor is surprised',
    {
      decision: { policy: 'surprise', threshold: 1 },
      verification: 'likelihood',
      patchLength: 'sentence',
      patchTokens: 64,
    },
  ],
];

describe('words that a mentor on a server reads ahead', function () {
  this.timeout(600_000);
  const engine = new LlamaEngine();
  const modelsFolder = dirname(DEMO_SMALL);
  let served: Served | null = null;
  let small: Served | null = null;
  let host: ForwardingHost | null = null;
  let mentor: ModelSource;
  let generator: ModelSource;
  const spent = { requests: { ahead: 0, without: 0 }, decoded: { ahead: 0, without: 0 } };

  before(async () => {
    served = await startServe(openLlamaServing(), ['--generator', 'demo-mentor'], { modelsFolder });
    small = await startServe(openLlamaServing(), ['--generator', 'demo-small'], { modelsFolder });
    host = new ForwardingHost(served.origin);
    mentor = { type: 'server', url: await host.start(), model: 'demo-mentor', apiKey: null };
    generator = { type: 'server', url: small.url, model: 'demo-small', apiKey: null };
  });
  after(async () => {
    await engine.dispose();
    await host?.stop();
    await Promise.all([served?.stop(), small?.stop()]);
  });

  async function solve(changes: Parameters<typeof demoRequest>[0]): Promise<{ run: RecordedRun; asked: number }> {
    const run = new RecordedRun();
    const before = host?.completions ?? 0;
    await engine.solve(demoRequest({ mentor, ...changes }), run, never);
    assert.equal(run.view.ended?.failure, null);
    return { run, asked: (host?.completions ?? 0) - before };
  }

  for (const [name, settings] of RUNS) {
    it(`change nothing but the number of requests, asked ${name}`, async () => {
      for (const [seed, question] of QUESTIONS.entries()) {
        const run = async (readAhead: boolean) =>
          solve({ prompt: { form: 'chat', question }, settings: { ...settings, seed, readAhead } });
        const without = await run(false);
        const ahead = await run(true);
        assertAlike(ahead.run.events.map(withoutCosts), without.run.events.map(withoutCosts));
        spent.requests.ahead += ahead.asked;
        spent.requests.without += without.asked;
        spent.decoded.ahead += decodedBy(ahead.run);
        spent.decoded.without += decodedBy(without.run);
      }
    });
  }

  it('cost fewer requests and decoded tokens than asking for each', () => {
    assert.ok(spent.requests.ahead < spent.requests.without, JSON.stringify(spent));
    assert.ok(spent.decoded.ahead < 0.8 * spent.decoded.without, JSON.stringify(spent));
  });

  it('change nothing where the generator is on a server too, and decides as on this machine', async () => {
    for (const [, settings] of RUNS.slice(0, 1).concat(RUNS.slice(-1))) {
      const local = await solve({ settings: { ...settings, readAhead: true } });
      for (const readAhead of [false, true]) {
        const remote = await solve({ generator, settings: { ...settings, readAhead } });
        assertAlike(decisionsOf(remote.run), decisionsOf(local.run));
      }
    }
  });

  it('leave surprise and likelihood what they are on this machine, and early rejoin as well', async () => {
    for (const question of QUESTIONS) {
      const settings = { ...RUNS.at(-1)?.[1], earlyRejoin: true };
      const prompt = { form: 'chat', question } as const;
      const local = await solve({ prompt, mentor: demoRequest().mentor, settings });
      for (const roles of [{}, { generator }, { generator, mentor: demoRequest().mentor }]) {
        const remote = await solve({ prompt, settings, ...roles });
        assertAlike(decisionsOf(remote.run), decisionsOf(local.run));
      }
    }
  });
});

/** Tokens that the mentor has decoded. */
function decodedBy({ view }: RecordedRun): number {
  return view.ended?.tokens.mentor.decoded ?? NaN;
}

/** What was decided, and by which numbers. */
function decisionsOf({ view }: RecordedRun): unknown {
  const { text, decisions } = view;
  const told = decisions.map(({ step, reason, outcome, generatorPatch, mentorPatch }) => ({
    ...{ step, reason, outcome, generatorPatch: generatorPatch?.text, mentorPatch: mentorPatch?.text },
  }));
  return { text, decisions: told };
}

/** An event without what it has cost. */
function withoutCosts(event: RunEvent): unknown {
  if (event.type !== 'run-ended') return { ...event, cost: null, timeMs: null };
  const { generator, mentor } = event.tokens;
  return { ...event, usage: null, timeMs: null, tokens: [generator.accepted, mentor.accepted] };
}

/** Fails unless both are equal but for the rounding of numbers. */
function assertAlike(actual: unknown, expected: unknown, path = ''): void {
  if (typeof actual === 'number' && typeof expected === 'number') {
    assert.ok(Math.abs(actual - expected) <= ROUNDING, `${path}: ${actual} instead of ${expected}`);
  } else if (typeof actual === 'object' && typeof expected === 'object' && actual !== null && expected !== null) {
    const [ours, theirs] = [new Map(Object.entries(actual)), new Map(Object.entries(expected))];
    assert.deepEqual([...ours.keys()], [...theirs.keys()], path);
    for (const [key, value] of theirs) assertAlike(ours.get(key), value, `${path}.${key}`);
  } else {
    assert.equal(actual, expected, path);
  }
}
