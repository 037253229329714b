import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { reportHtml } from '../../../../src/bench/report/html/reportHtml.ts';
import type { BenchReport, MatrixReport } from '../../../../src/bench/report/reportDocument.ts';
import { hostileReport } from '../../../support/benchReport/hostileReport.ts';
import { SAMPLE_ARMS } from '../../../support/benchReport/sampleArms.ts';
import { sampleMatrix, sampleReport } from '../../../support/benchReport/sampleReport.ts';
import { contrastInPage } from '../../../support/panelPage/contrastInPage.ts';
import { usePages } from '../../../support/panelPage/usePages.ts';
import { SLOW_MACHINE_MS } from '../../../support/panelPage/usePanelBrowser.ts';

const report = sampleReport();

describe('the page of a report in a browser', function () {
  this.timeout(SLOW_MACHINE_MS);
  const openPage = usePages();

  const open = (shown: BenchReport | MatrixReport, options: BrowserContextOptions = {}): Promise<Page> =>
    openPage(reportHtml(shown), { viewport: { width: 1200, height: 900 }, ...options, isStrict: true });

  async function picture(page: Page, name: string): Promise<void> {
    await mkdir('test-results', { recursive: true });
    await page.screenshot({ path: `test-results/${name}.png`, fullPage: true });
  }

  /** By how much the page is wider than its window, and texts of plots that leave their picture or lie over another. */
  async function faults(page: Page): Promise<{ readonly excess: number; readonly texts: readonly string[] }> {
    // The test loader wraps functions into this helper, which the page does not have.
    await page.evaluate('globalThis.__name = (named) => named');
    return page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      for (const details of document.querySelectorAll('details.choice')) details.setAttribute('open', '');
      const texts = [...document.querySelectorAll('.plot > svg')].flatMap((plot) => {
        const frame = plot.getBoundingClientRect();
        const boxes = [...plot.querySelectorAll('text')].map((text) => ({
          text: text.textContent,
          box: text.getBoundingClientRect(),
        }));
        return boxes.flatMap(({ text, box }, index) => {
          const isOut = box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
          const over = boxes.slice(index + 1).find(({ box: other }) => {
            const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
            const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
            return across > 1 && down > 2;
          });
          return [...(isOut ? [`${text} is cut off`] : []), ...(over ? [`${text} lies over ${over.text}`] : [])];
        });
      });
      return { excess: scrollWidth - clientWidth, texts };
    });
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1200, 500]) {
      it(`fits ${width} pixels in ${colorScheme}, no text over another, within its own policy`, async () => {
        const page = await open(report, { colorScheme, viewport: { width, height: 900 } });
        await picture(page, `bench-report-${colorScheme}-${width}`);
        assert.deepEqual(await faults(page), { excess: 0, texts: [] });
      });
    }

    it(`can be read in ${colorScheme}`, async () => {
      const page = await open(report, { colorScheme });
      await page.evaluate('globalThis.__name = (named) => named');
      const marks = [0, 1, 2, 3, 4].map((arm) => [`.plot .mark.arm-${arm}`, 'fill', 3] as const);
      for (const [selector, property, least] of [
        ['.plot text', 'fill', 4.5],
        ['.note', 'color', 4.5],
        ['nav a', 'color', 4.5],
        ['.run .right', 'color', 4.5],
        ['.run .wrong', 'color', 4.5],
        ['.plot .front', 'stroke', 3],
        ...marks,
      ] as const) {
        const contrast = await page.locator(selector).first().evaluate(contrastInPage, property);
        assert.ok(contrast >= least, `${selector}: ${contrast.toFixed(2)}`);
      }
    });
  }

  it('fits a phone with hostile names and with a matrix', async () => {
    for (const shown of [hostileReport(), sampleMatrix({ itemsPerDomain: 2 })]) {
      const page = await open(shown, { viewport: { width: 360, height: 700 } });
      assert.equal((await faults(page)).excess, 0);
    }
  });

  it('shows the items that are asked for, and how many they are', async () => {
    const page = await open(report);
    const shown = page.locator('tr[data-runs]:visible');
    const words = page.getByRole('status');
    const choice = (name: string): Locator => page.getByRole('combobox', { name, exact: true });
    await choice('Show').selectOption('items where arms differ');
    const differing = report.items.filter(
      ({ runs }) => new Set(runs.map(({ isCorrect }) => isCorrect)).size > 1,
    ).length;
    assert.equal(await words.innerText(), `${differing} of 60 items`);
    assert.equal(await shown.count(), differing);

    await choice('right in').selectOption('4 paper-free@p=0.24');
    await choice('wrong in').selectOption('1 generator');
    const turned = report.pairs.find(({ a, b }) => a === 'generator' && b === 'paper-free@p=0.24')?.onlyB ?? 0;
    assert.ok(turned > 0);
    assert.equal(await shown.count(), turned);

    await page.getByLabel('with the words').fill('no such words');
    assert.equal(await words.innerText(), '0 of 60 items');
    await page.getByLabel('with the words').fill('');
    for (const name of ['right in', 'wrong in']) await choice(name).selectOption('any arm');
    await choice('Show').selectOption('all items');
    assert.equal(await words.innerText(), '60 items');
    assert.equal(await page.locator('details.domain > summary').first().innerText(), 'gsm8k: 20 items');
  });

  it('shows all items without a script, and no filter that could do nothing', async () => {
    const page = await open(report, { javaScriptEnabled: false });
    assert.equal(await page.locator('.filter').isVisible(), false);
    assert.equal(await page.locator('tr[data-runs]:visible').count(), 20);
    for (const domain of ['mmlu (recall)', 'commonsense']) await page.getByText(`${domain}: 20 items`).click();
    assert.equal(await page.locator('tr[data-runs]:visible').count(), 60);
  });

  it('filters 900 items of 4 arms', async () => {
    const page = await open(sampleReport({ itemsPerDomain: 300, arms: SAMPLE_ARMS.slice(0, 4) }));
    await page.getByRole('combobox', { name: 'Show', exact: true }).selectOption('items wrong in every arm');
    assert.match(await page.getByRole('status').innerText(), /^\d+ of 900 items$/);
    assert.equal((await faults(page)).excess, 0);
  });

  it('is printed dark on white with the plots of all arms, and keeps its shapes in forced colours', async () => {
    const page = await open(report, { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const [background, colour] = await page.evaluate(() => [
      getComputedStyle(document.body).backgroundColor,
      getComputedStyle(document.body).color,
    ]);
    assert.deepEqual([background, colour], ['rgb(255, 255, 255)', 'rgb(31, 35, 40)']);
    assert.equal(await page.locator('nav').first().isVisible(), false);
    for (const plot of await page.locator('details.choice .plot').all()) assert.ok(await plot.isVisible());

    await page.emulateMedia({ media: 'screen', forcedColors: 'active' });
    const forced = await page.evaluate(() => {
      const [mark] = document.querySelectorAll('.plot .mark');
      return mark ? [getComputedStyle(mark).fill, getComputedStyle(document.body).color] : [];
    });
    assert.equal(forced[0], forced[1]);
  });
});
