import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DownloadBench, fromHub, fromUrl, madeGguf } from '../../support/hub/downloadBench.ts';
import type { Misbehaviour, SeenRequest } from '../../support/hub/misbehavingHub.ts';
import { isForBytes, isProbe, sha256 } from '../../support/hub/misbehavingHub.ts';
import { rejection } from '../../support/hub/rejection.ts';
import { DEMO_MENTOR } from '../../support/models/demoModels.ts';

const mentor = readFileSync(DEMO_MENTOR);
const SEGMENT = 256 * 1024;

describe('downloading from servers that misbehave', () => {
  const bench = new DownloadBench();
  const download = fromHub('owner/pair', 'demo-mentor.gguf');
  before(() => bench.open());
  after(() => bench.close());
  beforeEach(() => {
    bench.reset();
    bench.hub.publish('owner/pair', { 'demo-mentor.gguf': mentor });
  });
  const isHead = ({ method }: SeenRequest): boolean => method === 'HEAD';
  /** The download must work in spite of it, and be whole. */
  const survives = async (what: Misbehaviour, times = 1, matches = isForBytes): Promise<void> => {
    bench.hub.misbehave(what, matches, times);
    const model = await bench.download(download);
    assert.equal(sha256(readFileSync(model.path)), sha256(mentor));
    assert.deepEqual(bench.filesOf('model'), ['demo-mentor.gguf', 'model.json']);
  };

  describe('and recover', () => {
    it('goes on where a connection was dropped', async () => {
      await survives({ type: 'drop', afterBytes: 100_000 }, 5);
      const starts = bench.hub.requests.filter(isForBytes).map(({ range }) => Number(/=(\d+)/.exec(range ?? '')?.[1]));
      const again = starts.filter((start) => start % SEGMENT !== 0);
      assert.equal(again.length, 5);
      assert.ok(again.every((start) => start % SEGMENT >= 1));
    });

    it('waits longer each time, with half of it by chance', async () => {
      bench.hub.misbehave({ type: 'status', status: 500 }, isHead, 2);
      await bench.download(download);
      assert.deepEqual(bench.pacing.waits, [750, 1500]);
    });

    it('waits as long as the server asks', async () => {
      await survives({ type: 'status', status: 429, headers: { 'retry-after': '7' } }, 2);
      assert.ok(bench.pacing.waits.every((ms) => ms === 7000) && bench.pacing.waits.length === 2);
      assert.ok(
        bench.notes.some((note) => note.includes('asks for fewer requests (status 429). Trying again in 7 s.')),
      );
    });

    it('waits until a date that the server names', async () => {
      const date = new Date(Date.now() + 60_000).toUTCString();
      await survives({ type: 'status', status: 503, headers: { 'retry-after': date } }, 1, isProbe);
      assert.ok((bench.pacing.waits[0] ?? 0) > 50_000);
    });

    it('breaks off an answer that stalls', async () => {
      await survives({ type: 'stall', afterBytes: 50_000 }, 2);
      assert.ok(bench.notes.some((note) => note.includes('nothing has arrived for too long')));
    });

    it('breaks off a server that says nothing', async () => {
      await survives({ type: 'stall', afterBytes: null }, 1);
      assert.ok(bench.notes.some((note) => note.includes('the server does not answer')));
    });

    it('fetches again what a server announced and did not send', async () => {
      await survives({ type: 'announce', extraBytes: 1000 }, 3);
    });

    it('fetches all at once where parts are ignored from the beginning', async () => {
      await survives({ type: 'ignoreRange' }, Infinity, ({ server }) => server === 'storage');
      assert.deepEqual(
        bench.hub.requests.filter(isForBytes).map(({ range }) => range),
        [null],
      );
    });

    it('fetches all at once where parts are ignored later', async () => {
      await survives({ type: 'ignoreRange' }, Infinity);
      assert.ok(bench.notes.some((note) => note.includes('sends no parts of files after all')));
    });

    it('begins again where all comes at once and the connection drops', async () => {
      bench.hub.misbehave(
        { type: 'drop', afterBytes: 1_000_000 },
        (request) => isForBytes(request) && request.range === null,
        1,
      );
      await survives({ type: 'ignoreRange' }, Infinity, ({ server }) => server === 'storage');
    });

    it('takes a file whose length nobody tells', async () => {
      const url = bench.hub.put('/files/model.gguf', mentor);
      bench.hub.misbehave({ type: 'endless' }, () => true, Infinity);
      const model = await bench.download(fromUrl(url));
      assert.deepEqual(readFileSync(model.path), mentor);
    });

    it('follows redirects to another origin, and asks the hub again when that address is no longer good', async () => {
      await survives({ type: 'status', status: 403 }, 1);
      const toHub = bench.hub.requests.filter(({ server, method }) => server === 'hub' && method === 'GET');
      assert.ok(toHub.length >= 2);
    });

    it('fetches a file from the beginning that has changed midway, without mixing the two', async () => {
      const changed = madeGguf(600_000);
      const url = bench.hub.put('/files/model.gguf', mentor);
      const model = await bench.download(fromUrl(url), {
        onProgress: (_state, bytesDone) => {
          if (bytesDone > 500_000 && bench.notes.length === 0) bench.hub.put('/files/model.gguf', changed);
        },
      });
      assert.deepEqual(readFileSync(model.path), changed);
      assert.ok(bench.notes.some((note) => note.includes('has changed at the server')));
    });
  });

  describe('and do not', () => {
    const failures: readonly {
      readonly name: string;
      readonly what: Misbehaviour;
      readonly matches?: (request: SeenRequest) => boolean;
      readonly message: RegExp;
    }[] = [
      {
        name: 'corrupt bytes',
        what: { type: 'corrupt' },
        message:
          /^demo-mentor\.gguf has arrived damaged: its SHA-256 is \w{64} instead of the published \w{64}\. It was deleted\. Download it again/,
      },
      {
        name: 'a page instead of the file',
        what: { type: 'page' },
        matches: isProbe,
        message: /is a web page, not a model\. Check the address, and whether the network or the server wants a log-in/,
      },
      {
        name: 'a page instead of the list of files',
        what: { type: 'page' },
        matches: ({ path }) => path.includes('/tree/'),
        message: /does not answer as a Hugging Face hub does/,
      },
      {
        name: 'another part than asked for',
        what: { type: 'shiftRange' },
        message: /sends another part of the file than it was asked for/,
      },
      {
        name: 'no such file',
        what: { type: 'status', status: 404 },
        matches: isProbe,
        message: /: there is no such file \(status 404\)\. Check the address\.$/,
      },
      {
        name: 'trouble that does not end',
        what: { type: 'status', status: 503 },
        message:
          /^While fetching demo-mentor\.gguf from 127\.0\.0\.1:\d+: .* is in trouble \(status 503\), 3 times in a row\. Check the network/,
      },
      {
        name: 'a wait of an hour',
        what: { type: 'status', status: 429, headers: { 'retry-after': '3600' } },
        message: /the server asks to wait 60 minutes\. Start it again then/,
      },
      {
        name: 'redirects in a circle',
        what: { type: 'redirect', to: '/again' },
        matches: isProbe,
        message: /redirects more than 10 times/,
      },
      {
        name: 'a redirect to what is no web address',
        what: { type: 'redirect', to: 'file:///etc/passwd' },
        matches: isProbe,
        message: /redirects to an address that begins with file:/,
      },
      {
        name: 'connections that drop before a byte',
        what: { type: 'drop', afterBytes: 0 },
        message: /the connection was lost .* 3 times in a row/,
      },
    ];
    for (const { name, what, matches, message } of failures) {
      it(`${name}: says what is wrong, and leaves nothing broken behind`, async () => {
        if (what.type === 'redirect' && what.to === '/again') {
          bench.hub.misbehave(what, ({ path }) => path.includes('/again'), Infinity);
        }
        if (matches?.({ ...SOME, path: '/tree/' }) === true) {
          // The list is asked for only where the hub itself does not tell of a file.
          bench.hub.publish('owner/pair', { 'demo-mentor.gguf': mentor }, { tells: false });
        }
        bench.hub.misbehave(what, matches ?? isForBytes, Infinity);
        const error = await rejection(bench.download(download));
        assert.equal(error.code, 'download-failed', error.message);
        assert.match(error.message, message);
        assert.deepEqual(await bench.library.list(), []);
        assert.deepEqual(bench.filesOf('model'), []);
      });
    }

    it('keeps what has arrived when the network fails for good', async () => {
      bench.hub.misbehave({ type: 'status', status: 503 }, (request) => startOf(request) >= 4 * SEGMENT, Infinity);
      const error = await rejection(bench.download(download));
      assert.match(error.message, /what has arrived is kept/);
      assert.deepEqual(bench.filesOf('model'), [
        'demo-mentor.gguf.part',
        'demo-mentor.gguf.part.json',
        'download.json',
      ]);
      bench.hub.behave();
      const model = await bench.download(download);
      assert.deepEqual(readFileSync(model.path), mentor);
      // One of the parts before the trouble was whole, or its worker would not have met it.
      assert.ok(bench.fetchedBytes <= mentor.length - SEGMENT);
    });

    it('does not fetch a file of another size than published', async () => {
      const bytes = mentor.length - 1;
      const files = [{ name: 'demo-mentor.gguf', bytes, sha256: null }];
      const wrong = await rejection(bench.download({ ...download, files }));
      assert.match(wrong.message, /^The hub now has another demo-mentor\.gguf in owner\/pair/);
      bench.hub.misbehave(
        { type: 'redirect', to: bench.hub.put('/cut', mentor.subarray(0, -1)) },
        (request) => request.server === 'hub' && request.method === 'GET',
      );
      const cut = await rejection(bench.download(download));
      assert.match(cut.message, /has 2369695 bytes of demo-mentor\.gguf, but it is published with 2369696/);
      assert.deepEqual(bench.filesOf('model'), []);
    });

    it('gives up on a file that keeps changing', async () => {
      const url = bench.hub.put('/files/model.gguf', mentor);
      let changes = 0;
      const error = await rejection(
        bench.download(fromUrl(url), {
          onProgress: () => {
            changes += 1;
            bench.hub.put('/files/model.gguf', mentor, `"${changes}"`);
          },
        }),
      );
      assert.match(error.message, /keeps changing at/);
    });

    it('notices a model that is cut off at the server', async () => {
      const url = bench.hub.put('/files/model.gguf', mentor.subarray(0, 1_000_000));
      const error = await rejection(bench.download(fromUrl(url)));
      assert.match(error.message, /^model\.gguf has arrived damaged: it is cut off: it has 1000000 of at least/);
      assert.deepEqual(bench.filesOf('model'), []);
    });

    it('says that a server can not be reached', async () => {
      const { message } = await rejection(bench.download(fromUrl('http://127.0.0.1:9/model.gguf')));
      assert.match(message, /the server refuses connections \(127\.0\.0\.1:9, ECONNREFUSED\), 3 times in a row/);
    });

    it('checks the room on the disk before it fetches anything', async () => {
      const freeBytes = (): Promise<number> => Promise.resolve(3 * 1024 * 1024);
      const error = await rejection(bench.download(download, { freeBytes }));
      assert.equal(error.code, 'disk-full');
      assert.match(
        error.message,
        /^The download needs 2\.3 MiB, but only 3\.0 MiB are free in .*model\. Free 1\.5 MiB or more/,
      );
      assert.equal(bench.hub.requests.filter(isForBytes).length, 0);
      assert.deepEqual(bench.filesOf('model'), []);
    });

    it('stops at once when it is told to, and keeps what has arrived', async () => {
      const abort = new AbortController();
      bench.hub.misbehave({ type: 'stall', afterBytes: 200_000 }, isForBytes, Infinity);
      const onProgress = (_state: string, bytesDone: number): void => {
        if (bytesDone >= 600_000) abort.abort();
      };
      const error = await rejection(bench.download(download, { signal: abort.signal, onProgress }));
      assert.equal(error.code, 'cancelled');
      bench.hub.behave();
      const model = await bench.download(download);
      assert.deepEqual(readFileSync(model.path), mentor);
    });
  });
});

const SOME: SeenRequest = { server: 'hub', method: 'GET', path: '/', range: null, ifRange: null, authorization: null };

/** The first byte that a request asks for; -1 for a whole file, or the first look at one. */
function startOf(request: SeenRequest): number {
  return isForBytes(request) ? Number(/^bytes=(\d+)-/.exec(request.range ?? '')?.[1] ?? -1) : -1;
}
