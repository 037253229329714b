import assert from 'node:assert/strict';
import { Redactor } from '../../src/diagnosis/redactor.ts';

const QUESTION = 'Why did the merger with Acme fail?\nAnswer in one sentence, please.';
const redactor = new Redactor({
  homeFolder: '/home/mia',
  secrets: ['tulip-4711', 'a b"c/d'],
  texts: [QUESTION],
});

/** What may stand nowhere in a report, and lines in which it could get there. */
const SECRETS: readonly (readonly [secret: string, line: string])[] = [
  ['tulip-4711', 'server said: key tulip-4711 is unknown'],
  ['a%20b%22c%2Fd', 'GET /v1/models?k=1&x=a%20b%22c%2Fd'],
  ['a b\\"c/d', 'sent {"anything":"a b\\"c/d"}'],
  ['hunter2', 'mentor is https://mia:hunter2@models.example.org/v1#qwen'],
  ['p@ss:w', 'https://mia:p@ss:w@models.example.org/v1'],
  ['deadbeef', 'https://models.example.org/v1?api_key=deadbeef&x=1#qwen'],
  ['abc123def', 'Authorization: Bearer abc123def'],
  ['YWxhZGRpbjpvcGVu', 'proxy-authorization: Basic YWxhZGRpbjpvcGVu'],
  ['abc123def', 'sent with bearer abc123def twice'],
  ['s3cr3t', '{"apiKey":"s3cr3t","model":"qwen"}'],
  ['s3cr3t', 'MENTORCOLLAB_MENTOR_API_KEY=s3cr3t mentorcollab solve'],
  ['s3cr3t', 'mentorcollab serve --api-key s3cr3t --port 1'],
  ['s3cr3t', "password: 's3cr3t'"],
  ['open sesame', '{"password": "open sesame", "user": 1}'],
  ['rye', 'cookie: chocolate=1; bread=rye'],
  ['chocolate', 'set-cookie: session=chocolate'],
  ['sk-proj-0123456789abcdef', 'key sk-proj-0123456789abcdef refused'],
  ['hf_AbCdEfGhIjKlMnOp', 'token given: hf_AbCdEfGhIjKlMnOp'],
  ['ghp_0123456789abcdefghij', 'ghp_0123456789abcdefghij'],
  ['AKIAIOSFODNN7EXAMPLE', 'aws AKIAIOSFODNN7EXAMPLE'],
  ['eyJhbGciOiJIUzI1NiJ9', 'jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl'],
  ['MIIEvQIBADAN', '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n-----END PRIVATE KEY-----'],
  ['mia.k@example.org', 'user mia.k@example.org signed in'],
  ['merger with Acme', `Run 7 of "${QUESTION}" failed`],
  ['merger with Acme', `{"question":${JSON.stringify(QUESTION)}}`],
  ['in one sentence', 'the line "Answer in one sentence, please." is odd'],
  ['mia', 'there is no /home/mia/models/x.gguf'],
  ['mia', 'at file:///home/mia/.vscode/extensions/x.js:3:1'],
  ['otto', 'there is no /home/otto/x.gguf'],
  ['otto', 'C:\\Users\\otto\\models\\x.gguf is truncated'],
];

describe('taking secrets out of a report', () => {
  for (const [secret, line] of SECRETS) {
    it(`leaves no ${secret.slice(0, 12)} in: ${line.slice(0, 50).replaceAll('\n', ' ')}`, () => {
      const redacted = redactor.redact(line);
      assert.ok(!redacted.includes(secret), redacted);
      assert.equal(redactor.redact(redacted), redacted);
    });
  }

  it('keeps what a reader needs', () => {
    const needed = [
      'mentorcollab.maxTokens: 512',
      'patchTokens = 16, 41 tokens: 12 decoded',
      '295.3 tokens per second',
      'sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      'Qwen3-Coder-30B-A3B-Instruct-Q4_K_M.gguf',
      'http://127.0.0.1:8080/v1#Qwen/Qwen3-8B',
      'run 2026-05-01-a1b2c3, task-mask-disk-asks',
      'keyboard: us, key bindings: none',
    ];
    for (const line of needed) assert.equal(redactor.redact(line), line);
  });

  it('keeps a server’s address and model where it takes its user and query out', () => {
    assert.equal(
      redactor.redact('https://mia:hunter2@models.example.org/v1?key=1#qwen3-8b'),
      'https://models.example.org/v1?[removed]#qwen3-8b',
    );
  });

  it('writes the own home folder as ~, and no other folder', () => {
    assert.equal(redactor.redact('/home/mia/models'), '~/models');
    assert.equal(redactor.redact('/home/mia'), '~');
    assert.equal(redactor.redact('/data/home-mia/models'), '/data/home-mia/models');
    const ofRoot = new Redactor({ homeFolder: '/root', secrets: [], texts: [] });
    assert.equal(ofRoot.redact('/data/root/x /rooted /root/x'), '/data/root/x /rooted ~/x');
    const onWindows = new Redactor({ homeFolder: 'C:\\Users\\Mia K', secrets: [], texts: [] });
    assert.equal(onWindows.redact('c:\\users\\mia k\\models and C:/Users/Mia%20K/x'), '~\\models and ~/x');
  });

  it('reaches every text of a value, and leaves all else', () => {
    const value = { list: ['tulip-4711', 7, null, true], 'tulip-4711': { deep: 'x tulip-4711' } };
    assert.deepEqual(redactor.redactAll(value), {
      list: ['[removed]', 7, null, true],
      '[removed]': { deep: 'x [removed]' },
    });
  });

  it('takes nothing out for secrets and texts too short to be meant', () => {
    const careless = new Redactor({ homeFolder: '/', secrets: ['', 'a', ' '], texts: ['', '1+1'] });
    assert.equal(careless.redact('a / 1+1'), 'a / 1+1');
  });
});
