import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DownloadBench, fromHub, fromUrl } from '../../support/hub/downloadBench.ts';
import { isProbe, MisbehavingHub } from '../../support/hub/misbehavingHub.ts';
import { rejection } from '../../support/hub/rejection.ts';
import { selfSignedCertificate } from '../../support/hub/selfSignedCertificate.ts';
import { SmallProxy } from '../../support/hub/smallProxy.ts';
import { DEMO_MENTOR } from '../../support/models/demoModels.ts';

const mentor = readFileSync(DEMO_MENTOR);
const download = fromHub('owner/pair', 'demo-mentor.gguf');

describe('downloading through a proxy', () => {
  const proxy = new SmallProxy();
  const plain = new DownloadBench();
  const encrypted = new DownloadBench(new MisbehavingHub(selfSignedCertificate()));
  before(() => Promise.all([proxy.start(), plain.open(), encrypted.open()]));
  after(() => Promise.all([proxy.stop(), plain.close(), encrypted.close()]));
  beforeEach(() => {
    proxy.reset();
    for (const bench of [plain, encrypted]) {
      bench.reset();
      bench.hub.publish('owner/pair', { 'demo-mentor.gguf': mentor });
    }
  });
  const isWhole = (bench: DownloadBench): boolean => readFileSync(bench.library.pathOf('model') ?? '').equals(mentor);
  const untrusting = { verifiesCertificates: false };

  it('forwards plain requests, all of them', async () => {
    await plain.download(download, { network: { environment: { http_proxy: `http://${proxy.host}` } } });
    assert.ok(isWhole(plain));
    assert.deepEqual(proxy.forwarded.length, plain.hub.requests.length);
    assert.deepEqual(proxy.tunnels, []);
  });

  it('opens tunnels for encrypted ones, to the hub and to where it leads', async () => {
    const environment = { HTTPS_PROXY: `http://${proxy.host}` };
    await encrypted.download(download, { network: { environment, ...untrusting } });
    assert.ok(isWhole(encrypted));
    const hosts = new Set([encrypted.hub.endpoint, encrypted.hub.storage].map((origin) => new URL(origin).host));
    assert.deepEqual(new Set(proxy.tunnels), hosts);
  });

  it('is the one that was set rather than the one of the environment, with its scheme or without', async () => {
    const environment = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' };
    await plain.download(download, { network: { environment, proxy: proxy.host } });
    assert.ok(proxy.forwarded.length > 0);
  });

  it('is left out for hosts that need none', async () => {
    const environment = { HTTP_PROXY: `http://${proxy.host}`, NO_PROXY: 'example.org,127.0.0.1' };
    await plain.download(download, { network: { environment } });
    plain.reset();
    await plain.download(download, { network: { proxy: proxy.host, noProxy: ['127.0.0.1'] } });
    assert.deepEqual(proxy.forwarded, []);
  });

  it('is given a user name and a password, and a refusal is explained without them', async () => {
    proxy.credentials = 'me:se cret';
    await plain.download(download, { network: { proxy: `http://me:se%20cret@${proxy.host}` } });
    assert.ok(isWhole(plain));
    await encrypted.download(download, { network: { proxy: `http://me:se%20cret@${proxy.host}`, ...untrusting } });
    assert.ok(isWhole(encrypted));
    for (const bench of [plain, encrypted]) {
      bench.reset();
      const wrong = bench.download(download, { network: { proxy: `http://me:wrong@${proxy.host}`, ...untrusting } });
      const { code, message } = await rejection(wrong);
      assert.equal(code, 'download-failed');
      assert.match(
        message,
        /^The proxy refuses the connection \(status 407\)\. It asks for a user name and a password/,
      );
      assert.ok(!message.includes('wrong'));
      assert.deepEqual(bench.filesOf('model'), []);
    }
  });

  it('may refuse a tunnel, or fail to open one', async () => {
    proxy.tunnelStatus = 403;
    const network = { proxy: proxy.host, ...untrusting };
    assert.match(
      (await rejection(encrypted.download(download, { network }))).message,
      /refuses the connection \(status 403\)\. Ask whoever runs it/,
    );
    proxy.tunnelStatus = 502;
    const { message } = await rejection(encrypted.download(download, { network }));
    assert.match(message, /the proxy can't forward the request \(status 502\), 3 times in a row/);
  });

  it('that is no address, or not there, is told as such', async () => {
    const { code, message } = await rejection(plain.download(download, { network: { proxy: 'ftp://me:secret@host' } }));
    assert.equal(code, 'bad-input');
    assert.match(message, /^The address of the proxy is not understood\./);
    assert.ok(!message.includes('secret'));
    const absent = await rejection(plain.download(download, { network: { proxy: '127.0.0.1:9' } }));
    assert.match(absent.message, /refuses connections .* Check the network \(and a proxy, if there is one\)/);
  });

  it('is not needed to see that a certificate can not be checked', async () => {
    const { code, message } = await rejection(encrypted.download(download));
    assert.equal(code, 'download-failed');
    assert.match(
      message,
      /^The certificate of 127\.0\.0\.1:\d+ can't be checked \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. .*NODE_EXTRA_CA_CERTS/,
    );
    assert.deepEqual(encrypted.filesOf('model'), []);
  });

  it('or not, no redirect leads from an encrypted address to an open one', async () => {
    encrypted.hub.misbehave({ type: 'redirect', to: plain.hub.put('/open.gguf', mentor) }, isProbe, Infinity);
    const url = encrypted.hub.put('/closed.gguf', mentor);
    const { message } = await rejection(encrypted.download(fromUrl(url), { network: untrusting }));
    assert.match(message, /closed\.gguf redirects to an address without encryption \(127\.0\.0\.1:\d+\)/);
    assert.equal(plain.hub.requests.length, 0);
  });
});
