import assert from 'node:assert/strict';
import fc from 'fast-check';
import { alongLine, boxAround, contains, overlaps } from '../../../../src/bench/report/plots/box.ts';
import { placeLabels } from '../../../../src/bench/report/plots/placeLabels.ts';
import { shortened, textWidth } from '../../../../src/bench/report/plots/textSize.ts';

const FRAME = { left: 50, right: 450, top: 10, bottom: 300 };

describe('labels of a plot', () => {
  it('stand beside their point', () => {
    const [label] = placeLabels([{ x: 100, y: 100, text: '1' }], FRAME, []);
    assert.ok(label && label.box.left > 100 && label.box.left < 120);
    assert.equal(label.y, 100);
    assert.equal(label.lead, null);
  });

  it('are led to from afar where it is crowded, and left out where there is no place at all', () => {
    const crowd = boxAround(200, 150, 150, 150);
    const [led, none] = [
      placeLabels([{ x: 200, y: 150, text: '1' }], FRAME, [crowd]),
      placeLabels([{ x: 200, y: 150, text: '1' }], FRAME, [FRAME]),
    ];
    const { lead, box } = led[0] ?? assert.fail();
    assert.ok(lead && [box.left, box.right, 200].includes(lead.x) && [box.top, box.bottom, 150].includes(lead.y));
    assert.deepEqual(none, [null]);
  });

  it('overlap neither one another nor marks, and stay in the frame', () => {
    const points = fc.array(
      fc.record({
        x: fc.double({ min: 60, max: 440, noNaN: true }),
        y: fc.double({ min: 20, max: 290, noNaN: true }),
        text: fc.constantFrom('1', '12', '3: p = 0.24', '10: p = 0.125'),
      }),
      { maxLength: 16 },
    );
    fc.assert(
      fc.property(points, (named) => {
        const marks = named.map(({ x, y }) => boxAround(x, y, 19, 19));
        const boxes = placeLabels(named, FRAME, marks).flatMap((label) => (label ? [label.box] : []));
        assert.equal(boxes.length, named.length, 'there is place for all');
        for (const [index, box] of boxes.entries()) {
          assert.ok(contains(FRAME, box));
          for (const other of [...boxes.slice(index + 1), ...marks]) assert.ok(!overlaps(box, other));
        }
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it('keep off lines', () => {
    const line = alongLine([
      { x: 60, y: 100 },
      { x: 440, y: 100 },
    ]);
    const [label] = placeLabels([{ x: 200, y: 100, text: '3: p = 0.24' }], FRAME, line);
    assert.ok(label && Math.abs(label.y - 100) > 8);
  });
});

describe('the width of text in a plot', () => {
  it('grows with the text, and more with wide signs', () => {
    assert.ok(textWidth('mentor') > textWidth('mentr'));
    assert.ok(textWidth('WWW') > textWidth('iii'));
    assert.ok(textWidth('数学') > textWidth('ab'));
  });

  it('is kept by leaving out the middle of a name', () => {
    assert.equal(shortened('paper-free@p=0.24', 500), 'paper-free@p=0.24');
    const short = shortened('paper-free with another verifier@p=0.24', 120);
    assert.match(short, /^paper.*….*0\.24$/);
    assert.ok(textWidth(short) <= 120);
    assert.equal(shortened('two\n lines', 500), 'two lines');
    assert.equal(shortened('anything', 1), '…');
  });
});
