import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { ScriptedEngine } from '../scriptedEngine.ts';
import { ScriptedServing } from './scriptedServing.ts';
import type { Served } from './served.ts';
import { startServe } from './served.ts';

const FIELDS = [
  'model',
  'prompt',
  'messages',
  'max_tokens',
  'logprobs',
  'top_logprobs',
  'echo',
  'stop',
  'stream',
  'stream_options',
  'n',
  'logit_bias',
  'tools',
  'content',
  'tokens',
  '__proto__',
  'constructor',
];
const PATHS = ['/v1/completions', '/v1/chat/completions', '/tokenize', '/detokenize', '/apply-template'];

describe('serve, sent any JSON document', () => {
  let served: Served;
  before(async () => {
    const runs = new ScriptedEngine([], new MentorCollabError('bad-input', 'The pair is not at home.'));
    served = await startServe(new ScriptedServing(runs));
  });
  after(() => served.stop());

  it('answers it or says what is wrong with it, and never fails', async () => {
    const message = fc.record({ role: fc.constantFrom('user', 'system', 'tool'), content: fc.jsonValue() });
    const plausible = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('demo-small', 'mentorcollab', 0, 1, 20, true, false, null, '', [], {}),
      fc.array(message, { maxLength: 3 }),
      fc.array(fc.nat({ max: 500 }), { maxLength: 3 }),
    );
    const document = fc.oneof(
      fc.jsonValue(),
      fc
        .array(fc.tuple(fc.constantFrom(...FIELDS), plausible), { maxLength: 8 })
        .map(
          (entries) => `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`,
        ),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...PATHS), document, async (path, body) => {
        const response = await fetch(`${served.origin}${path}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: typeof body === 'string' && body.startsWith('{') ? body : JSON.stringify(body),
        });
        const text = await response.text();
        assert.ok([200, 400, 404].includes(response.status), `${response.status}: ${text}`);
        if (response.status !== 200) {
          const { error } = JSON.parse(text) as { error: { message: string } };
          assert.ok(error.message.length > 0);
        }
      }),
      { seed: 11, numRuns: 400 },
    );
  });
});
