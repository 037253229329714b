import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exportFileName } from '../../../src/host/export/exportFileName.ts';

describe('exportFileName', () => {
  it('is made of the words of the question', () => {
    assert.equal(exportFileName('How many shells does Mia have now?'), 'run-how-many-shells-does-mia-have-now');
    assert.equal(exportFileName('Größe: 3 m²?'), 'run-größe-3-m²');
  });

  it('is a name without a path, short and never empty, whatever the question', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (question) => {
        const name = exportFileName(question);
        assert.match(name, /^run(-[\p{L}\p{N}-]*[\p{L}\p{N}])?$/u);
        assert.ok(Array.from(name).length <= 64);
      }),
    );
    assert.equal(exportFileName('../../etc/passwd'), 'run-etc-passwd');
    assert.equal(exportFileName('?!'), 'run');
  });
});
