import type * as vscode from 'vscode';
import { z } from 'zod';
import type { RunController } from '../runs/runController.ts';
import type { RunStore } from '../runs/runStore.ts';
import type { PanelController } from './panelController.ts';

/** What the panel's script keeps for the time after a reload of the window; it may keep more for itself. */
const savedStateSchema = z.object({
  runId: z.string().nullable().catch(null),
  /** The question box with what was typed, when it was open; the panel puts the typed text back by `openedWith`. */
  draft: z.object({ openedWith: z.string() }).nullable().catch(null),
});

export interface PanelSerializerParts {
  readonly panel: PanelController;
  readonly runs: RunController;
  readonly store: RunStore;
  readonly tellFailure: (thrown: unknown) => void;
}

/** Brings the panel back after a reload of the window, with the run it showed, read from its trace file. */
export function createPanelSerializer({
  panel,
  runs,
  store,
  tellFailure,
}: PanelSerializerParts): vscode.WebviewPanelSerializer {
  return {
    async deserializeWebviewPanel(webviewPanel, state: unknown) {
      const saved = savedStateSchema.safeParse(state).data;
      try {
        const run = runs.current ? null : await store.recall(saved?.runId ?? null);
        // A question may have been asked meanwhile.
        if (run && !runs.current) runs.show(run);
      } catch (thrown) {
        tellFailure(thrown);
      }
      panel.restore(webviewPanel, saved?.draft?.openedWith ?? null);
    },
  };
}
