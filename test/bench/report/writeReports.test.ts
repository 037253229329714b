import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeReports } from '../../../src/bench/report/writeReports.ts';
import { writeMatrix } from '../../../src/bench/writeMatrix.ts';
import { sampleReport } from '../../support/benchReport/sampleReport.ts';
import { scratchFolder } from '../../support/scratchFolder.ts';

describe('the reports of a bench', () => {
  const scratch = scratchFolder();

  it('are a document, a page and Markdown', async () => {
    const report = sampleReport({ itemsPerDomain: 2 });
    const files = new Map<string, string>();
    await writeReports(report, (place, text) => {
      files.set(place, text);
      return Promise.resolve();
    });
    assert.deepEqual([...files.keys()], ['report.json', 'report.md', 'report.html']);
    assert.deepEqual(JSON.parse(files.get('report.json') ?? ''), report);
    assert.match(files.get('report.html') ?? '', /^<!doctype html>/i);
    assert.match(files.get('report.md') ?? '', /^# /);
  });

  it('of a matrix stand beside the folders of its pairs', async () => {
    const folder = scratch.file('matrix');
    mkdirSync(folder);
    const report = sampleReport({ itemsPerDomain: 1 });
    await writeMatrix(
      [
        { name: 'a', folder: 'pairs/a', report },
        { name: 'b', folder: 'pairs/b', report },
      ],
      folder,
    );
    const text = readFileSync(join(folder, 'report.json'), 'utf8');
    const { matrix } = JSON.parse(text) as { readonly matrix: (typeof report)[] };
    assert.match(matrix[1]?.items[0]?.runs[0]?.page ?? '', /^pairs\/b\/runs\//);
    assert.ok(existsSync(join(folder, 'report.html')) && existsSync(join(folder, 'report.md')));
  });

  it('come out as an error where they can not be written', async () => {
    await assert.rejects(writeMatrix([], scratch.file('nowhere')), { code: 'bad-input', message: /can't be written/ });
  });
});
