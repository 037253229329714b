import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { exportHtml } from '../../../src/export/exportHtml.ts';
import { recordOf } from '../../../src/export/runRecord.ts';
import { eventsOf } from '../../../src/protocol/eventsOf.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { contrastInPage } from '../../support/panelPage/contrastInPage.ts';
import { sampleRun } from '../../support/panelPage/sampleRun.ts';
import { unevenLines, unevenRun } from '../../support/panelPage/unevenRun.ts';
import { usePages } from '../../support/panelPage/usePages.ts';
import { SLOW_MACHINE_MS } from '../../support/panelPage/usePanelBrowser.ts';

const { script, steps } = sampleRun();

function exported(lines: readonly TraceLine[]): string {
  const [header] = lines;
  const record = recordOf({
    header: header?.type === 'run-started' ? header : null,
    events: eventsOf(lines),
    damage: null,
  });
  return exportHtml(record ?? assert.fail());
}

describe('the timeline of an exported page in a browser', function () {
  this.timeout(SLOW_MACHINE_MS);
  const openPage = usePages();

  async function open(lines: readonly TraceLine[], colorScheme: 'light' | 'dark'): Promise<Page> {
    const page = await openPage(exported(lines), { colorScheme, viewport: { width: 1000, height: 700 } });
    // The test loader wraps functions into this helper, which the page does not have.
    await page.evaluate('globalThis.__name = (named) => named');
    return page;
  }

  async function picture(page: Page, name: string): Promise<void> {
    await mkdir('test-results', { recursive: true });
    await page.locator('.timeline').scrollIntoViewIfNeeded();
    await page.screenshot({ path: `test-results/${name}.png` });
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`can be read in ${colorScheme}, within its own policy`, async () => {
      const page = await open(unevenLines(unevenRun(600)), colorScheme);
      await picture(page, `exported-timeline-${colorScheme}`);
      for (const [selector, property, least] of [
        ['.timeline text', 'fill', 4.5],
        ['.timeline > svg .probability', 'stroke', 3],
        ['.timeline > svg .entropy-point', 'stroke', 3],
        ['.timeline > svg a .mentor', 'fill', 3],
        ['.timeline > svg a .kept', 'stroke', 3],
        ['.timeline > svg a .agreed', 'stroke', 3],
      ] as const) {
        const contrast = await page.locator(selector).first().evaluate(contrastInPage, property);
        assert.ok(contrast >= least, `${selector}: ${contrast.toFixed(2)}`);
      }
    });
  }

  it('leads by pointer and by keyboard from a mark to its decision', async () => {
    const page = await open(script.lines, 'light');
    const mark = page
      .getByRole('link', { name: new RegExp(`^Step ${steps.taken} of .* mentor's patch taken$`) })
      .first();
    await mark.focus();
    const ring = await mark.locator('path').evaluate((path) => getComputedStyle(path).strokeWidth);
    assert.equal(ring, '3px');
    await mark.click();
    const target = page.locator(':target');
    assert.match(await target.innerText(), new RegExp(`^Step ${steps.taken}: took the mentor's patch`));
  });

  it('is printed dark on white, whatever the reader’s system is', async () => {
    const page = await open(script.lines, 'dark');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const colours = await page.evaluate(() => [
      getComputedStyle(document.body).backgroundColor,
      getComputedStyle(document.body).color,
    ]);
    assert.deepEqual(colours, ['rgb(255, 255, 255)', 'rgb(31, 35, 40)']);
    await picture(page, 'exported-timeline-printed');
  });
});
