import assert from 'node:assert/strict';
import { seededRandom } from '../../../src/core/randomSource.ts';
import { viewRun } from '../../../src/core/view/runView.ts';
import { eventsOf } from '../../../src/protocol/eventsOf.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import type { PageCosts } from '../../support/panelPage/pageCosts.ts';
import { PageMeter } from '../../support/panelPage/pageCosts.ts';
import type { PanelPage } from '../../support/panelPage/panelPage.ts';
import { reasoningRun } from '../../support/panelPage/reasoningRun.ts';
import { panelRun } from '../../support/panelPage/sampleRun.ts';
import type { ThemeName } from '../../support/panelPage/themes.ts';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';

const STEPS = 10_000;
const REASONING = { phase: 'reasoning', sinceMs: 0 } as const;
const long = reasoningRun({ steps: STEPS }).end({ answer: '42' });
const view = viewRun(eventsOf(long.lines));
const decided = view.decisions.map(({ step }) => step);

/** Where the word of the open step is, from the top of what can be seen, and how high that is. */
async function placeOfSelected(panel: PanelPage): Promise<{ top: number; bottom: number; height: number }> {
  return await panel.page.locator('.text-scroller').evaluate((scroller) => {
    const mark = scroller.querySelector('.mark[aria-expanded="true"]');
    const [word] = CSS.highlights.get('selected-word') ?? [];
    const box = (mark ?? (word instanceof Range ? word : scroller)).getBoundingClientRect();
    const sight = scroller.getBoundingClientRect();
    return { top: box.top - sight.top, bottom: box.bottom - sight.top, height: sight.height };
  });
}

/** How many marks the browser has laid out. */
async function marksLaidOut(panel: PanelPage, view = '.words'): Promise<number> {
  return await panel.page
    .locator(view)
    .evaluate(
      (text) =>
        [...text.querySelectorAll('.mark')].filter((mark) => mark.checkVisibility({ contentVisibilityAuto: true }))
          .length,
    );
}

async function scrollTo(panel: PanelPage, share: number): Promise<void> {
  await panel.page.locator('.text-scroller').evaluate(async (scroller, to) => {
    // What comes into sight gets its own height, which the estimate before has missed.
    for (let i = 0; i < 3; i++) {
      scroller.scrollTop = to * (scroller.scrollHeight - scroller.clientHeight);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }
  }, share);
}

