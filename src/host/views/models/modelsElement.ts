import type { ModelTarget } from '../../models/modelTarget.ts';

/** A line as VS Code knows it: the same object for as long as it means the same. Commands take its target. */
export interface ModelsElement {
  readonly id: string;
  readonly target: ModelTarget | null;
}
