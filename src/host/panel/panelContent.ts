import type { Ability, Influence, PanelRun } from '../../protocol/panel.ts';
import type { HostRun } from '../runs/hostRun.ts';
import type { RunRelations } from '../runs/runRelations.ts';

/** Everything that can be done with a run in the panel. */
const PANEL_ABILITIES: readonly Ability[] = ['ask', 'branch', 'weigh', 'compare', 'insert'];

/** What is shown of a run beside its own trace. */
export interface PanelRunContext {
  readonly canReplace: boolean;
  readonly relations: RunRelations;
  readonly influence: Influence | null;
}

/** A run as the panel shows it; its lines are copied, since the host's list goes on growing. */
export function toPanelRun(run: HostRun, { canReplace, relations, influence }: PanelRunContext): PanelRun {
  const { runId, question, generatorName, mentorName, preset, state, notice, parent } = run;
  return {
    runId,
    question,
    generatorName,
    mentorName,
    preset,
    lines: [...run.lines],
    state,
    canReplace,
    notice,
    title: relations.titleOf(runId),
    abilities: PANEL_ABILITIES,
    parent,
    family: relations.familyOf(runId),
    influence,
    hasMore: false,
  };
}
