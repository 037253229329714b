import assert from 'node:assert/strict';
import type { PanelPage } from '../../support/panelPage/panelPage.ts';
import { RunScript } from '../../support/panelPage/runScript.ts';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';
import { panelRun, sampleRun } from '../../support/panelPage/sampleRun.ts';

const { script, steps } = sampleRun();

const HOSTILE = [
  '<script>globalThis.pwned = 1</script><img src=x onerror="pwned = 1"><svg onload=alert(1)><style>*{display:none}</style>',
  '[click](javascript:pwned=1) [data](data:text/html,<script>pwned=1</script>) ![](https://tracker.test/a.png)',
  '<javascript:alert(1)> <https://evil.test> https://evil.test/auto [r]: javascript:alert(1)',
  '$\\href{javascript:pwned=1}{x}$ $\\url{javascript:pwned=1}$ $\\includegraphics{https://evil.test/a.png}$',
  '$\\htmlStyle{position:fixed}{x}$ $\\htmlData{step=3}{x}$ $\\htmlClass{panel}{x}$ $\\htmlId{root}{x}$',
  '$\\text{<img src=x onerror=pwned=1>}$ $\\unicode{x3c}$ $\\color{red}{x}$ $\\colorbox{red}{x}$ $\\tag{1} x$',
  '```<img src=x onerror=pwned=1>\n</code></pre><script>pwned=1</script>\n```',
  '`</code><script>pwned = 1</script>` | a | <b onclick=pwned=1> |',
  '<math><annotation-xml encoding="text/html"><script>pwned=1</script></annotation-xml></math>',
  '<mark data-step="1" role=button style="position:fixed">x</mark> &lt;script&gt; &#60;script&#62;pwned=1',
  '\uE000\uE001\uF8FF\u202E\u0000\uFFFE<think><script>pwned=1</script></think>',
  '<form action=https://evil.test><input name=x></form><iframe srcdoc="<script>parent.pwned=1</script>"></iframe>',
  '> '.repeat(600) + 'deep',
  `$${'{'.repeat(3_000)}$ ${'*_'.repeat(3_000)} ${'['.repeat(3_000)}`,
].join('\n\n');

async function showRendered(panel: PanelPage, run: RunScript): Promise<void> {
  await panel.show(panelRun(run));
  await panel.page.getByRole('button', { name: 'Rendered', exact: true }).click();
}

/** Everything in the rendered text that could run, load, link or dress up. */
async function dangersIn(panel: PanelPage, selector: string): Promise<readonly string[]> {
  return await panel.page.locator(selector).evaluate((root) => {
    const tags =
      'script, style, link, meta, base, iframe, object, embed, form, input, img, svg, a, video, audio, annotation';
    const found = [...root.querySelectorAll(tags)].map((element) => element.outerHTML.slice(0, 80));
    for (const element of root.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (name === 'style' && element.matches('.text-block') && /^--lines: \d+;$/.test(value)) continue;
        if (/^on|^(style|href|src|srcdoc|action|formaction|xlink:href|id|mathcolor|mathbackground)$/i.test(name)) {
          found.push(`${element.localName} ${name}=${value}`);
        }
      }
    }
    return found;
  });
}

