import type { JSX } from 'preact';
import type { Candidate } from '../../../core/languageModel.ts';
import { logOddsSentence } from '../../model/describeDecision.ts';
import { formatProbability } from '../../model/numberFormats.ts';

/** Log-odds at the bar's ends, in nats: beyond e^5 to 1, more of it tells nothing. */
const BAR_END_NATS = 5;

interface LogOddsProps {
  /** For the mentor, in nats. */
  readonly score: number;
  readonly letters: readonly Candidate[];
}

/** The verifier's log-odds as a bar from the middle, with the number and the letters' probabilities beside it. */
export function LogOdds({ score, letters }: LogOddsProps): JSX.Element {
  const sentence = logOddsSentence(score);
  const size = (Math.min(Math.abs(score), BAR_END_NATS) / BAR_END_NATS) * 50;
  return (
    <div class="log-odds">
      <p class="log-odds-number">
        {sentence}
        {letters.length > 0 && (
          <span class="quiet">
            {' '}
            (
            {letters.map((letter) => `${letter.text} ${formatProbability(Math.exp(letter.logProbability))}`).join(', ')}
            )
          </span>
        )}
      </p>
      <div class="log-odds-bar" role="img" aria-label={sentence}>
        <div
          class={score > 0 ? 'log-odds-size towards-mentor' : 'log-odds-size towards-generator'}
          style={{ left: `${score > 0 ? 50 : 50 - size}%`, width: `${size}%` }}
        />
        <div class="log-odds-middle" />
      </div>
      <div class="log-odds-ends" aria-hidden="true">
        <span>← generator</span>
        <span>0</span>
        <span>mentor →</span>
      </div>
    </div>
  );
}
