import { describeSource, fileSource } from '../../../src/core/modelSource.ts';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MentorCollabError } from '../../../src/core/errors.ts';
import type { ModelFacts } from '../../../src/core/languageModel.ts';
import type { RunHeader } from '../../../src/core/runHeader.ts';
import { ModelConsent } from '../../../src/host/runs/modelConsent.ts';
import { recordedModelSource } from '../../../src/host/runs/recordedModelSource.ts';
import { scriptedTrace } from '../../support/scriptedTrace.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

describe('models that only a trace names', () => {
  const folder = useTemporaryFolder();
  let header: RunHeader;
  before(async () => {
    ({ header } = await scriptedTrace());
  });

  const model = (name: string, path: string | null): ModelFacts => ({ ...header.generator.model, name, path });
  const madeWith = (generator: ModelFacts, mentor: ModelFacts | null = null): RunHeader => ({
    ...header,
    generator: { ...header.generator, model: generator },
    mentor: mentor && { ...header.generator, model: mentor },
  });

  /** A consent over one configured model, and all it has asked. */
  function consentThat(agrees: boolean) {
    const asked: string[] = [];
    const consent = new ModelConsent({
      configured: () => [fileSource('/models/mine.gguf')],
      ask: (question) => {
        asked.push(question);
        return Promise.resolve(agrees);
      },
    });
    const pathOf = (facts: ModelFacts): string =>
      describeSource(
        recordedModelSource(facts, {
          mayLoad: (source) => consent.isAllowed(source),
          resolveModel: (reference) => fileSource(`/installed/${reference}`),
        }),
      );
    return { asked, consent, pathOf };
  }

  const isCode = (code: string) => (thrown: unknown) => thrown instanceof MentorCollabError && thrown.code === code;

  it('are asked for by name and path, and loaded once the user agrees', async () => {
    const path = join(folder(), 'theirs.gguf');
    writeFileSync(path, '');
    const theirs = model('theirs.gguf', path);
    const { asked, consent, pathOf } = consentThat(true);
    assert.throws(() => pathOf(theirs), isCode('bad-input'));
    await consent.obtain(madeWith(theirs));
    assert.deepEqual(asked, [
      `This run was made with theirs.gguf at ${path}, which is not one of your configured models. Load it?`,
    ]);
    assert.equal(pathOf(theirs), path);
    await consent.obtain(madeWith(theirs));
    assert.equal(asked.length, 1);
  });

  it('are not loaded when the user does not agree, and are asked for again', async () => {
    const theirs = model('theirs.gguf', '/theirs.gguf');
    const { asked, consent, pathOf } = consentThat(false);
    await assert.rejects(consent.obtain(madeWith(theirs)), isCode('cancelled'));
    await assert.rejects(consent.obtain(madeWith(theirs)), isCode('cancelled'));
    assert.equal(asked.length, 2);
    assert.throws(() => pathOf(theirs), isCode('bad-input'));
  });

  it('are asked for each, the mentor as well', async () => {
    const { asked, consent } = consentThat(true);
    await consent.obtain(madeWith(model('a', '/a.gguf'), model('b', '/b.gguf')));
    assert.equal(asked.length, 2);
  });

  it('are not asked for when the settings name them, when a run made here has used them, and when they are demo models', async () => {
    const { asked, consent, pathOf } = consentThat(false);
    consent.learn({ lines: [madeWith(model('used.gguf', '/models/used.gguf'))] });
    await consent.obtain(
      madeWith(model('mine.gguf', '/models/../models/mine.gguf'), model('used', '/models/used.gguf')),
    );
    await consent.obtain(madeWith(model('demo-small', '/elsewhere/x.gguf'), model('demo-mentor.gguf', null)));
    assert.deepEqual(asked, []);
    assert.equal(pathOf(model('demo-small', '/elsewhere/x.gguf')), '/installed/demo-small');
    assert.equal(pathOf(model('demo-mentor.gguf', null)), '/installed/demo-mentor');
  });

  it('do not pass for demo models by a path that ends like one', () => {
    const { pathOf } = consentThat(false);
    for (const name of ['/evil/demo-small.gguf', '/evil/demo-small.gguf.gguf', '..\\demo-small.gguf']) {
      assert.throws(() => pathOf(model(name, '/evil/demo-small.gguf')), isCode('bad-input'), name);
    }
  });

  it('are not looked for on the disk before, nor by a path that depends on the folder', () => {
    const { pathOf } = consentThat(false);
    // A missing file would be another error.
    assert.throws(() => pathOf(model('gone', '/no/such/file.gguf')), isCode('bad-input'));
    assert.throws(() => pathOf(model('gone', 'file.gguf')), isCode('model-missing'));
    assert.throws(() => pathOf(model('gone', null)), isCode('model-missing'));
  });

  it('can not write the question: signs that break or turn a line are taken out, and it stays short', async () => {
    const { asked, consent } = consentThat(true);
    const name = `good\u202e\n\n${'x'.repeat(5_000)}`;
    await consent.obtain(madeWith(model(name, '/x.gguf')));
    assert.match(asked[0] ?? '', /^This run was made with good���x+… at \/x\.gguf, which/);
    assert.ok((asked[0] ?? '').length < 500);
  });
});