describe('the Rendered view', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  it('is Markdown with formulas', async () => {
    const panel = await open();
    await showRendered(panel, script);
    const rendered = panel.page.locator('.rendered');
    assert.equal(await rendered.locator('li').count(), 2);
    assert.equal(await rendered.locator('strong').innerText(), 'triples');
    assert.equal(await rendered.locator('math').count(), 3);
    assert.equal(await rendered.locator('math[display=block]').count(), 1);
    assert.equal(
      await panel.page.evaluate(
        () => document.querySelector('.rendered math mfrac, .rendered math mrow')?.namespaceURI,
      ),
      'http://www.w3.org/1998/Math/MathML',
    );
  });

  it('keeps the marks, as controls with labels, and marks touched formulas whole', async () => {
    const panel = await open();
    await showRendered(panel, script);
    const marks = panel.mark(steps.taken);
    assert.deepEqual(
      await marks.evaluateAll((elements) =>
        elements.map((mark) => (mark.querySelector('math') ? 'formula' : mark.textContent)),
      ),
      ['formula', ' shells, so she has ', 'formula'],
    );
    assert.match((await marks.first().getAttribute('aria-label')) ?? '', /mentor's words, step 12$/);
    assert.match((await marks.last().getAttribute('aria-label')) ?? '', /step 12, continued$/);
    assert.equal(
      await panel
        .mark(steps.kept)
        .first()
        .evaluate((mark) => getComputedStyle(mark).borderBottomStyle),
      'dashed',
    );
    assert.equal(await panel.mark(steps.agreed).count(), 1);
  });

  it('opens decisions by click on any part and walks them by keyboard', async () => {
    const panel = await open();
    await showRendered(panel, script);
    await panel.mark(steps.taken).last().click();
    const heading = panel.page.getByRole('complementary').getByRole('heading', { level: 2 });
    assert.match(await heading.innerText(), /Step 12 /);
    assert.deepEqual(
      await panel.mark(steps.taken).evaluateAll((marks) => marks.map((mark) => mark.getAttribute('aria-expanded'))),
      ['true', 'true', 'true'],
    );
    await panel.page.keyboard.press('ArrowRight');
    assert.match(await heading.innerText(), new RegExp(`Step ${steps.agreed} `));
  });

  it('is rendered anew for another run', async () => {
    const panel = await open();
    await showRendered(panel, script);
    await panel.show(panelRun(new RunScript('other', 'q').write('Only *this*.').end()));
    assert.equal(await panel.page.locator('.rendered').innerText(), 'Only this.');
  });

  it('folds thinking away, and unfolds it for a mark inside', async () => {
    const panel = await open();
    const run = new RunScript('thinking', 'q')
      .write('<think> Let me')
      .agree(' see.')
      .write('</think> It is')
      .agree(' 4.')
      .end();
    await showRendered(panel, run);
    const thinking = panel.page.locator('details.thinking');
    assert.equal(await thinking.getAttribute('open'), null);
    assert.equal(await panel.page.locator('.rendered > p').innerText(), 'It is 4.');
    assert.equal(await panel.page.locator('.mark[tabindex="0"]:visible').innerText(), '4.');
    await panel.mark(7).click();
    await panel.page.keyboard.press('ArrowLeft');
    assert.notEqual(await thinking.getAttribute('open'), null);
    assert.equal(await panel.mark(3).evaluate((mark) => mark === document.activeElement), true);
  });

  it('lets nothing of a hostile text run, load, link or dress up, in either view', async () => {
    const panel = await open();
    const run = new RunScript('hostile', HOSTILE).write(HOSTILE);
    run.diverge({
      generatorWord: HOSTILE,
      mentorWord: '<b>',
      generatorPatch: HOSTILE,
      mentorPatch: HOSTILE,
      letter: 'B',
      score: 1,
    });
    run.end({ answer: HOSTILE });
    await panel.show(panelRun(run, { question: HOSTILE, generatorName: '<img src=x onerror=pwned=1>', preset: '<b>' }));
    await panel
      .mark(run.lines.filter((line) => line.type === 'step-taken').length - 1)
      .first()
      .click();
    assert.deepEqual(await dangersIn(panel, '.words'), []);
    await panel.page.getByRole('button', { name: 'Rendered', exact: true }).click();
    assert.ok((await panel.page.locator('.rendered').innerText()).includes('<script>globalThis.pwned = 1</script>'));
    assert.deepEqual(await dangersIn(panel, '.rendered'), []);
    await panel.page.locator('.rendered .mark').evaluateAll((marks) => {
      for (const mark of marks.slice(0, 5)) mark.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    });
    assert.equal(await panel.page.evaluate(() => 'pwned' in globalThis), false);
    assert.deepEqual([...new Set(panel.requests)].sort(), ['/', '/panel.css', '/panel.js']);
  });

  it('says so when a text is too long, and keeps it in Words', async () => {
    const panel = await open();
    await showRendered(panel, new RunScript('huge', 'q').write(`${'x'.repeat(1_000)} `.repeat(201)).end());
    await panel.page.locator('.rendered', { hasText: 'too long to be rendered' }).waitFor();
    await panel.page.getByRole('button', { name: 'Words', exact: true }).click();
    assert.equal(((await panel.page.locator('.words').textContent()) ?? '').length, 201_201);
  });
});
