import type { DomainFacts, ItemReport, ItemRun } from '../../../src/bench/report/reportDocument.ts';
import type { RandomSource } from '../../../src/core/randomSource.ts';
import type { SampleArm } from './sampleArms.ts';

interface ItemOptions {
  readonly domains: readonly DomainFacts[];
  readonly arms: readonly SampleArm[];
  readonly seeds: readonly number[];
  readonly random: RandomSource;
}

/** Simulated items: each has a difficulty that all arms share, so that arms hang together as real ones do. */
export function sampleItems({ domains, arms, seeds, random }: ItemOptions): readonly ItemReport[] {
  return domains.flatMap(({ domain, items }, place) =>
    Array.from({ length: items }, (_, index): ItemReport => {
      const ease = 2.2 * (random() + random() + random() - 1.5) + 0.5 - 0.4 * place;
      const [a, b] = [Math.floor(random() * 90) + 10, Math.floor(random() * 90) + 10];
      const id = `${domain}/${index + 1}`;
      const runs = arms.flatMap((arm) => seedsOf(arm, seeds).map((seed) => ({ arm, seed })));
      return {
        id,
        domain,
        question: `Anna has ${a} apples and buys ${b} more. ${index % 5 === 0 ? 'She then shares all of them evenly among her five friends, who each give half of their part to a sister, and counts what her friends have left. ' : ''}How many are there?`,
        expected: String(a + b),
        runs: runs.map(({ arm, seed }) => sampleRun({ arm, seed, id, ease, expected: a + b }, random)),
      };
    }),
  );
}

function seedsOf({ probability }: SampleArm, seeds: readonly number[]): readonly number[] {
  return probability > 0 ? seeds : seeds.slice(0, 1);
}

interface RunFacts {
  readonly arm: SampleArm;
  readonly seed: number;
  readonly id: string;
  readonly ease: number;
  readonly expected: number;
}

function sampleRun({ arm, seed, id, ease, expected }: RunFacts, random: RandomSource): ItemRun {
  const isCorrect = random() < 1 / (1 + Math.exp(-ease - arm.skill));
  const isFailed = !isCorrect && random() < 0.03;
  const isUnparsed = !isCorrect && !isFailed && random() < 0.15;
  const wrong = String(expected + 1 + Math.floor(random() * 9));
  const tokens = 80 + Math.floor(random() * 160);
  const mentorShare = arm.hasMentor ? arm.probability * (0.5 + 0.5 * random()) : 0;
  const taken = Math.round(tokens * mentorShare);
  const folder = `runs/${arm.arm}/${id.replace('/', '-')} seed ${seed}`;
  return {
    arm: arm.arm,
    seed,
    answer: isFailed || isUnparsed ? null : isCorrect ? String(expected) : wrong,
    isCorrect,
    stop: isFailed ? 'failed' : isUnparsed ? 'maxTokens' : 'end',
    failure: isFailed ? 'The context is full.' : null,
    mentorShare: taken / tokens,
    tokens: {
      generator: { accepted: tokens - taken, decoded: Math.round(tokens * (1 + arm.probability)), prefilled: 120 },
      mentor: arm.hasMentor
        ? { accepted: taken, decoded: Math.round(tokens * arm.probability * 1.5), prefilled: 120 + tokens }
        : { accepted: 0, decoded: 0, prefilled: 0 },
    },
    timeMs: tokens * (arm.arm === 'mentor' ? 60 : 9 + 80 * arm.probability),
    trace: `${folder}.mctrace`,
    page: `${folder}.html`,
  };
}
