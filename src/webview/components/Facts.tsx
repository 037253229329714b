import type { JSX } from 'preact';
import type { Fact } from '../model/runFacts.ts';

/** The figures of a run in one row. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }): JSX.Element {
  return (
    <dl class="facts" aria-label="Figures of this run">
      {facts.map((fact) => (
        <div
          key={fact.id}
          class={`fact fact-${fact.id}${fact.needsDetail ? ' needs-detail' : ''}`}
          title={fact.detail ?? undefined}
        >
          <dt>{fact.label}</dt>
          <dd>
            <strong title={fact.value}>{fact.value}</strong>
            {fact.detail !== null && <span class="quiet">{fact.detail}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
