import assert from 'node:assert/strict';
import fc from 'fast-check';
import { viewRun } from '../../src/core/view/runView.ts';
import { exportHtml } from '../../src/export/exportHtml.ts';
import { exportJson } from '../../src/export/exportJson.ts';
import { exportMarkdown } from '../../src/export/exportMarkdown.ts';
import { recordOf } from '../../src/export/runRecord.ts';
import { TraceFeed } from '../../src/host/traceFile/traceFeed.ts';
import { TraceFileReading } from '../../src/host/traceFile/traceFileReading.ts';
import { formatTraceLine, parseTrace } from '../../src/protocol/traceText.ts';
import { PanelModel } from '../../src/webview/model/panelModel.ts';
import { NEW_STATE } from '../../src/webview/savedState.ts';
import { FileInRam } from '../hostUnit/support/fileInRam.ts';
import { anyDamage } from '../support/damagedTrace.ts';
import { generatedRun, traceOf } from '../support/generatedRun.ts';

/** A trace as anyone may have left it. */
async function damagedText(run: Parameters<typeof traceOf>[0], damage: (text: string) => string): Promise<string> {
  return damage((await traceOf(run)).map(formatTraceLine).join(''));
}

describe('damaged traces', () => {
  it('are read as far as they are sound: what is given is the beginning of a run, whatever was done to the file', async () => {
    let damaged = 0;
    await fc.assert(
      fc.asyncProperty(generatedRun, anyDamage, async (run, damage) => {
        const { header, events, damage: told } = parseTrace(await damagedText(run, damage));
        damaged += told ? 1 : 0;
        assert.ok(header !== null || (events.length === 0 && told !== null));
        const { steps } = viewRun(events);
        assert.deepEqual(
          steps.map(({ step }) => step),
          steps.map((_, index) => index),
        );
        const ends = events.filter(({ type }) => type === 'run-ended').length;
        assert.ok(ends === 0 || (ends === 1 && events.at(-1)?.type === 'run-ended'));
      }),
      { numRuns: 500 },
    );
    // Else the damages would not be any.
    assert.ok(damaged > 100, `${damaged} of 500 were damaged`);
  });

  it('export to every format', async () => {
    await fc.assert(
      fc.asyncProperty(generatedRun, anyDamage, async (run, damage) => {
        const record = recordOf(parseTrace(await damagedText(run, damage)));
        if (!record) return;
        assert.ok(exportHtml(record).endsWith('</html>\n'));
        assert.ok(exportMarkdown(record).startsWith('# '));
        const { header } = JSON.parse(exportJson(record)) as { header: unknown };
        assert.equal(JSON.stringify(header), JSON.stringify(record.header));
      }),
      { numRuns: 300 },
    );
  });

  it('show in the panel what could be read, for every step that can be opened', async () => {
    await fc.assert(
      fc.asyncProperty(generatedRun, anyDamage, async (run, damage) => {
        const text = await damagedText(run, damage);
        const reading = new TraceFileReading();
        const file = (await new FileInRam(text).open()) ?? assert.fail('no file');
        await reading.readOn(file);
        reading.seal();
        const state = { generation: 1, lines: reading.lines, damage: reading.damage, hasEnded: reading.hasEnded };
        const feed = new TraceFeed({
          readState: () => ({ ...state, problem: null, isQuiet: true, isGone: false }),
          abilities: [],
          openedAtMs: 0,
        });
        const model = new PanelModel(NEW_STATE);
        // Messages cross to the page as copies.
        for (const message of feed.show()) model.receive(structuredClone(message));
        const { run: shown, unreadable } = model.viewModel();
        if (!shown) {
          assert.ok(unreadable !== null && unreadable !== '');
          return;
        }
        assert.equal(shown.view.text, shown.view.segments.map((segment) => segment.text).join(''));
        for (const { step } of shown.view.steps) {
          model.selectStep(step);
          assert.ok(model.viewModel().run);
        }
      }),
      { numRuns: 300 },
    );
  });
});
