import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { fileSource } from '../../../src/core/modelSource.ts';
import { memoryAdvice } from '../../../src/host/engine/memoryAdvice.ts';
import { DEMO_SMALL } from '../../support/models/demoModels.ts';
import { demoRequest } from '../../support/recordedRun.ts';
import { RecordingLog } from '../support/recordingLog.ts';

const GIB = 2 ** 30;
const tooLarge = new MentorCollabError('out-of-memory', 'The machine has 8.0 GiB in all.');
const request = demoRequest({
  generator: fileSource('/library/qwen3-1.7b/Qwen3-1.7B-Q8_0.gguf'),
  mentor: fileSource('/library/qwen3-32b/Qwen3-32B-Q4_K_M.gguf'),
});

describe('memoryAdvice', () => {
  const advise = (modelsFolder: string, log = new RecordingLog()) =>
    memoryAdvice({
      ...{ modelsFolder, log },
      readMemory: () => Promise.resolve({ totalBytes: 8 * GIB, availableBytes: 8 * GIB }),
    });

  it('names the nearest pair of the shipped catalogue, with what is wrong before it', async () => {
    const { code, message, cause } = await advise(dirname(DEMO_SMALL))(tooLarge, request);
    assert.equal(code, 'out-of-memory');
    assert.match(
      message,
      /^The machine has 8\.0 GiB in all\. The nearest pair that fits is .+ with .+ \(about \d\.\d GiB\)\.$/,
    );
    assert.equal(cause, tooLarge);
  });

  it('leaves all other failures as they are', async () => {
    const missing = new MentorCollabError('model-missing', 'There is no file.');
    assert.equal(await advise(dirname(DEMO_SMALL))(missing, request), missing);
  });

  it('leaves the failure as it is where the catalogue can not be read, and logs why', async () => {
    const log = new RecordingLog();
    assert.equal(await advise('/no/such/folder', log)(tooLarge, request), tooLarge);
    assert.match(log.lines.join('\n'), /^warn No pair of models could be advised: /);
  });
});
