import type { RunHeader } from '../../core/runHeader.ts';

/** What stands for the preset of a run without a mentor: none of what a preset decides has a part in it. */
export const ALONE = 'one model alone';

/** A run's preset as it is shown. */
export function presetName({ mentor, settings }: Pick<RunHeader, 'mentor' | 'settings'>): string {
  return mentor ? settings.preset : ALONE;
}
