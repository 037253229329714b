import { Emitter } from '../../../src/host/emitter.ts';
import type { PageChange, RunPage } from '../../../src/host/selection/runPage.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';

/** A page that a test uses by hand. */
export class FakePage implements RunPage {
  readonly name: string;
  readonly changes = new Emitter<PageChange>();
  readonly onDidChange = this.changes.event;
  readonly shown: number[] = [];
  lines: readonly TraceLine[] | null;
  selectedStep: number | null = null;
  isVisible = true;

  constructor(name: string, lines: readonly TraceLine[] | null) {
    this.name = name;
    this.lines = lines;
  }

  showStep(step: number): void {
    this.selectedStep = step;
    this.isVisible = true;
    this.shown.push(step);
  }

  tell(): void {
    throw new Error('Nothing is told here.');
  }

  /** The reader opens or closes a step. */
  select(step: number | null): void {
    this.selectedStep = step;
    this.changes.fire('step-selected');
  }

  setVisible(isVisible: boolean): void {
    this.isVisible = isVisible;
    this.changes.fire('view-changed');
  }

  /** Another run is shown, or none. */
  replace(lines: readonly TraceLine[] | null): void {
    this.lines = lines;
    this.selectedStep = null;
    this.changes.fire('lines-changed');
  }
}
