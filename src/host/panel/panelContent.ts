import type { PanelRun } from '../../protocol/panel.ts';
import type { HostRun } from '../runs/hostRun.ts';

/** A run as the panel shows it; its lines are copied, since the host's list goes on growing. */
export function toPanelRun(run: HostRun, canReplace: boolean): PanelRun {
  const { runId, question, generatorName, mentorName, preset, state, notice } = run;
  return {
    runId,
    question,
    generatorName,
    mentorName,
    preset,
    lines: [...run.lines],
    state,
    canReplace,
    notice: notice === null ? null : { message: notice, action: 'choose-models' },
  };
}
