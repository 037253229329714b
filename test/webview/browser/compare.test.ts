import assert from 'node:assert/strict';
import { compareMessageSchema } from '../../../src/protocol/compare.ts';
import type { ComparisonContent } from '../../../src/protocol/compare.ts';
import type { PanelPage, PanelPageOptions } from '../../support/panelPage/panelPage.ts';
import { aloneRun, comparedRun, sampleComparison } from '../../support/panelPage/sampleComparison.ts';
import { contrastInPage } from '../../support/panelPage/contrastInPage.ts';
import { longRun, SAMPLE_QUESTION, sampleRun } from '../../support/panelPage/sampleRun.ts';
import type { ThemeName } from '../../support/panelPage/themes.ts';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';

const SOURCE = { entry: 'src/webview/compare/main.tsx', readyType: 'compare-ready' };

describe('the page of a comparison', function () {
  this.timeout(SLOW_MACHINE_MS);
  const openPage = usePanelBrowser(SOURCE);

  async function open(comparison: ComparisonContent, options: PanelPageOptions = {}): Promise<PanelPage> {
    const panel = await openPage({ size: { width: 1280, height: 900 }, ...options });
    await panel.send({ type: 'comparison-shown', comparison });
    return panel;
  }
  const row = (panel: PanelPage, label: string) =>
    panel.page.locator('.figures tr', { has: panel.page.getByRole('rowheader', { name: label, exact: true }) }).first();
  const cells = async (panel: PanelPage, label: string): Promise<readonly string[]> =>
    (await row(panel, label).getByRole('cell').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  const last = async (panel: PanelPage): Promise<unknown> => (await panel.postedAsIs()).at(-1);
  const button = (panel: PanelPage, name: string) => panel.page.getByRole('button', { name });

  for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'] as const satisfies readonly ThemeName[]) {
    it(`looks right in ${theme}, wide and narrow`, async () => {
      const panel = await open(sampleComparison(), { theme });
      await panel.page.keyboard.press('n');
      await panel.page.keyboard.press('n');
      await panel.picture(`compare-${theme}`);
      for (const selector of ['ins.added', '.words del.missing', '.figures .quiet', '.compared', '.legend li']) {
        const contrast = await panel.page.locator(selector).first().evaluate(contrastInPage, 'color');
        assert.ok(contrast >= 4.5, `${selector}: ${contrast.toFixed(2)}`);
      }
      for (const selector of ['.words ins.added', '.words del.missing']) {
        const line = await panel.page.locator(selector).first().evaluate(contrastInPage, 'text-decoration-color');
        assert.ok(line >= 3, `the line of ${selector}: ${line.toFixed(2)}`);
      }
      await panel.page.setViewportSize({ width: 420, height: 860 });
      assert.equal(await panel.page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
      await panel.page.screenshot({ path: `test-results/compare-${theme}-narrow.png`, fullPage: true });
    });
  }

  it('shows the figures of all runs aligned, each model’s tokens by its name', async () => {
    const panel = await open(sampleComparison());
    assert.deepEqual(await cells(panel, 'Answer'), ['189', '171 ≠ different', '171 ≠ different']);
    assert.deepEqual(await cells(panel, 'Time'), ['620 ms', '620 ms 1 × reference', '1.2 s 2 × reference']);
    assert.deepEqual(await cells(panel, 'Probes'), ['–', '–', '6 3 diverged, 2 taken']);
    const accepted = panel.page.locator('.figures tr', { hasText: 'Accepted' });
    const texts = (await accepted.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
    assert.deepEqual(texts, ['Tokens of demo-small Accepted 82 – 65', 'Tokens of demo-mentor Accepted – 66 17']);
  });

  it('measures against another column when the reader wants it', async () => {
    const panel = await open(sampleComparison());
    await panel.page.getByLabel('Compared with').selectOption('Mentor alone');
    assert.deepEqual(await cells(panel, 'Answer'), ['189 ≠ different', '171', '171 = same']);
    assert.equal(await panel.page.getByRole('region', { name: 'Text: Mentor alone' }).locator('ins, del').count(), 0);
    assert.ok((await panel.page.getByRole('region', { name: 'Text: Generator alone' }).locator('ins').count()) > 0);
  });

  it('marks what is only in a text, what it lacks, and the mentor’s words in it', async () => {
    const panel = await open(sampleComparison());
    const pair = panel.page.getByRole('region', { name: 'Text: Pair' });
    assert.equal((await pair.getByRole('deletion').first().innerText()).trim(), '36');
    assert.equal((await pair.getByRole('insertion').first().innerText()).trim(), '30');
    assert.equal(await pair.locator('ins mark.mark-mentor').first().innerText(), '30');
    const own = await pair.locator('.words').evaluate((words) => {
      const copy = words.cloneNode(true) as HTMLElement;
      for (const missing of copy.querySelectorAll('del')) missing.remove();
      return copy.textContent;
    });
    assert.equal(own, sampleText());
    await panel.page.getByLabel('Show missing words').uncheck();
    assert.equal(
      await pair
        .getByRole('deletion')
        .first()
        .evaluate((each) => getComputedStyle(each).fontSize),
      '0px',
    );
  });

  it('walks the differences by key and by button, around the end', async () => {
    const panel = await open(sampleComparison());
    const count = panel.page.locator('.difference-count');
    const all = Number(/^(\d+) differences$/.exec(await count.innerText())?.[1]);
    await panel.page.keyboard.press('n');
    assert.equal(await count.innerText(), `Difference 1 of ${all}`);
    assert.equal(await panel.page.evaluate(() => document.activeElement?.matches('.is-current')), true);
    await panel.page.keyboard.press('Shift+F7');
    assert.equal(await count.innerText(), `Difference ${all} of ${all}`);
    await button(panel, '↓ Next').click();
    assert.equal(await count.innerText(), `Difference 1 of ${all}`);
  });

  it('keeps texts at the same words while one is scrolled, unless told not to', async () => {
    const paragraphs = (extra: string) =>
      Array.from({ length: 60 }, (_, i) => `Line ${i} tells of number ${i}.${i === 3 ? extra : ''}`).join('\n');
    const [first, second] = [paragraphs(''), paragraphs(' And more.'.repeat(300))];
    const columns = [
      comparedRun('generator', aloneRun('a', first, '1')),
      comparedRun('mentor', aloneRun('b', second, '1')),
    ];
    const panel = await open(sampleComparison({ columns }));
    const scrollers = panel.page.locator('.text-column .text-scroller');
    const scrollTo = async (top: number): Promise<void> => {
      await scrollers.first().evaluate((scroller, to) => {
        scroller.scrollTop = to;
      }, top);
      // One frame to hear of it, one to follow.
      await panel.page.evaluate(
        () =>
          new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))),
      );
    };
    const lineAtThird = (index: number): Promise<string> =>
      scrollers.nth(index).evaluate((scroller) => {
        const { left, top, height } = scroller.getBoundingClientRect();
        const range = document.caretPositionFromPoint(left + 20, top + height * 0.3 + 4);
        const node = range?.offsetNode;
        const all = node?.textContent ?? '';
        const at = range?.offset ?? 0;
        return all.slice(all.lastIndexOf('\n', at) + 1, all.indexOf('\n', at + 1)).slice(0, 9);
      });
    await scrollTo(700);
    assert.match(await lineAtThird(0), /^Line \d/);
    assert.equal(await lineAtThird(1), await lineAtThird(0));
    const before = await scrollers.nth(1).evaluate(({ scrollTop }) => scrollTop);
    await panel.page.getByLabel('Scroll together').uncheck();
    await scrollTo(0);
    assert.equal(await scrollers.nth(1).evaluate(({ scrollTop }) => scrollTop), before);
    await panel.page.getByLabel('Scroll together').check();
    await scrollTo(400);
    await scrollTo(0);
    assert.equal(await scrollers.nth(1).evaluate(({ scrollTop }) => scrollTop), 0);
  });

  it('streams its columns, marks differences when they are over, and can be cancelled', async () => {
    const whole = sampleComparison();
    const [generator, , pair] = whole.columns;
    assert.ok(generator && pair);
    const waiting = { ...pair, runId: null, state: null, lines: [], answerGroup: null };
    const begun = {
      ...generator,
      lines: generator.lines.slice(0, 6),
      state: { phase: 'reasoning', sinceMs: 0 },
    } as const;
    const progress = { phase: 'running', message: null, canResume: false } as const;
    const panel = await open({ progress, columns: [begun, waiting] });
    assert.equal(
      await panel.page.locator('.comparison-progress .state-text').innerText(),
      'Running 1 of 2: Generator alone',
    );
    assert.match(await panel.page.locator('.difference-count').innerText(), /once the texts are complete/);
    assert.ok(await button(panel, '↓ Next').isDisabled());
    const { lines: _, ...column } = generator;
    await panel.send({ type: 'column-lines-added', columnId: 'generator', lines: generator.lines.slice(6) });
    await panel.send({ type: 'column-changed', column });
    const { lines: pairLines, ...pairColumn } = pair;
    await panel.send({ type: 'column-changed', column: pairColumn });
    await panel.send({ type: 'column-lines-added', columnId: 'pair', lines: pairLines });
    assert.equal(
      (await panel.page.getByRole('region', { name: 'Text: Generator alone' }).locator('.words').innerText()).slice(
        -10,
      ),
      'er is 189.',
    );
    assert.match(await panel.page.locator('.difference-count').innerText(), /^\d+ differences$/);
    await button(panel, 'Cancel').click();
    assert.deepEqual(await last(panel), { type: 'cancel-requested' });
    await panel.send({
      type: 'progress-changed',
      progress: { phase: 'stopped', message: 'Something else was asked.', canResume: true },
    });
    assert.match(await panel.page.locator('.comparison-progress').innerText(), /Something else was asked\./);
    await button(panel, 'Go On').click();
    assert.deepEqual(await last(panel), { type: 'resume-requested' });
  });

  it('opens a run in the panel, and copies its figures as a Markdown table', async () => {
    const panel = await open(sampleComparison());
    await button(panel, 'Open in Panel: Pair').click();
    assert.deepEqual(await last(panel), { type: 'run-requested', runId: 'pair' });
    await button(panel, 'Copy Table as Markdown').click();
    const message = compareMessageSchema.parse(await last(panel));
    assert.ok(message.type === 'table-copied');
    const [titles, rule, answer] = message.markdown.split('\n');
    assert.equal(titles, '|  | Generator alone | Mentor alone | Pair |');
    assert.equal(rule, '| --- | --- | --- | --- |');
    assert.equal(answer, '| Answer | 189 | 171 (different) | 171 (different) |');
  });

  it('keeps over a reload by which runs it can be brought back, and how it was seen', async () => {
    const panel = await open(sampleComparison());
    await panel.page.getByLabel('Scroll together').uncheck();
    const saved = (await panel.savedState()) as { readonly columns: unknown };
    assert.deepEqual(saved.columns, [
      { arm: 'generator', runId: 'alone-1' },
      { arm: 'mentor', runId: 'alone-2' },
      { arm: 'pair', runId: 'pair' },
    ]);
    const again = await open(sampleComparison(), { savedState: saved });
    assert.equal(await again.page.getByLabel('Scroll together').isChecked(), false);
  });

  it('says what is to be said of the runs once, and where texts differ too much for words', async () => {
    const words = (from: number): string => Array.from({ length: 2_000 }, (_, i) => `w${from + i}`).join(' ');
    const remark = 'The demo pair does not know this.';
    const columns = [
      comparedRun('generator', aloneRun('a', words(0), '1'), { remark }),
      comparedRun('mentor', aloneRun('b', words(9_000), '2'), { remark }),
    ];
    const panel = await open(sampleComparison({ columns }));
    assert.deepEqual(await panel.page.locator('.comparison-remark').allInnerTexts(), [remark]);
    assert.match(await panel.page.locator('.difference-bar').innerText(), /Mentor alone: .* paragraph by paragraph/);
    assert.match(await panel.page.locator('.difference-count').innerText(), /^1 difference$/);
  });

  it('compares two texts of 10,000 words, each with marks, word by word', async () => {
    const first = longRun(10_000).end({ answer: '1' });
    const second = longRun(9_000).write(' And then it ends another way.').end({ answer: '2' });
    const columns = [comparedRun('generator', first), comparedRun('pair', second, { runId: 'other' })];
    const panel = await open(sampleComparison({ columns }));
    assert.match(await panel.page.locator('.difference-count').innerText(), /^2 differences$/);
    await panel.page.keyboard.press('n');
    const pair = panel.page.getByRole('region', { name: 'Text: Pair' });
    assert.match(await pair.locator('ins.is-current').innerText(), /And then it ends another way/);
    assert.ok((await pair.evaluate(({ scrollTop }) => scrollTop)) > 1_000);
  });

  it('tells the question of each column where they have different ones', async () => {
    const { columns } = sampleComparison();
    const [first, ...others] = columns;
    assert.ok(first);
    const panel = await open(sampleComparison({ columns: [{ ...first, question: 'Another one?' }, ...others] }));
    await panel.page.getByRole('heading', { level: 1, name: 'Runs of different questions' }).waitFor();
    const questions = await panel.page.locator('.column-question').allInnerTexts();
    assert.deepEqual(questions, ['Another one?', SAMPLE_QUESTION, SAMPLE_QUESTION]);
  });

  it('says that there is nothing to compare when no run is left', async () => {
    const panel = await open(sampleComparison({ columns: [] }));
    await panel.page.getByRole('heading', { level: 1, name: 'Nothing to compare' }).waitFor();
  });

  it('says why a column has no text, and compares the others all the same', async () => {
    const { columns, ...rest } = sampleComparison();
    const failed = { phase: 'failed', message: 'The model is gone. Choose another.', actions: [] } as const;
    const broken = columns.map((column) =>
      column.arm === 'mentor' ? { ...column, lines: [], state: failed } : column,
    );
    const panel = await open({ ...rest, columns: broken });
    assert.match(await panel.page.getByRole('region', { name: 'Text: Mentor alone' }).innerText(), /The model is gone/);
    assert.match(await panel.page.locator('.difference-count').innerText(), /^\d+ differences$/);
  });
});

/** The text of the sample run. */
function sampleText(): string {
  return sampleRun()
    .script.lines.flatMap((line) => (line.type === 'step-taken' ? [line.text] : []))
    .join('');
}
