import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { viewRun } from '../../src/core/view/runView.ts';
import { TRACE_FORMAT_VERSION } from '../../src/core/runHeader.ts';
import { parseTrace } from '../../src/protocol/traceText.ts';
import { DEMO_MENTOR, DEMO_SMALL } from '../support/models/demoModels.ts';

const examples = new URL('../../examples/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, examples), 'utf8');
const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('the example run', () => {
  const { header, events, damage } = parseTrace(read('eggs.mctrace.jsonl'));

  it('is a whole trace of this format', () => {
    assert.equal(damage, null);
    assert.equal(header?.formatVersion, TRACE_FORMAT_VERSION);
    assert.equal(viewRun(events).ended?.stop, 'end');
  });

  it('is of the sample problem and the models that ship, and tells no path of the machine it was made on', () => {
    assert.deepEqual(header?.prompt, { form: 'chat', question: read('sample-problem.txt').trim() });
    assert.equal(header.generator.model.sha256, sha256(DEMO_SMALL));
    assert.equal(header.mentor?.model.sha256, sha256(DEMO_MENTOR));
    assert.deepEqual([header.generator.model.path, header.mentor.model.path], [null, null]);
  });

  it("has the mentor's patch that README tells of", () => {
    const { decisions, ended } = viewRun(events);
    assert.equal(ended?.answer, '36');
    assert.equal(decisions.filter(({ outcome }) => outcome === 'tookMentor').length, 1);
  });
});
