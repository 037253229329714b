import type { JSX } from 'preact';
import type { TimelineSeries } from '../../../core/view/timeline/timelineSeries.ts';
import { notableSteps, stepWords, timelineSummary } from '../../../core/view/timeline/timelineWords.ts';

interface TimelineWordsProps {
  readonly series: TimelineSeries;
  /** Whether the trace goes on behind what has come so far. */
  readonly hasMore: boolean;
  readonly onOpen: (step: number) => void;
}

/** The timeline in words, with the steps worth a look; as long for a long run as for a short one. */
export function TimelineWords({ series, hasMore, onOpen }: TimelineWordsProps): JSX.Element {
  const { steps, leftOut } = notableSteps(series);
  return (
    <div class="timeline-words">
      <p>
        {timelineSummary(series)}
        {hasMore && ' The run goes on behind that.'}
      </p>
      <ul>
        {steps.map(({ measure, isLeastCertain }) => (
          <li key={measure.step}>
            <button
              type="button"
              class="link-button"
              onClick={() => {
                onOpen(measure.step);
              }}
            >
              {stepWords(measure, series.length)}
            </button>
            {isLeastCertain && <span class="quiet"> (among the least certain)</span>}
          </li>
        ))}
      </ul>
      {leftOut > 0 && <p class="quiet">And {leftOut.toLocaleString('en')} more divergences.</p>}
    </div>
  );
}
