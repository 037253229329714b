import assert from 'node:assert/strict';
import { Window } from 'happy-dom';
import type { HTMLElement as PageElement } from 'happy-dom';
import { viewRun } from '../../src/core/view/runView.ts';
import { exportHtml } from '../../src/export/exportHtml.ts';
import { htmlTimeline } from '../../src/export/htmlTimeline.ts';
import { recordOf } from '../../src/export/runRecord.ts';
import { eventsOf } from '../../src/protocol/eventsOf.ts';
import type { TraceLine } from '../../src/protocol/trace.ts';
import { asBranch, branchScript } from '../support/panelPage/sampleBranch.ts';
import { sampleRun } from '../support/panelPage/sampleRun.ts';
import { unevenLines, unevenRun } from '../support/panelPage/unevenRun.ts';

const { script, steps } = sampleRun();

describe('the timeline of an exported page', () => {
  const windows: Window[] = [];
  afterEach(async () => {
    for (const window of windows.splice(0)) await window.happyDOM.close();
  });

  function page(lines: readonly TraceLine[]): PageElement {
    const [header] = lines;
    const record = recordOf({
      header: header?.type === 'run-started' ? header : null,
      events: eventsOf(lines),
      damage: null,
    });
    const window = new Window();
    windows.push(window);
    window.document.write(exportHtml(record ?? assert.fail()));
    return window.document.body;
  }

  it('marks every probe by the shape of its outcome, each leading to its decision by name', () => {
    const body = page(script.lines);
    const links = [...body.querySelectorAll('.timeline > svg a')];
    assert.deepEqual(
      links.map((link) => [link.getAttribute('href'), link.querySelector('path')?.getAttribute('class')]),
      viewRun(eventsOf(script.lines)).decisions.map(({ step, outcome }) => [
        `#step-${step}`,
        { agreed: 'agreed', keptGenerator: 'kept', tookMentor: 'mentor' }[outcome],
      ]),
    );
    for (const link of links) assert.ok(body.querySelector(link.getAttribute('href') ?? 'none'));
    const taken = links.find((link) => link.getAttribute('href') === `#step-${steps.taken}`);
    assert.match(taken?.getAttribute('aria-label') ?? '', /^Step 12 of 42, word “36\$”, .* mentor's patch taken$/);
    const shapes = links.map((link) =>
      link
        .querySelector('path')
        ?.getAttribute('d')
        ?.replace(/^M[\d.]+ [\d.]+/, ''),
    );
    assert.equal(new Set(shapes).size, 3);
  });

  it('has a name, a summary and a list of the notable steps in words', () => {
    const body = page(script.lines);
    const picture = body.querySelector('.timeline > svg');
    const textOf = (attribute: string): string =>
      body.querySelector(`[id="${picture?.getAttribute(attribute) ?? ''}"]`)?.textContent ?? '';
    assert.equal(textOf('aria-labelledby'), 'Timeline of the run');
    assert.match(textOf('aria-describedby'), /^42 steps\. .*Of 6 probes, 2 took the mentor's patch/);
    const items = [...body.querySelectorAll('details li')].map((item) => item.textContent);
    assert.ok(items.some((item) => item.startsWith('Step 12 of 42') && item.endsWith('(among the least certain)')));
  });

  it('shows where a branch begins', () => {
    const title = page(asBranch(branchScript())).querySelector('.timeline .branch title');
    assert.equal(title?.textContent, `The branch begins at step ${steps.taken}`);
    assert.equal(page(script.lines).querySelector('.timeline .branch'), null);
  });

  it('stays small for 10,000 words, and says how many steps a column sums up', () => {
    const html = htmlTimeline(viewRun(eventsOf(unevenLines(unevenRun(10_000)))), null);
    assert.ok(html.length < 150_000, `${html.length} characters`);
    assert.match(html, /mean and range of every 32 steps/);
    assert.match(html, /<a [^>]*aria-label="Steps \d+ to \d+: \d+ times both agreed"/);
    assert.match(html, /And \d+ more divergences/);
  });

  it('keeps hostile words as text', () => {
    const hostile = '</svg><script>alert(1)</script>"\'';
    const body = page(script.lines.map((line) => (line.type === 'step-taken' ? { ...line, text: hostile } : line)));
    assert.equal(body.querySelectorAll('script').length, 0);
    const labels = [...body.querySelectorAll('.timeline text')].map(({ textContent }) => textContent);
    assert.ok(labels.some((label) => label.includes('</svg>')));
  });

  it('is left out of a run without steps', () => {
    const body = page(script.lines.slice(0, 1));
    assert.equal(body.querySelector('.timeline'), null);
    assert.doesNotMatch(body.textContent, /Timeline/);
  });
});
