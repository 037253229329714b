import assert from 'node:assert/strict';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';
import { panelRun, sampleRun } from '../../support/panelPage/sampleRun.ts';
import { RunScript } from '../../support/panelPage/runScript.ts';
import { panelBranch } from '../../support/panelPage/sampleBranch.ts';
import {
  drag,
  MIDDLE_LENGTH,
  openStep,
  placeOf,
  said,
  SAMPLE_LENGTH,
  showMiddle,
  sightOf,
  slider,
  TAKEN_ROW,
} from '../../support/panelPage/timelinePage.ts';

const { script, steps } = sampleRun();
const REASONING = { phase: 'reasoning', sinceMs: 0 } as const;

describe('the timeline in the panel', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  it('tells of the step under the pointer: word, probability, entropy, outcome', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await slider(panel).waitFor();
    const { x, y } = await placeOf(panel, steps.taken);
    await panel.page.mouse.move(x, y);
    const readout = panel.page.locator('.timeline-readout');
    const words = `Step ${steps.taken} of ${SAMPLE_LENGTH}, word “36$”, probability 0.41, entropy 1.02 nats, mentor's patch taken`;
    assert.equal(await readout.innerText(), words);
    await panel.page.mouse.move(0, 0);
    assert.equal(await readout.count(), 0);
  });

  it('keeps what it tells within the panel at both ends', async () => {
    const panel = await open({ size: { width: 420, height: 860 } });
    await panel.show(panelRun(script));
    await slider(panel).waitFor();
    for (const step of [0, SAMPLE_LENGTH - 1]) {
      const { x, y } = await placeOf(panel, step);
      await panel.page.mouse.move(x, y);
      const box = await panel.page.locator('.timeline-readout').boundingBox();
      assert.ok(box && box.x >= 0 && box.x + box.width <= 420, JSON.stringify(box));
    }
  });

  it('opens the decision of a mark that is clicked, and marks the open step', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await slider(panel).waitFor();
    const { x, y } = await placeOf(panel, steps.takenLast, { height: TAKEN_ROW });
    await panel.page.mouse.click(x, y);
    assert.equal(await openStep(panel), steps.takenLast);
    const line = await panel.page.locator('.timeline-selected').boundingBox();
    assert.ok(line && Math.abs(line.x + line.width / 2 - x) < 2);
    await panel.mark(steps.agreed).click();
    const { x: agreed } = await placeOf(panel, steps.agreed);
    const moved = await panel.page.locator('.timeline-selected').boundingBox();
    assert.ok(moved && Math.abs(moved.x + moved.width / 2 - agreed) < 2);
  });

  it('opens one after the other of the probes that share a mark', async () => {
    const panel = await open();
    const always = new RunScript('always', 'Count.');
    for (let i = 0; i < 400; i++) always.agree(` word${i}`);
    await panel.show(panelRun(always));
    await slider(panel).waitFor();
    const { x, y } = await placeOf(panel, 0, { length: 400, height: 0.76 });
    const opened: (number | null)[] = [];
    for (let i = 0; i < 4; i++) {
      await panel.page.mouse.click(x + 3, y);
      opened.push(await openStep(panel));
    }
    assert.deepEqual(opened, [0, 1, 2, 3]);
  });

  it('takes the text along where it is clicked, and opens nothing', async () => {
    const panel = await open();
    await showMiddle(panel);
    const { x, y } = await placeOf(panel, 400, { length: MIDDLE_LENGTH });
    await panel.page.mouse.click(x, y);
    assert.equal(await openStep(panel), null);
    await panel.page.waitForFunction(() => (document.querySelector('.text-scroller')?.scrollTop ?? 0) > 100);
    const { first, last } = await sightOf(panel, MIDDLE_LENGTH);
    assert.ok(first <= 400 && 400 <= last, `${first} to ${last}`);
  });

  it('scrolls the text to the start of a range that is brushed, zooms into it and shows the whole again', async () => {
    const panel = await open();
    await showMiddle(panel);
    await drag(panel, 500, 300, { length: MIDDLE_LENGTH });
    const brush = await panel.page.locator('.timeline-brush').boundingBox();
    const { x } = await placeOf(panel, 300, { length: MIDDLE_LENGTH });
    assert.ok(brush && Math.abs(brush.x - x) < 3);
    const zoom = panel.page.getByRole('button', { name: 'Zoom to 300–500' });
    assert.equal(await zoom.count(), 1);
    await panel.page.waitForFunction(() => (document.querySelector('.text-scroller')?.scrollTop ?? 0) > 100);
    const { first, last } = await sightOf(panel, MIDDLE_LENGTH);
    assert.ok(first <= 300 && 300 <= last, `${first} to ${last}`);
    await panel.picture('timeline-brushed');

    await zoom.click();
    await panel.page.locator('.timeline-labels text', { hasText: /^300 / }).waitFor();
    assert.equal(await panel.page.locator('.timeline-brush').count(), 0);
    await panel.picture('timeline-zoomed');
    await panel.page.getByRole('button', { name: 'Whole Run' }).click();
    await panel.page.locator('.timeline-labels text', { hasText: /^0$/ }).nth(1).waitFor();
    assert.equal(await panel.page.getByRole('button', { name: 'Whole Run' }).count(), 0);
  });

  it('shows which part of the text is in sight, follows its scrolling, and scrolls it when dragged', async () => {
    const panel = await open();
    await showMiddle(panel);
    const before = await sightOf(panel, MIDDLE_LENGTH);
    assert.ok(before.first <= 1 && before.last > 20 && before.last < 500, JSON.stringify(before));
    const bar = await panel.page.locator('.timeline-sight-bar').getAttribute('x');
    await panel.page.locator('.text-scroller').evaluate((scroller) => {
      scroller.scrollTop = scroller.scrollHeight;
    });
    await panel.page.waitForFunction(
      (x) => document.querySelector('.timeline-sight-bar')?.getAttribute('x') !== x,
      bar,
    );
    const end = await sightOf(panel, MIDDLE_LENGTH);
    assert.ok(end.last >= MIDDLE_LENGTH - 2, JSON.stringify(end));
    const grip = Math.round((end.first + end.last) / 2);
    await drag(panel, grip, grip - 200, { length: MIDDLE_LENGTH, height: 0.04 });
    await panel.page.waitForFunction(() => {
      const scroller = document.querySelector('.text-scroller');
      return scroller && scroller.scrollTop < scroller.scrollHeight - scroller.clientHeight - 100;
    });
    assert.equal(await panel.page.locator('.timeline-brush').count(), 0);
    const moved = await sightOf(panel, MIDDLE_LENGTH);
    const centre = (moved.first + moved.last) / 2;
    assert.ok(Math.abs(centre - (grip - 200)) < 30, JSON.stringify(moved));
  });

  it('shows where a branch begins and where its text differs', async () => {
    const panel = await open();
    await panel.show(panelBranch());
    await slider(panel).waitFor();
    assert.equal(await panel.page.locator('.timeline-chart .timeline-branch').count(), 1);
    assert.equal(await panel.page.locator('.timeline-chart .timeline-difference').count(), 1);
    await slider(panel).focus();
    await panel.page.keyboard.press('ArrowRight');
    assert.match(await said(panel), /, the branch begins here, from here the text differs from the parent's$/);
    await panel.picture('timeline-branch');
  });

  it('appears with the first step and grows with the run, its end ahead of it', async () => {
    const panel = await open();
    const lines = script.lines;
    await panel.show(panelRun(script, { lines: lines.slice(0, 2), state: REASONING }));
    assert.equal(await panel.page.locator('.timeline').count(), 0);
    await panel.send({ type: 'lines-added', runId: script.runId, lines: lines.slice(2, 12) });
    await slider(panel).waitFor();
    const first = await panel.page.locator('.timeline-probability').last().getAttribute('d');
    await panel.send({ type: 'lines-added', runId: script.runId, lines: lines.slice(12) });
    await panel.page.waitForFunction(
      (path) =>
        [...document.querySelectorAll('.timeline-chart .timeline-probability')].at(-1)?.getAttribute('d') !== path,
      first,
    );
    const curve = await panel.page.locator('.timeline-chart .timeline-probability').boundingBox();
    const axis = await panel.page.locator('.timeline-axis').boundingBox();
    assert.ok(curve && axis && curve.x + curve.width < axis.x + axis.width - 10);
    await panel.send({ type: 'state-changed', runId: script.runId, state: { phase: 'done' }, notice: null });
    await panel.page.waitForFunction(() => {
      const right = (selector: string): number =>
        document.querySelector(`.timeline-chart ${selector}`)?.getBoundingClientRect().right ?? 0;
      return right('.timeline-axis') - right('.timeline-probability') < 20;
    });
  });

  it('fits itself to the panel’s width', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await slider(panel).waitFor();
    for (const width of [900, 420, 1100]) {
      await panel.page.setViewportSize({ width, height: 800 });
      await panel.page.waitForFunction((wanted) => {
        const picture = document.querySelector('.timeline-chart svg')?.getBoundingClientRect();
        return picture && picture.width > wanted - 40 && picture.right <= wanted;
      }, width);
    }
    assert.equal(await panel.page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  });
});
