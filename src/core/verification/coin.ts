import { seededRandom } from '../randomSource.ts';
import type { Author } from './verdict.ts';

/**
 * A fair coin for each step, for the ablation that chooses between two patches by chance. It has a random stream of its own
 * and a step has its own draw, so that neither where the mentor is probed nor what was chosen before changes it.
 *
 * @param seed - the run's; another stream is drawn from it than the decisions'.
 * @returns the winner at a step, counted from 0; steps must be asked for in ascending order.
 */
export function coin(seed: number): (step: number) => Author {
  const random = seededRandom(-1 - seed);
  let drawn = 0;
  return (step) => {
    for (; drawn < step; drawn++) random();
    drawn++;
    return random() < 0.5 ? 'generator' : 'mentor';
  };
}
