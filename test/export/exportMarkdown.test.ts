import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { Window } from 'happy-dom';
import { escapeMarkdown } from '../../src/export/escapeMarkdown.ts';
import { exportMarkdown } from '../../src/export/exportMarkdown.ts';
import { scoredTrace } from '../support/scoredTrace.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';
import type { ScriptedTraceOptions } from '../support/scriptedTrace.ts';

const markdown = new MarkdownIt({ html: true, linkify: true });
const window = new Window();

/** What a reader sees of Markdown, with the elements that it became. */
function rendered(source: string): { text: string; tags: readonly string[]; html: string } {
  const html = markdown.render(source);
  window.document.body.innerHTML = html;
  const tags = [...window.document.body.querySelectorAll('*')].map((element) => element.tagName.toLowerCase());
  return { text: window.document.body.textContent.replaceAll('\u00a0', ' ').trimEnd(), tags, html };
}

async function exported(options: ScriptedTraceOptions = {}): Promise<string> {
  return exportMarkdown({ ...(await scriptedTrace(options)), damage: null });
}

/** The part under one heading. */
function section(source: string, heading: string): string {
  const [, part = ''] = source.split(`## ${heading}\n`);
  return part.split('\n## ')[0] ?? '';
}

describe('escapeMarkdown', () => {
  after(() => window.happyDOM.close());

  it('shows any one line as it is', () => {
    const signs = fc.constantFrom(
      ...'\\`*_{}[]()#+-.!|<>~$&=:;/"@^ \t1a'.split(''),
      '- ',
      '1. ',
      'http://a.b',
      'www.a.b',
      '&lt;',
      '<b>',
    );
    const line = fc.array(signs, { maxLength: 12 }).map((parts) => parts.join('').trimEnd());
    fc.assert(
      fc.property(line, (text) => {
        const { text: seen, tags } = rendered(escapeMarkdown(text));
        assert.equal(
          seen,
          text.replace(/^[\t ]+/, (spaces) => ' '.repeat(spaces.length)),
        );
        assert.deepEqual(tags, text === '' ? [] : ['p']);
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });
});

describe('exportMarkdown', () => {
  it('leaves the cells of a mentor empty that wrote nothing', async () => {
    const source = exportMarkdown({ ...(await scoredTrace()), damage: null });
    assert.match(source, /\n\| 1 \| ␣The \| {1,2}\| kept the generator's patch \| ␣The answer is 4\. \| {1,2}\| /);
  });

  it('underlines what is the mentor\u2019s in the whole text', async () => {
    const source = section(await exported(), 'Solution');
    assert.match(source, /^\nThe sum is <ins>5\. The answer<\/ins> is <ins>5\.<\/ins>\n/);
  });

  it('shows line breaks, lists and HTML of a text as they are', async () => {
    const words = ['-', ' a\n\n', '#', ' <b>x</b>\n', '1.', ' $y$', '\n\n\n', '***', ' z'];
    const source = section(await exported({ generator: words, mentor: words }), 'Solution');
    const { text, tags } = rendered(source.split('<ins>Underlined')[0] ?? '');
    assert.equal(text.replace(/\n /g, '\n'), words.join(''));
    assert.deepEqual([...new Set(tags)], ['p', 'br']);
  });

  it('does not let the beginning of a segment begin a line', async () => {
    const source = section(
      await exported({ generator: ['So', ' 1'], mentor: ['So', '-1\n2.', ' x'], settings: { probeAt: [1] } }),
      'Solution',
    );
    assert.equal(source.split('\n\n')[0]?.trim(), 'So<ins>-1</ins>\\\n<ins>2\\. x</ins>');
  });

  it('lists decisions and numbers in tables that hold', async () => {
    const source = await exported({ generator: ['a', ' b|c'], mentor: ['a', ' d\ne'], letter: 'A' });
    const { html } = rendered(source);
    assert.match(html, /<td>␣b\|c<\/td>\s*<td>␣d↵e<\/td>\s*<td>kept the generator's patch<\/td>/);
    assert.match(html, /<td>Mentor share<\/td>\s*<td>0\.0% of the accepted tokens: the verifier kept/);
    assert.match(html, /<td>generator<\/td>\s*<td>2<\/td>/);
  });

  it('quotes the question as text', async () => {
    const { html } = rendered(await exported({ question: '# Title\n\n<script>alert(1)</script>' }));
    assert.match(html, /<blockquote>\s*<p># Title<br>\s*\u00a0<br>\s*&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
  });

  it('says where a damaged trace stops', async () => {
    const { header, events } = await scriptedTrace();
    const source = exportMarkdown({ header, events: events.slice(0, 4), damage: { line: 6, message: 'Cut *off*.' } });
    assert.match(source, /damaged at line 6.*Cut \\\*off\\\*\./);
  });
});
