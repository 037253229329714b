import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Window } from 'happy-dom';
import type { HTMLElement as PageElement } from 'happy-dom';
import { exportHtml } from '../../src/export/exportHtml.ts';
import { HTML_STYLE, HTML_STYLE_HASH } from '../../src/export/htmlStyle.ts';
import { scoredTrace } from '../support/scoredTrace.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';
import type { ScriptedTrace, ScriptedTraceOptions } from '../support/scriptedTrace.ts';

const HOSTILE = `</title></style><script>alert(1)</script><img src=x onerror="alert('2')">&lt;b&gt;`;

describe('exportHtml', () => {
  const windows: Window[] = [];
  afterEach(async () => {
    for (const window of windows.splice(0)) await window.happyDOM.close();
  });

  async function page(
    options: ScriptedTraceOptions = {},
    trace?: ScriptedTrace,
  ): Promise<{ html: string; body: PageElement }> {
    trace ??= await scriptedTrace(options);
    const html = exportHtml({ ...trace, damage: null });
    const window = new Window();
    windows.push(window);
    window.document.write(html);
    return { html, body: window.document.body };
  }

  it('says that a mentor wrote nothing where it has scored what is kept', async () => {
    const { body } = await page({}, await scoredTrace());
    const [rejected, kept] = [...body.querySelectorAll('.decisions > li')].map(({ textContent }) => textContent);
    assert.match(rejected ?? '', /The verifier wrote 3\..*MentorPatch: The sum is 5\./s);
    assert.match(kept ?? '', /The verifier wrote 8\..*Patch: ␣The answer is 4\..*MentorWrote nothing\./s);
  });

  it('shows the whole text, the mentor\u2019s segment marked, spoken and linked to its decision', async () => {
    const { body } = await page();
    assert.equal(body.querySelector('.solution')?.textContent, 'The sum is 5. The answer is 5.');
    const marks = [...body.querySelectorAll('.solution a.mentor')];
    assert.deepEqual(
      marks.map((mark) => mark.textContent),
      ['5. The answer', '5.'],
    );
    assert.equal(marks[0]?.getAttribute('aria-label'), '5. The answer (From the mentor, step 3)');
    const decision = body.querySelector(marks[0].getAttribute('href') ?? 'none');
    assert.match(decision?.textContent ?? '', /took the mentor's patch/);
    assert.match(decision?.textContent ?? '', /␣4\. The answer/);
    assert.match(decision?.textContent ?? '', /towards the mentor/);
  });

  it('keeps the marks of agreed and kept words apart from the mentor\u2019s', async () => {
    const { body } = await page({ letter: 'A' });
    assert.equal(body.querySelectorAll('.solution a.mentor').length, 0);
    assert.ok(body.querySelectorAll('.solution a.agreed').length > 0);
    assert.ok(body.querySelectorAll('.solution a.kept').length > 0);
    assert.match(body.textContent, /0\.0% of the accepted tokens: the verifier kept/);
  });

  it('says that a run without probes had none', async () => {
    const { body } = await page({ settings: { decision: 'never' } });
    assert.match(body.textContent, /The mentor was never probed/);
  });

  it('keeps hostile text as text, in the question, the words and the patches', async () => {
    const words = [HOSTILE.replaceAll(' ', '\u00a0'), ' done'];
    const { html, body } = await page({ question: HOSTILE, generator: words, mentor: [...words, ' "quoted\' '] });
    assert.equal(body.ownerDocument.querySelectorAll('script, img, b, iframe').length, 0);
    assert.doesNotMatch(html, /<script|<img/i);
    assert.equal(body.querySelector('h1')?.textContent, HOSTILE);
    assert.ok(body.querySelector('.solution')?.textContent.startsWith(words[0] ?? 'none'));
  });

  it('forbids itself everything but its style sheet', async () => {
    const { html } = await page();
    const hash = createHash('sha256').update(HTML_STYLE).digest('base64');
    assert.equal(HTML_STYLE_HASH, `sha256-${hash}`);
    assert.match(html, new RegExp(`content="default-src 'none'; style-src 'sha256-`));
    assert.doesNotMatch(html, /\bstyle="|\bon[a-z]+="|https?:/);
  });

  it('says where a damaged trace stops', async () => {
    const { header, events } = await scriptedTrace();
    const damage = { line: 7, message: 'Cut <off>.' };
    const html = exportHtml({ header, events: events.slice(0, 5), damage });
    assert.match(html, /damaged at line 7; .*Cut &lt;off&gt;\./);
    assert.match(html, /The trace breaks off before the end of the run/);
  });
});