describe('a run of 10,000 words', function () {
  this.timeout(2 * SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  it('is there to the last character, as text and when all of it is copied', async () => {
    const panel = await open();
    await panel.show(panelRun(long));
    assert.ok(decided.length > 2_200);
    const words = panel.page.locator('.words');
    assert.equal(await words.textContent(), view.text);
    const copied = await words.evaluate((text) => {
      getSelection()?.selectAllChildren(text);
      return getSelection()?.toString();
    });
    assert.equal(copied, view.text);
  });

  it('is the same however its lines came', async () => {
    const whole = await open();
    await whole.show(panelRun(long));
    const live = await open();
    await live.show(panelRun(long, { lines: long.lines.slice(0, 1), state: REASONING }));
    const random = seededRandom(7);
    for (let at = 1; at < long.lines.length;) {
      const next = at + 1 + Math.floor(random() * 900);
      await live.send({ type: 'lines-added', runId: 'long', lines: long.lines.slice(at, next) });
      at = next;
    }
    const html = async (panel: PanelPage): Promise<string> => await panel.page.locator('.words').innerHTML();
    assert.equal(await html(live), await html(whole));
  });

  it('has all of its marks in reach of the keyboard, in order', async () => {
    const panel = await open();
    await panel.show(panelRun(long));
    await panel.mark(decided[0] ?? 0).focus();
    const walked = await panel.page.evaluate((count) => {
      const steps: number[] = [];
      for (let i = 0; i < count; i++) {
        steps.push(Number(document.activeElement?.getAttribute('data-step')));
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true }),
        );
      }
      return steps;
    }, decided.length);
    assert.deepEqual(walked, decided);
    await panel.page.keyboard.press('Home');
    assert.equal(await panel.page.locator('.mark:focus').getAttribute('data-step'), String(decided[0]));
  });

  it('brings any step into sight at once and keeps it there, wherever the reader was', async () => {
    for (const size of [
      { width: 1200, height: 800 },
      { width: 480, height: 700 },
    ]) {
      const panel = await open({ size });
      await panel.show(panelRun(long));
      for (const step of [STEPS - 1, 5_000, 3_333, 5, 9_700, decided[0] ?? 0, decided.at(-1) ?? 0, 7_001]) {
        await panel.send({ type: 'step-shown', runId: 'long', step });
        for (let frames = 0; frames < 3; frames++) {
          const { top, bottom, height } = await placeOfSelected(panel);
          assert.ok(top >= -1 && bottom <= height + 1, `step ${step}: ${top} to ${bottom} of ${height}`);
          await panel.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
        }
      }
    }
  });

  it('is found by its words, also where it is not laid out', async () => {
    const panel = await open();
    await panel.show(panelRun(long));
    const last = panel.mark(decided.at(-1) ?? 0);
    assert.equal(await last.evaluate((mark) => mark.checkVisibility({ contentVisibilityAuto: true })), false);
    const isFound = await panel.page.evaluate(() =>
      (window as unknown as { find(text: string): boolean }).find('lastword.'),
    );
    assert.ok(isFound);
    // The search of a page's own script selects what it has found, which lays it out, but does not scroll there.
    assert.equal(await panel.page.evaluate(() => getSelection()?.toString()), 'lastword.');
    await panel.page.waitForFunction(
      () => getSelection()?.anchorNode?.parentElement?.checkVisibility({ contentVisibilityAuto: true }) === true,
    );
  });

  it('is told to a screen reader whole', async () => {
    const panel = await open();
    await panel.page.evaluate(() => {
      document.body.classList.add('vscode-using-screen-reader');
    });
    await panel.show(panelRun(long));
    const session = await panel.page.context().newCDPSession(panel.page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const names = new Set(nodes.map(({ name }) => String(name?.value).replace(/\s+/g, ' ')));
    const labels = await panel.page
      .locator('.words .mark')
      .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('aria-label') ?? ''));
    assert.equal(labels.length, decided.length);
    assert.deepEqual(
      labels.filter((label) => !names.has(label.replace(/\s+/g, ' '))),
      [],
    );
  });

  it('is laid out only near the sight, at its beginning, its middle and its end, in both views', async () => {
    const panel = await open();
    await panel.show(panelRun(long));
    for (const view of ['.words', '.rendered']) {
      if (view === '.rendered') await panel.page.getByRole('button', { name: 'Rendered', exact: true }).click();
      for (const share of [0, 0.5, 1]) {
        await scrollTo(panel, share);
        const count = await marksLaidOut(panel, view);
        assert.ok(count > 0 && count < decided.length / 5, `${count} marks of ${decided.length} at ${share}, ${view}`);
      }
    }
  });

  it('follows its end from the moment it is opened', async () => {
    const panel = await open();
    const tail = long.lines.length - 200;
    await panel.show(panelRun(long, { lines: long.lines.slice(0, tail), state: REASONING }));
    const distance = async (): Promise<number> =>
      await panel.page
        .locator('.text-scroller')
        .evaluate((scroller) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight);
    assert.ok((await distance()) < 2);
    await panel.send({ type: 'lines-added', runId: 'long', lines: long.lines.slice(tail, -1) });
    assert.ok((await distance()) < 2);
    assert.equal(await panel.page.getByRole('button', { name: /Follow the Text/ }).count(), 0);
  });

  it('takes more words, and another step, with the work that a run of 500 takes', async () => {
    const [short, whole] = [await work(500), await work(STEPS)];
    assert.ok(whole.added <= short.added * 1.5 + 10, `${whole.added} nodes for ${short.added}`);
    assert.ok(whole.stream.layouts <= short.stream.layouts * 1.5 + 5);
    assert.ok(whole.select.layouts <= short.select.layouts * 1.5 + 5);
    // Twenty times the words; what goes through all of them would take many times as long.
    const ratio = (a: PageCosts, b: PageCosts): number => (a.scriptMs + a.layoutMs) / (b.scriptMs + b.layoutMs);
    assert.ok(ratio(whole.stream, short.stream) < 4, `streaming ${ratio(whole.stream, short.stream)}`);
    assert.ok(ratio(whole.select, short.select) < 4, `selecting ${ratio(whole.select, short.select)}`);
  });

  /** What the last batches of a run and a walk over its last marks cost. */
  async function work(steps: number): Promise<{ added: number; stream: PageCosts; select: PageCosts }> {
    const panel = await open();
    const { lines } = reasoningRun({ steps });
    const tail = lines.length - 60;
    await panel.show(panelRun(long, { lines: lines.slice(0, tail), state: REASONING }));
    await panel.page.locator('.words').evaluate((words) => {
      const record = globalThis as unknown as { added: number };
      record.added = 0;
      new MutationObserver((mutations) => {
        for (const { addedNodes } of mutations) record.added += addedNodes.length;
      }).observe(words, { childList: true, characterData: true, subtree: true });
    });
    const meter = await PageMeter.of(panel);
    const add = async (part: readonly TraceLine[]): Promise<void> => {
      await panel.send({ type: 'lines-added', runId: 'long', lines: part });
    };
    const stream = await meter.measure(async () => {
      for (let at = tail; at < lines.length; at += 3) await add(lines.slice(at, at + 3));
    });
    const added = await panel.page.evaluate(() => (globalThis as unknown as { added: number }).added);
    const marks = viewRun(eventsOf(lines)).decisions.slice(-12);
    const select = await meter.measure(async () => {
      for (const { step } of marks) await panel.send({ type: 'step-shown', runId: 'long', step });
    });
    return { added, stream, select };
  }

  for (const theme of ['dark', 'light', 'hc-dark'] satisfies readonly ThemeName[]) {
    it(`looks the same at its beginning, middle and end: pictures in ${theme}`, async () => {
      const panel = await open({ theme });
      await panel.show(panelRun(long));
      for (const [place, share] of [
        ['top', 0],
        ['middle', 0.5],
        ['end', 1],
      ] as const) {
        await scrollTo(panel, share);
        await panel.picture(`long-run-${theme}-${place}`);
      }
      await panel.page.getByRole('button', { name: 'Rendered', exact: true }).click();
      await scrollTo(panel, 0.5);
      await panel.picture(`long-run-${theme}-rendered`);
      // Blanks where a block was left out would show as a gap between two neighbours.
      const gaps = await panel.page.locator('.words').evaluate((words) => {
        words.removeAttribute('hidden');
        const boxes = [...words.children].map((block) => block.getBoundingClientRect());
        return boxes.filter((box, index) => Math.abs(box.top - (boxes[index - 1]?.bottom ?? box.top)) > 1).length;
      });
      assert.equal(gaps, 0);
    });
  }
});
