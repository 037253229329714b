import type { TraceLine } from '../../protocol/trace.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import type { PanelController } from '../panel/panelController.ts';
import type { RunController } from '../runs/runController.ts';
import type { ActiveRun } from './activeRun.ts';
import type { PageChange, RunPage } from './runPage.ts';

type Panel = Pick<PanelController, 'onMessage' | 'onDidChangeView' | 'isFocused' | 'isVisible' | 'showStep' | 'tell'>;
type Runs = Pick<RunController, 'current' | 'onDidChange'>;

export interface PanelPageParts {
  readonly panel: Panel;
  readonly runs: Runs;
  readonly activeRun: Pick<ActiveRun, 'add'>;
}

/** The panel, open or not, as a page that shows the run on show. */
export class PanelPage extends Disposable implements RunPage {
  readonly name = null;
  readonly #panel: Panel;
  readonly #runs: Runs;
  readonly #changed = this.register(new Emitter<PageChange>());
  #selected: { readonly runId: string; readonly step: number | null } | null = null;

  readonly onDidChange = this.#changed.event;

  constructor({ panel, runs, activeRun }: PanelPageParts) {
    super();
    this.#panel = panel;
    this.#runs = runs;
    this.register(
      runs.onDidChange(({ type }) => {
        // The panel closes the step with its run, and does not open it again when the run comes back.
        if (this.#selected?.runId !== runs.current?.runId) this.#selected = null;
        // A run that was asked for, or chosen, is what the reader is at, wherever the focus stays.
        this.#changed.fire(type === 'run-replaced' ? 'page-used' : 'lines-changed');
      }),
    );
    this.register(
      panel.onMessage((message) => {
        if (message.type !== 'step-selected') return;
        this.#select(message.step);
        this.#changed.fire('step-selected');
      }),
    );
    this.register(
      panel.onDidChangeView(() => {
        this.#changed.fire(panel.isFocused ? 'page-used' : 'view-changed');
      }),
    );
    this.register(activeRun.add(this));
  }

  get lines(): readonly TraceLine[] | null {
    return this.#runs.current?.lines ?? null;
  }

  get selectedStep(): number | null {
    return this.#selected?.step ?? null;
  }

  get isVisible(): boolean {
    return this.#panel.isVisible;
  }

  showStep(step: number): void {
    this.#select(step);
    this.#panel.showStep(step);
  }

  tell(message: string): void {
    this.#panel.tell(message);
  }

  #select(step: number | null): void {
    const runId = this.#runs.current?.runId;
    this.#selected = runId === undefined ? null : { runId, step };
  }
}
