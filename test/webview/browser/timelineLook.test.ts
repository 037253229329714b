import assert from 'node:assert/strict';
import type { PanelPage } from '../../support/panelPage/panelPage.ts';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';
import { contrastInPage } from '../../support/panelPage/contrastInPage.ts';
import { panelRun, sampleRun } from '../../support/panelPage/sampleRun.ts';
import type { ThemeName } from '../../support/panelPage/themes.ts';
import { drag, placeOf, showMiddle, slider, MIDDLE_LENGTH } from '../../support/panelPage/timelinePage.ts';
import { unevenLines, unevenRun } from '../../support/panelPage/unevenRun.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';

const { script, steps } = sampleRun();
const THEMES: readonly ThemeName[] = ['dark', 'light', 'hc-dark', 'hc-light'];
const REASONING = { phase: 'reasoning', sinceMs: 0 } as const;

function isStep({ type }: TraceLine): boolean {
  return type === 'step-taken';
}

/** What changes in the timeline's elements. */
interface Changes {
  readonly elements: number;
  /** Changed attributes, texts, and elements that came or went. */
  readonly records: number;
  /** Characters of the attributes written. */
  readonly characters: number;
}

/** Counts what changes in the timeline during something. */
async function changesDuring(panel: PanelPage, act: () => Promise<void>): Promise<Changes> {
  await panel.page.evaluate(() => {
    const counted = { records: 0, characters: 0 };
    const observer = new MutationObserver((records) => {
      counted.records += records.length;
      for (const { target, attributeName } of records) {
        if (attributeName !== null && target instanceof Element) {
          counted.characters += target.getAttribute(attributeName)?.length ?? 0;
        }
      }
    });
    const timeline = document.querySelector('.timeline');
    if (timeline) observer.observe(timeline, { subtree: true, childList: true, attributes: true, characterData: true });
    Object.assign(globalThis, { counted, observer });
  });
  await act();
  return await panel.page.evaluate(() => {
    // Put there by the function above.
    const { counted, observer } = globalThis as unknown as {
      counted: Omit<Changes, 'elements'>;
      observer: MutationObserver;
    };
    observer.disconnect();
    return { ...counted, elements: document.querySelectorAll('.timeline *').length };
  });
}

describe('the look of the timeline, and what it costs', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  for (const theme of THEMES) {
    it(`can be read in ${theme}`, async () => {
      const panel = await open({ theme });
      await showMiddle(panel);
      await drag(panel, 200, 330, { length: MIDDLE_LENGTH });
      await panel.picture(`timeline-${theme}`);
      for (const [selector, property, least] of [
        ['.timeline-legend li', 'color', 4.5],
        ['.timeline-readout', 'color', 4.5],
        ['.timeline-labels text', 'fill', 4.5],
        ['.timeline-chart .timeline-probability', 'stroke', 3],
        ['.timeline-chart .timeline-entropy-point', 'stroke', 3],
        ['.timeline-chart .timeline-taken', 'stroke', 3],
        ['.timeline-chart .timeline-kept', 'stroke', 3],
        ['.timeline-chart .timeline-agreed', 'stroke', 3],
        ['.timeline-sight-bar', 'fill', 3],
        ['.timeline-brush', 'stroke', 3],
      ] as const) {
        const contrast = await panel.page.locator(selector).first().evaluate(contrastInPage, property);
        assert.ok(contrast >= least, `${selector}: ${contrast.toFixed(2)}`);
      }
    });
  }

  it('takes the system’s colours where the reader has forced some', async () => {
    const panel = await open({ theme: 'hc-dark' });
    await panel.page.emulateMedia({ forcedColors: 'active' });
    await panel.show(panelRun(script));
    await slider(panel).waitFor();
    const stroke = await panel.page
      .locator('.timeline-chart .timeline-kept')
      .evaluate((mark) => getComputedStyle(mark).stroke);
    const text = await panel.page.evaluate(() => {
      return getComputedStyle(document.body).color;
    });
    assert.equal(stroke, text);
    await panel.picture('timeline-forced-colours');
  });

  it('has room beside and below an open decision in a narrow panel', async () => {
    const panel = await open({ size: { width: 420, height: 860 } });
    await panel.show(panelRun(script));
    await slider(panel).waitFor();
    await panel.picture('timeline-narrow');
    await panel.mark(steps.taken).click();
    await panel.picture('timeline-narrow-open');
    assert.equal(await panel.page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  });

  it('leaves text and decision room in a panel beside an editor', async () => {
    const panel = await open({ size: { width: 610, height: 760 } });
    await panel.show(panelRun(script));
    await panel.mark(steps.taken).click();
    await slider(panel).waitFor();
    await panel.picture('timeline-beside-editor');
    for (const selector of ['.text-pane', '.inspector']) {
      const box = await panel.page.locator(selector).boundingBox();
      assert.ok(box && box.height > 140, `${selector}: ${box?.height ?? 0}`);
    }
  });

  it('brushes 10,000 words with as few changes as 500', async () => {
    const panel = await open();
    const changes: number[] = [];
    for (const words of [500, 10_000]) {
      const run = unevenRun(words);
      const lines = unevenLines(run);
      const length = lines.filter(isStep).length;
      await panel.show(panelRun(run, { runId: `uneven-${words}`, lines }));
      await panel.page.locator('.timeline-sight-bar').waitFor();
      const { records } = await changesDuring(panel, () => drag(panel, length * 0.2, length * 0.6, { length }));
      changes.push(records);
    }
    const [few = 0, many = 0] = changes;
    assert.ok(few > 0 && many <= 2 * few + 20, JSON.stringify(changes));
  });

  it('draws 10,000 words with as few elements and changes for each new one as 500', async () => {
    const panel = await open();
    const { lines, runId } = { lines: unevenLines(unevenRun(10_300)), runId: 'uneven' };
    await panel.show(panelRun(unevenRun(0), { state: REASONING }));
    const costs: Changes[] = [];
    let sent = 0;
    for (const words of [500, 10_000]) {
      const end = lines.findIndex((line) => line.type === 'step-taken' && line.step === words);
      await panel.send({ type: 'lines-added', runId, lines: lines.slice(sent, end) });
      await slider(panel).waitFor();
      const added = lines.slice(end, end + 60);
      assert.ok(added.filter(isStep).length >= 40);
      costs.push(
        await changesDuring(panel, async () => {
          for (const line of added) await panel.send({ type: 'lines-added', runId, lines: [line] });
        }),
      );
      sent = end + added.length;
    }
    const [few, many] = costs;
    assert.ok(few && many && few.records > 0);
    assert.ok(many.elements <= 120, `${many.elements} elements`);
    assert.ok(many.elements <= few.elements * 1.5, JSON.stringify(costs));
    assert.ok(many.records <= few.records * 1.5, JSON.stringify(costs));
    assert.ok(many.characters <= few.characters * 2, JSON.stringify(costs));
    await panel.send({ type: 'state-changed', runId, state: { phase: 'done' }, notice: null });
    const { x, y } = await placeOf(panel, 5_000, { length: 10_000 });
    await panel.page.mouse.move(x, y);
    await panel.picture('timeline-10000-words');
  });
});
