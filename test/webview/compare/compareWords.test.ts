import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareWords } from '../../../src/webview/compare/model/compareWords.ts';

/** The difference as text: `-gone-` and `+new+` between what both have. */
function shown(reference: string, text: string): string {
  return compareWords(reference, text)
    .stretches.map(({ kind, ...at }) => {
      const own = text.slice(at.text.start, at.text.end);
      if (kind === 'missing') return `-${reference.slice(at.reference.start, at.reference.end)}-`;
      return kind === 'added' ? `+${own}+` : own;
    })
    .join('');
}

describe('the difference of two texts', () => {
  it('is in words and signs, each as a whole', () => {
    assert.equal(shown('She has 34 shells.', 'She has 30 shells!'), 'She has- 34-+ 30+ shells-.-+!+');
  });

  it('leaves white space out, and shows the text with its own', () => {
    assert.equal(shown('One two three', 'One\ntwo  three'), 'One\ntwo  three');
  });

  it('takes each letter of a script without spaces for a word', () => {
    assert.equal(shown('答えは五です', '答えは四です'), '答えは-五-+四+です');
  });

  it('knows that nothing differs, and that everything does', () => {
    assert.deepEqual(compareWords('', ''), { stretches: [], unit: 'word' });
    assert.equal(shown('', 'all new'), '+all new+');
    assert.equal(shown('all gone', ''), '-all gone-');
  });

  it('is by paragraphs where the words of two long texts share too little, and says so', () => {
    const words = (from: number): string => Array.from({ length: 2_500 }, (_, i) => `w${from + i}`).join(' ');
    const { stretches, unit } = compareWords(`Same.\n${words(0)}\nEnd.`, `Same.\n${words(9_000)}\nEnd.`);
    assert.equal(unit, 'paragraph');
    assert.deepEqual(
      stretches.map(({ kind }) => kind),
      ['equal', 'missing', 'added', 'equal'],
    );
  });

  it('is the whole of both where not even their paragraphs are alike', () => {
    const lines = (from: number): string => Array.from({ length: 2_500 }, (_, i) => `l${from + i}`).join('\n');
    const [reference, text] = [lines(0), lines(9_000)];
    assert.deepEqual(compareWords(reference, text), {
      unit: 'text',
      stretches: [
        { kind: 'missing', reference: { start: 0, end: reference.length }, text: { start: 0, end: 0 } },
        {
          kind: 'added',
          reference: { start: reference.length, end: reference.length },
          text: { start: 0, end: text.length },
        },
      ],
    });
  });

  it('covers both texts without gap or overlap, and calls equal only what is', () => {
    const text = fc.stringMatching(/^([ab ,\n四]|c1 ){0,40}$/u);
    fc.assert(
      fc.property(text, text, (reference, other) => {
        const { stretches } = compareWords(reference, other);
        const at = { reference: 0, text: 0 };
        for (const each of stretches) {
          assert.equal(each.reference.start, at.reference);
          assert.equal(each.text.start, at.text);
          const words = (whole: string, { start, end }: { start: number; end: number }): string =>
            whole.slice(start, end).replace(/\s/g, '');
          if (each.kind === 'equal') assert.equal(words(reference, each.reference), words(other, each.text));
          Object.assign(at, { reference: each.reference.end, text: each.text.end });
        }
        assert.deepEqual(at, { reference: reference.length, text: other.length });
      }),
    );
  });
});
