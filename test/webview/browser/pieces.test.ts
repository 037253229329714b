import assert from 'node:assert/strict';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';
import { panelRun, sampleRun } from '../../support/panelPage/sampleRun.ts';

const { script, steps } = sampleRun();
const REASONING = { phase: 'reasoning', sinceMs: 0 } as const;

/** A line as format 1.0 had it: pieces without candidates. */
function withoutCandidates(line: TraceLine): TraceLine {
  if (line.type === 'run-started') return { ...line, formatVersion: '1.0' };
  if (line.type !== 'patch-drafted') return line;
  const pieces = line.patch.pieces.map((piece) => ({ ...piece, candidates: [] }));
  return { ...line, patch: { ...line.patch, pieces } };
}

describe('the pieces of a step', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  it('are all there with their probability, the words and then the patches', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.mark(steps.taken).click();
    const pieces = panel.page.getByRole('group', { name: "Mentor's pieces" }).getByRole('button');
    assert.equal(await pieces.count(), 10);
    assert.equal(await pieces.nth(0).getAttribute('aria-label'), '␣30$, word, probability 0.99');
    assert.equal(await pieces.nth(2).getAttribute('aria-label'), '␣shells,, patch, probability 0.67');
  });

  it('show their candidates when pointed at, and keep those of the chosen one', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.mark(steps.taken).click();
    const group = panel.page.getByRole('group', { name: "Generator's pieces" });
    const table = (piece: string) =>
      panel.page.getByRole('table', { name: `Generator's candidates at ${piece}`, exact: true });
    assert.equal(await table('␣36$').count(), 1);
    await group.getByRole('button', { name: '␣shells,' }).hover();
    assert.match(await table('␣shells,').innerText(), /␣else\s+0\.20/);
    await panel.page.mouse.move(0, 0);
    assert.equal(await table('␣36$').count(), 1);
    await group.getByRole('button', { name: '␣shells,' }).click();
    await panel.page.mouse.move(0, 0);
    assert.equal(await table('␣shells,').count(), 1);
  });

  it('are one stop of Tab, and walked with arrows without leaving the step', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.mark(steps.taken).click();
    const group = panel.page.getByRole('group', { name: "Generator's pieces" });
    await group.getByRole('button').first().focus();
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.keyboard.press('ArrowRight');
    assert.equal(await panel.page.getByRole('table', { name: "Generator's candidates at ␣shells," }).count(), 1);
    assert.match(await panel.page.getByRole('heading', { level: 2 }).innerText(), new RegExp(`Step ${steps.taken} `));
    assert.equal(await group.locator('[tabindex="0"]').count(), 1);
  });

  it('say so where a trace of format 1.0 has no candidates', async () => {
    const panel = await open();
    await panel.show(panelRun(script, { lines: script.lines.map(withoutCandidates) }));
    await panel.mark(steps.taken).click();
    await panel.page.getByRole('group', { name: "Generator's pieces" }).getByRole('button', { name: '␣so,' }).click();
    assert.match(
      await panel.page.getByRole('region', { name: 'Pieces' }).innerText(),
      /Not recorded: traces of format 1\.0/,
    );
  });

  it('are there for an unprobed word too, of the generator alone', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.send({ type: 'step-shown', runId: 'sample', step: 1 });
    const inspector = panel.page.getByRole('complementary');
    assert.equal(await inspector.getByRole('table').count(), 1);
    const text = (await inspector.innerText()).replace(/\s+/g, ' ');
    assert.match(text, /chance did not choose this word \(probability 0\.24\)/);
    assert.match(text, /Generator 2 tokens decoded, 0 read, 8 ms Mentor not asked/);
  });

  it('mark the words in which two patches differ, by line and not by colour alone', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.mark(steps.taken).click();
    for (const [name, word, line] of [
      ["Generator's patch", '36', 'dashed'],
      ["Mentor's patch", '30', 'double'],
    ] as const) {
      const marks = panel.page.getByRole('region', { name }).locator('mark');
      assert.deepEqual(await marks.allInnerTexts(), [word, word]);
      assert.equal(await marks.first().evaluate((mark) => getComputedStyle(mark).borderBottomStyle), line);
    }
  });
});

describe('what a step offers to do otherwise', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  it('is the other patch, and going on with or without the mentor', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.mark(steps.taken).click();
    for (const [name, type] of [
      ['Take the other patch from here', 'other-patch'],
      ['Continue from here without the mentor', 'without-mentor'],
      ['Continue from here with the mentor', 'with-mentor'],
    ] as const) {
      await panel.page.getByRole('button', { name }).click();
      assert.deepEqual((await panel.posted()).at(-1), {
        type: 'branch-requested',
        step: steps.taken,
        change: { type },
      });
    }
  });

  it('is any other candidate of either model, but not the end and not what was taken', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.mark(steps.taken).click();
    const uses = panel.page.getByRole('button', { name: /^Use this candidate word/ });
    assert.equal(await uses.count(), 5);
    const ofMentor = panel.page.getByRole('table', { name: /^Mentor's candidates/ });
    assert.equal(await ofMentor.getByRole('button', { name: '␣30$' }).count(), 0);
    await ofMentor.getByRole('button', { name: 'Use this candidate word: ␣36$' }).click();
    assert.deepEqual((await panel.posted()).at(-1), {
      type: 'branch-requested',
      step: steps.taken,
      change: { type: 'candidate', by: 'mentor', text: ' 36$' },
    });
    await panel.mark(steps.end).click();
    assert.deepEqual(await uses.evaluateAll((all) => all.map((use) => use.getAttribute('aria-label'))), [
      'Use this candidate word: ␣s',
      'Use this candidate word: ␣so',
    ]);
  });

  it('has no other patch where the models did not diverge', async () => {
    const panel = await open();
    await panel.show(panelRun(script));
    await panel.mark(steps.agreed).click();
    assert.equal(await panel.page.getByRole('button', { name: 'Take the other patch from here' }).count(), 0);
    assert.equal(await panel.page.getByRole('button', { name: /^Continue from here/ }).count(), 2);
  });

  it('waits for the end of the run, and says so', async () => {
    const panel = await open();
    await panel.show(panelRun(script, { state: REASONING }));
    await panel.mark(steps.taken).click();
    const button = panel.page.getByRole('button', { name: 'Take the other patch from here' });
    assert.ok(await button.isDisabled());
    assert.match(await panel.page.getByRole('region', { name: 'What if?' }).innerText(), /once the run is over/);
    assert.equal(await panel.page.getByRole('button', { name: /^Use this candidate word/ }).count(), 0);
  });

  it('is nothing where no branch can be made', async () => {
    const panel = await open();
    await panel.show(panelRun(script, { abilities: [] }));
    await panel.mark(steps.taken).click();
    assert.equal(await panel.page.getByRole('region', { name: 'What if?' }).count(), 0);
    assert.equal(await panel.page.getByRole('button', { name: /^Use this candidate word/ }).count(), 0);
  });
});
