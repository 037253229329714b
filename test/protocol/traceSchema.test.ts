import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import { traceLineSchema } from '../../src/protocol/trace.ts';
import { formatTraceLine } from '../../src/protocol/traceText.ts';
import { scriptedTrace } from '../support/scriptedTrace.ts';

const FILE = new URL('../../schemas/mctrace.schema.json', import.meta.url);

/** The published schema as the parser says it; fields that a newer minor version adds are allowed. */
async function generated(): Promise<string> {
  const schema = {
    title: 'MentorCollab trace, one line',
    description:
      'A run is a JSON Lines file: the header first ("run-started"), then events in order, "run-ended" last. This is format 1.4; ' +
      'a newer minor version may add fields and event types.',
    ...z.toJSONSchema(traceLineSchema, { io: 'input' }),
  };
  return format(JSON.stringify(schema), { ...(await resolveConfig(FILE)), parser: 'json' });
}

describe('the published schema of a trace line', () => {
  it('is what the parser accepts (UPDATE=1 rewrites the file)', async () => {
    const wanted = await generated();
    if (process.env['UPDATE'] === '1') writeFileSync(FILE, wanted);
    assert.equal(readFileSync(FILE, 'utf8'), wanted);
  });

  describe('as a JSON Schema', () => {
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(
      JSON.parse(readFileSync(FILE, 'utf8')) as object,
    );

    it('accepts every line of a run', async () => {
      const { lines } = await scriptedTrace();
      assert.ok(lines.length > 10);
      for (const line of lines) {
        assert.ok(validate(JSON.parse(formatTraceLine(line))), `${line.type}: ${JSON.stringify(validate.errors)}`);
      }
    });

    it('accepts a field that a newer minor version has added', async () => {
      const { lines } = await scriptedTrace();
      assert.ok(validate({ ...lines.at(-1), mood: 'good' }));
    });

    it('refuses a wrong type, a share beyond 1 and an unknown event', async () => {
      const { lines } = await scriptedTrace();
      const last = lines.at(-1);
      assert.equal(validate({ ...last, steps: 'many' }), false);
      assert.equal(validate({ ...last, mentorShare: 1.5 }), false);
      assert.equal(validate({ type: 'run-paused' }), false);
    });
  });
});
