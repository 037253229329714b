import assert from 'node:assert/strict';
import type { ErrorCode } from '../../../src/core/errors.ts';
import { describeFailure } from '../../../src/host/runs/describeFailure.ts';
import { settingNamedIn } from '../../../src/host/settings/readHostSettings.ts';

const CODES: readonly ErrorCode[] = [
  'bad-input',
  'model-missing',
  'model-invalid',
  'model-unsupported',
  'out-of-memory',
  'context-full',
  'engine-unavailable',
  'engine-crashed',
  'protocol',
  'internal',
];

describe('describeFailure', () => {
  for (const code of CODES) {
    it(`offers Retry, the log and the settings for ${code}`, () => {
      const { message, actions } = describeFailure({ code, message: 'It broke.' });
      assert.ok(message.includes('It broke.'));
      for (const action of ['retry', 'show-log', 'settings'] as const) assert.ok(actions.includes(action), action);
      assert.equal(new Set(actions).size, actions.length);
    });
  }

  it('offers to choose other models where a model is the trouble', () => {
    for (const code of ['model-missing', 'model-invalid', 'model-unsupported', 'out-of-memory'] as const) {
      assert.ok(describeFailure({ code, message: '' }).actions.includes('choose-models'), code);
    }
  });

  it('names the setting that a context too small or too large depends on', () => {
    for (const code of ['context-full', 'out-of-memory'] as const) {
      assert.equal(settingNamedIn(describeFailure({ code, message: 'No room.' }).message), 'mentorcollab.contextSize');
    }
  });

  it('says of a defect that it is one', () => {
    assert.match(describeFailure({ code: 'internal', message: 'x is undefined.' }).message, /inside MentorCollab/);
  });
});
