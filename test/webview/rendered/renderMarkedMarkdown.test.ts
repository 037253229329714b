import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MarkedRange } from '../../../src/webview/rendered/markedRange.ts';
import { renderMarkedMarkdown } from '../../../src/webview/rendered/renderMarkedMarkdown.ts';

/** Ranges of a text in which the mentor's words stand between `«` and `»`; returns the text without them. */
function marked(withSigns: string): { readonly text: string; readonly ranges: readonly MarkedRange[] } {
  const ranges: MarkedRange[] = [];
  let text = '';
  let start = 0;
  for (const character of withSigns) {
    if (character === '«') start = text.length;
    else if (character === '»') {
      ranges.push({ start, end: text.length, step: ranges.length + 1, outcome: 'tookMentor' });
    } else text += character;
  }
  return { text, ranges };
}

function render(withSigns: string): string {
  const { text, ranges } = marked(withSigns);
  return renderMarkedMarkdown(text, ranges);
}

/** HTML with the marks as `«…»` again and everything else that is markup gone. */
function textOf(html: string): string {
  return html
    .replace(/<mark data-step="\d+">/g, '«')
    .replaceAll('</mark>', '»')
    .replace(/<[^>]*>/g, '')
    .trim();
}

describe('renderMarkedMarkdown', () => {
  it('marks plain text to the character', () => {
    assert.equal(
      render('one «two» thr«ee»'),
      '<p>one <mark data-step="1">two</mark> thr<mark data-step="2">ee</mark></p>\n',
    );
  });

  it('goes on marking through emphasis, on both sides of its border', () => {
    assert.equal(
      render('a «b **c» d**'),
      '<p>a <mark data-step="1">b </mark><strong><mark data-step="1">c</mark> d</strong></p>\n',
    );
  });

  it('leaves Markdown what it is, wherever a mark begins or ends', () => {
    assert.match(render('«**(x)**» y'), /<strong><mark data-step="1">\(x\)<\/mark><\/strong> y/);
    assert.match(render('*«*bold*»*'), /<strong><mark data-step="1">bold<\/mark><\/strong>/);
    assert.match(render('«- item\n- oth»er'), /<ul>\n<li>.*item.*<\/li>\n<li>.*oth<\/mark>er<\/li>\n<\/ul>/);
    assert.match(render('#«# Head»ing'), /<h2>.*Head<\/mark>ing<\/h2>/);
    assert.match(
      render('1«. first»\n2. second'),
      /<ol>\n<li><mark data-step="1">first<\/mark><\/li>\n<li>second<\/li>/,
    );
  });

  it('finds a mark again behind list markers, quotes and indents that look like its text', () => {
    assert.equal(textOf(render('> - a «a»\n>   a «b»')), 'a «a»\na «b»');
    assert.equal(textOf(render('* *«x»* x')), '«x» x');
  });

  it('marks cells of tables, also with escaped bars and equal cells', () => {
    const html = render('a | a\n--|--\n«1» | 1\n1 | «1»\n«x \\| y» | z');
    assert.deepEqual(html.match(/<td>.*?<\/td>/g), [
      '<td><mark data-step="1">1</mark></td>',
      '<td>1</td>',
      '<td>1</td>',
      '<td><mark data-step="2">1</mark></td>',
      '<td><mark data-step="3">x | y</mark></td>',
      '<td>z</td>',
    ]);
  });

  it('drops the alignment of cells, which would be an inline style', () => {
    assert.doesNotMatch(render('a | b\n:--|--:\n1 | 2'), /style/);
  });

  it('marks inside code to the character', () => {
    assert.match(render('`a «b» c`'), /<code>a <mark data-step="1">b<\/mark> c<\/code>/);
    assert.match(render('`` a` «b» ``'), /<code>a` <mark data-step="1">b<\/mark><\/code>/);
    assert.match(
      render('```py\nx = «1»\ny = 2\n```'),
      /<pre><code>x = <mark data-step="1">1<\/mark>\ny = 2\n<\/code><\/pre>/,
    );
    assert.match(render('- list\n\n      «in»dented\n'), /<pre><code><mark data-step="1">in<\/mark>dented/);
  });

  it('marks a formula whole when the mentor touched it', () => {
    for (const formula of [
      '$5 «+» 6$',
      '\\(5 «+» 6\\)',
      '$$5 «+» 6$$',
      '\\[5 «+» 6\\]',
      '$$\n5 «+» 6\n$$',
      '\\[\n5 «+» 6\n\\]',
    ]) {
      assert.match(
        render(`so ${formula.startsWith('$5') ? '' : '\n\n'}${formula}`),
        /<mark data-step="1"><span class="katex"><math/,
      );
    }
    assert.doesNotMatch(render('«so» $5 + 6$'), /<mark data-step="1"><span class="katex">/);
  });

  it('prefers the mentor where a formula has several authors', () => {
    const ranges: MarkedRange[] = [
      { start: 1, end: 2, step: 4, outcome: 'agreed' },
      { start: 5, end: 6, step: 5, outcome: 'tookMentor' },
    ];
    assert.match(renderMarkedMarkdown('$1 + 2$', ranges), /<mark data-step="5"><span class="katex">/);
    assert.match(renderMarkedMarkdown('$1 + 2$', ranges.slice(0, 1)), /<mark data-step="4">/);
  });

  it('takes prices and lone dollars for text', () => {
    assert.equal(render('It costs $5 and $6.'), '<p>It costs $5 and $6.</p>\n');
    assert.equal(render('between $5-$10'), '<p>between $5-$10</p>\n');
  });

  it('shows a formula that can not be rendered as it was written', () => {
    assert.match(render('$\\frac{1$'), /<code>\$\\frac\{1\$<\/code>/);
    assert.match(render('$\\includegraphics{http:\\/\\/evil}$'), /^<p>(?!.*<img)/);
  });

  it('shows links and images as their label and address', () => {
    assert.equal(
      render('[the «label»](https://example.org "title")'),
      '<p><span>the <mark data-step="1">label</mark></span> <span class="link-target">(https://example.org)</span></p>\n',
    );
    assert.match(render('![cat](cat.png)'), /Image: cat<\/span> <span class="link-target">\(cat\.png\)/);
    assert.doesNotMatch(render('[a](javascript:alert`1`) <https://example.org> ![x](y)'), /<(a|img)\b/);
  });

  it('loses no reference definition', () => {
    assert.match(render('[a]: https://example.org\n\n[a]'), /\[a\]: https:\/\/example\.org/);
  });

  it('keeps line ends of every kind in place', () => {
    assert.equal(textOf(render('one\r\n«two»\rthree «four»')), 'one\n«two»\nthree «four»');
  });

  it('keeps HTML text', () => {
    assert.equal(render('<b «onclick»=x>'), '<p>&lt;b <mark data-step="1">onclick</mark>=x&gt;</p>\n');
  });

  it('renders the same with and without marks, whatever the text and wherever they are', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        'b c',
        ' ',
        '\n',
        '\n\n',
        '- ',
        '1. ',
        '> ',
        '# ',
        '**',
        '*',
        '_',
        '~~',
        '`',
        '```\n',
        '    ',
        '|',
        '\n--|--\n',
      ],
      ...[
        '$',
        '$$',
        '\\(',
        '\\)',
        '\\[',
        '\\]',
        '\\',
        '[',
        '](u)',
        '!',
        '<b>',
        '&amp;',
        '---',
        '\t',
        '\r\n',
        '(x)',
        '"',
        '$x^2$',
      ],
    );
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat(120), { maxLength: 8 }), (source, cuts) => {
        const edges = [...new Set(cuts.filter((cut) => cut <= source.length))].sort((a, b) => a - b);
        const ranges: MarkedRange[] = [];
        for (let i = 0; i + 1 < edges.length; i += 2) {
          ranges.push({ start: edges[i] ?? 0, end: edges[i + 1] ?? 0, step: i, outcome: 'tookMentor' });
        }
        const plain = (html: string): string => html.replace(/<\/?mark[^>]*>/g, '').replace(/ +<br>/g, '<br>');
        assert.equal(plain(renderMarkedMarkdown(source, ranges)), plain(renderMarkedMarkdown(source, [])));
      }),
      { seed: 7, numRuns: 1_500 },
    );
  });

  it('marks exactly the letters of a range, wherever it begins and ends', () => {
    const source = 'Mia has **four** shells, she *buys*\nmore & gives `two` away.\n\n1. Then she\n   triples.\n> Done!';
    const letters = (text: string): string => text.replace(/&amp;/g, '').replace(/[^a-z]/gi, '');
    for (let start = 0; start < source.length; start++) {
      for (let end = start + 1; end <= source.length; end++) {
        const html = renderMarkedMarkdown(source, [{ start, end, step: 1, outcome: 'agreed' }]);
        const found = [...html.matchAll(/<mark data-step="1">(.*?)<\/mark>/gs)].map((match) => match[1] ?? '').join('');
        assert.equal(letters(found), letters(source.slice(start, end)));
      }
    }
  });

  it('survives the deepest nesting and the longest openings', () => {
    for (const source of [
      '> '.repeat(5_000),
      '['.repeat(20_000),
      '$'.repeat(20_000),
      '\\('.repeat(20_000),
      '\\[\n'.repeat(5_000),
    ]) {
      assert.equal(typeof renderMarkedMarkdown(source, []), 'string');
    }
    assert.match(renderMarkedMarkdown(`$${'{'.repeat(1_500)}x${'}'.repeat(1_500)}$`, []), /^<p>/);
  });
});
