import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DownloadBench, fromHub, fromUrl } from '../../support/hub/downloadBench.ts';
import type { SeenRequest } from '../../support/hub/misbehavingHub.ts';
import { isProbe } from '../../support/hub/misbehavingHub.ts';
import { rejection } from '../../support/hub/rejection.ts';
import { DEMO_MENTOR } from '../../support/models/demoModels.ts';

const mentor = readFileSync(DEMO_MENTOR);

describe('a hub that refuses', () => {
  const bench = new DownloadBench();
  const download = fromHub('owner/pair', 'demo-mentor.gguf');
  before(() => bench.open());
  after(() => bench.close());
  beforeEach(() => {
    bench.reset();
    bench.hub.publish('owner/pair', { 'demo-mentor.gguf': mentor });
  });
  const isHead = ({ method }: SeenRequest): boolean => method === 'HEAD';

  it('explains a gated repository without a token and with one that is not let in', async () => {
    bench.hub.publish('owner/pair', { 'demo-mentor.gguf': mentor }, { gatedFor: 'hf_right' });
    assert.equal(
      (await rejection(bench.download(download))).message,
      'owner/pair is gated: its authors let only those in who accept their conditions. Accept them at https://huggingface.co/owner/pair, make an access token at https://huggingface.co/settings/tokens, and begin again with it. Set HF_TOKEN.',
    );
    const { message } = await rejection(bench.download(download, { token: 'hf_wrong' }));
    assert.match(message, /^owner\/pair is gated, and your access token's account is not let in \(yet\)/);
    assert.ok(!message.includes('hf_wrong'));
    assert.deepEqual(bench.filesOf('model'), []);
  });

  it('tells apart an unknown repository, revision and file, and a token that is refused', async () => {
    assert.match(
      (await rejection(bench.download(fromHub('owner/none', 'a.gguf')))).message,
      /^The hub knows no repository owner\/none/,
    );
    assert.match(
      (await rejection(bench.download(fromHub('owner/pair', 'a.gguf')))).message,
      /^There is no file a\.gguf in owner\/pair at main/,
    );
    const source = { type: 'hub', repository: 'owner/pair', revision: 'v2' } as const;
    assert.match(
      (await rejection(bench.download({ ...download, source }))).message,
      /^There is no revision "v2" of owner\/pair/,
    );
    bench.hub.misbehave({ type: 'status', status: 401 }, isHead);
    assert.match(
      (await rejection(bench.download(download, { token: 'hf_old' }))).message,
      /^The hub does not accept your access token/,
    );
    bench.hub.misbehave({ type: 'status', status: 403, headers: { 'x-error-message': 'no' } }, isHead);
    assert.match(
      (await rejection(bench.download(download))).message,
      /^The hub refuses owner\/pair to you \(status 403: no\)/,
    );
  });

  it('asks for a log-in elsewhere: the token is not for other servers', async () => {
    bench.hub.misbehave({ type: 'status', status: 401 }, isProbe, Infinity);
    const { message } = await rejection(
      bench.download(fromUrl(bench.hub.put('/model.gguf', mentor)), { token: 'hf_x' }),
    );
    assert.match(message, /asks for a log-in \(status 401\)/);
    assert.ok(bench.hub.requests.every(({ authorization }) => authorization === null));
  });
});
