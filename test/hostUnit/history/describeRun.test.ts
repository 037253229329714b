import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import {
  PHASE_ICONS,
  runAccessibleLabel,
  runDescription,
  runLabel,
  runName,
  runTooltip,
} from '../../../src/host/history/describeRun.ts';
import { anyText } from '../../support/generatedRun.ts';
import { branchFrom, summaryOf } from '../support/keptRuns.ts';

const LONG = 'Mia has 34 shells.\nShe buys 5 packs with 6 shells in each pack. How many shells does Mia have now?';
const tooltip = { language: 'en', parent: null, probes: 7 };

describe('a run in a list', () => {
  it('tells its state, its answer and the mentor’s share in words', () => {
    for (const [changes, words] of [
      [{}, 'done · 4 · 17.2% mentor'],
      [{ answer: null }, 'done · no answer · 17.2% mentor'],
      [{ mentorName: null, mentorShare: 0 }, 'done · 4'],
      [{ phase: 'running', isOpen: true, answer: null, steps: 12 }, 'running · 12 steps · 17.2% mentor'],
      [{ phase: 'stopped', answer: null }, 'stopped · 17.2% mentor'],
      [{ phase: 'failed', answer: null, mentorShare: 0 }, 'failed · 0.0% mentor'],
      [{ phase: 'interrupted', answer: null, mentorShare: null }, 'interrupted'],
      [{ phase: 'damaged' }, 'damaged'],
      [{ answer: `x\n${'y'.repeat(99)}` }, `done · x ${'y'.repeat(27)}… · 17.2% mentor`],
    ] as const) {
      assert.equal(runDescription(summaryOf('run', changes), null), words);
    }
    assert.equal(runDescription(summaryOf('run'), true), 'done · 4 · answer changed · 17.2% mentor');
    assert.equal(runDescription(summaryOf('run'), false), 'done · 4 · same answer · 17.2% mentor');
  });

  it('has a picture of its own for each state', () => {
    const icons = Object.values(PHASE_ICONS).map(({ icon }) => icon);
    assert.equal(new Set(icons).size, icons.length);
  });

  it('is called by its title, or its question, or what the branch does; cut short, so that its state can be seen', () => {
    const run = summaryOf('run', { question: LONG });
    assert.equal(runLabel(run, null), 'Mia has 34 shells. Sh…');
    assert.equal(
      runLabel({ ...run, title: 'A title that is a little longer' }, null),
      'A title that is a little longer',
    );
    const branch = { ...run, branch: branchFrom('parent') };
    assert.equal(runLabel(branch, run), 'Step 1: without the mentor');
    assert.equal(runName(branch, run), 'Branch at step 1: without the mentor');
    assert.equal(runLabel(branch, null), 'Mia has 34 shells. Sh…');
    assert.equal(runLabel({ ...branch, title: 'Mine' }, run), 'Mine');
    assert.equal(runLabel(summaryOf('r-1', { question: ' \n' }), null), 'Run r-1');
  });

  it('is read out whole', () => {
    const run = summaryOf('run', { question: LONG, startedAtMs: new Date(2026, 0, 2, 15, 4).getTime() });
    const parts = { name: runName(run, null), description: runDescription(run, null), language: 'en' };
    const read = runAccessibleLabel(run, parts).replace(/\s/g, ' ');
    assert.match(read, /How many shells does Mia have now\?, done, 4, 17\.2% mentor, started Jan 2, 2026, 3:04 PM$/);
  });

  it('tells in its tooltip all that is known, and nothing that is not', () => {
    const text = runTooltip(summaryOf('run', { title: 'Mine', branch: branchFrom('gone') }), tooltip);
    for (const part of [
      '**Mine**',
      'What is 2 + 2?',
      'Branch at step 1: without the mentor, of a run that is no longer kept.',
      '- State: done',
      '- Answer: 4',
      '- Models: demo-small with demo-mentor',
      '- Preset: paper-free',
      '- Mentor share: 17.2%',
      '- Probes: 7',
      '- Taken from the mentor: 1',
      '- Time: 1.5 s',
      '- Trace: 3 kB',
    ]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    const damaged = summaryOf('run', {
      ...{ question: '', phase: 'damaged', answer: null, mentorShare: null, steps: null, taken: null, timeMs: null },
      ...{ generatorName: null, mentorName: null, preset: null, problem: 'The line is no JSON.' },
    });
    const short = runTooltip(damaged, { ...tooltip, probes: null });
    assert.match(short, /The question can’t be read.*The line is no JSON\./s);
    assert.doesNotMatch(short, /Answer|Models|Preset|share|Steps|Probes|Taken|Time|null/);
  });

  it('says nothing in its tooltip that a trace could format, link or embed', () => {
    const markdown = new MarkdownIt({ html: true, linkify: true });
    const harmless = new Set(['p', 'ul', 'li', 'strong', 'em', 'br']);
    const nasty = fc.oneof(
      anyText,
      fc.constantFrom(
        '![x](http://a/b.png)',
        '<img src=x>',
        '[a](command:b)',
        'http://a.example',
        '`x`',
        '# x',
        '- x',
        '1. x',
        '~~~',
        '| a |\n|--|',
      ),
    );
    fc.assert(
      fc.property(nasty, nasty, nasty, (question, title, answer) => {
        const run = summaryOf('run', {
          ...{ question: question === '' ? 'Q' : question, title: title.trim() === '' ? null : title, answer },
          ...{ generatorName: answer, mentorName: title, preset: question, problem: answer },
        });
        const html = markdown.render(runTooltip(run, { ...tooltip, parent: run }));
        const tags = [...html.matchAll(/<\/?(\w+)/g)].map(([, tag]) => tag ?? '');
        assert.deepEqual(
          tags.filter((tag) => !harmless.has(tag)),
          [],
          html,
        );
      }),
      { numRuns: 500 },
    );
  });
});
