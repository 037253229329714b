import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { MentorCollabError } from '../../src/core/errors.ts';
import type { ModelSource } from '../../src/core/modelSource.ts';
import { fileSource } from '../../src/core/modelSource.ts';
import type { DiagnosisSources, RoleSource } from '../../src/diagnosis/collectDiagnosis.ts';
import { collectDiagnosis } from '../../src/diagnosis/collectDiagnosis.ts';
import { countProblems, diagnosisMarkdown } from '../../src/diagnosis/diagnosisMarkdown.ts';
import { Redactor } from '../../src/diagnosis/redactor.ts';
import { ModelLibrary } from '../../src/models/library/modelLibrary.ts';
import { scratchFolder } from '../support/scratchFolder.ts';
import { DiagnosisEngine } from './diagnosisEngine.ts';

const OWN = {
  password: 'hunter2hunter2',
  key: 'tulip-4711-key',
  environmentKey: 'plain-word-key',
  question: 'Why did the merger with Acme fail?',
  token: 'hf_AbCdEfGhIjKlMnOpQrSt',
  home: '/home/mia',
};

describe('a diagnosis', () => {
  const folder = scratchFolder();

  function role(name: RoleSource['role'], reference: string | null, source: ModelSource | null): RoleSource {
    return { role: name, reference, resolve: () => source };
  }

  function sources(changes: Partial<DiagnosisSources> = {}): DiagnosisSources {
    return {
      program: { version: '0.1.0', host: 'Visual Studio Code 1.104.0', node: '22.1.0', remote: null, isTrusted: true },
      engine: new DiagnosisEngine(),
      engineFolder: import.meta.dirname,
      wasEngineRunning: false,
      options: { contextSize: null, threads: null, gpu: 'auto' },
      modelsFolder: '/ext/media/models',
      roles: [],
      library: new ModelLibrary(folder.file('not/there/yet')),
      settings: [],
      settingsProblems: [],
      servers: [],
      log: null,
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...changes,
    };
  }

  async function reportOf(changes: Partial<DiagnosisSources>): Promise<string> {
    return diagnosisMarkdown(await collectDiagnosis(sources(changes)));
  }

  it('tells of a file what it is, its hash, and what it takes', async () => {
    const path = folder.file('some.gguf');
    writeFileSync(path, 'weights');
    const report = await reportOf({ roles: [role('generator', 'some.gguf', fileSource(path))] });
    assert.match(report, /## Generator\n\n- Set to: `some\.gguf`\n/);
    assert.match(report, /Model: `some\.gguf`, `llama`, `2200000 parameters`, `Q8_0`, `2\.9 KiB`/);
    assert.ok(report.includes(createHash('sha256').update('weights').digest('hex')), report);
    assert.match(report, /expected: 2\.0 MiB \(weights 1\.0 MiB, context 1\.0 MiB\)/);
  });

  it('tests the servers that are set, and no others', async () => {
    const engine = new DiagnosisEngine();
    const server = { type: 'server', url: 'http://127.0.0.1:8080/v1', model: 'qwen', apiKey: null } as const;
    const roles = [role('mentor', 'http://127.0.0.1:8080/v1#qwen', server), role('verifier', null, null)];
    const report = await reportOf({ engine, roles });
    assert.deepEqual(engine.tested, [server]);
    assert.match(report, /Server: `http:\/\/127\.0\.0\.1:8080\/v1`, answers in 12 ms/);
    assert.match(report, /Kind: vllm `0\.9\.1`/);
    assert.match(report, /## Verifier\n\n- Set to: the generator itself\n\n/);
  });

  it('tests each server that is set once, whether it answers or not', async () => {
    const engine = new DiagnosisEngine();
    const down = { type: 'server', url: 'http://10.0.0.1/v1', model: 'down', apiKey: null } as const;
    const servers = [
      { url: 'http://10.0.0.1/v1', apiKey: null },
      { url: 'http://10.0.0.2/v1', apiKey: 'key' },
    ];
    const report = await reportOf({ engine, servers, roles: [role('mentor', 'http://10.0.0.1/v1#down', down)] });
    assert.deepEqual(
      engine.tested.map(({ url, apiKey }) => [url, apiKey]),
      [
        ['http://10.0.0.1/v1', null],
        ['http://10.0.0.2/v1', 'key'],
      ],
    );
    assert.match(
      report,
      /## Further servers\n\n- Server: `http:\/\/10\.0\.0\.2\/v1`: vllm `0\.9\.1`, answers in 12 ms\n/,
    );
  });

  it('tells what is wrong in its place, and goes on', async () => {
    const down = { type: 'server', url: 'http://10.0.0.1/v1', model: 'down', apiKey: null } as const;
    const missing = (): ModelSource => {
      throw new MentorCollabError('model-missing', 'There is no model file at /x.gguf.');
    };
    const changes = {
      roles: [
        role('generator', 'broken.gguf', fileSource('/m/broken.gguf')),
        role('mentor', 'http://10.0.0.1/v1#down', down),
        { role: 'verifier', reference: '/x.gguf', resolve: missing },
      ],
      settingsProblems: [{ code: 'bad-input', message: 'mentorcollab.seed is "x", but must be a whole number.' }],
    } as const;
    const diagnosis = await collectDiagnosis(sources(changes));
    const report = diagnosisMarkdown(diagnosis);
    assert.match(report, /broken\.gguf is truncated\. Download it again\.` \(model-invalid\)/);
    assert.match(report, /Nobody answers at http:\/\/10\.0\.0\.1\/v1\.` \(server-unavailable\)/);
    assert.match(report, /There is no model file at \/x\.gguf\.` \(model-missing\)/);
    assert.match(report, /mentorcollab\.seed is "x"/);
    assert.equal(countProblems(diagnosis), 4);
  });

  it('says that the native library does not load, and why', async () => {
    const engine = new DiagnosisEngine(new MentorCollabError('engine-unavailable', 'It fits another system.'));
    const diagnosis = await collectDiagnosis(sources({ engine }));
    assert.match(diagnosisMarkdown(diagnosis), /Native library: does not load: `It fits another system\.`/);
    assert.equal(diagnosis.engine.backend, null);
  });

  it('finds the engine’s library as the engine does, and this machine', async () => {
    const { engine, machine, library } = await collectDiagnosis(sources());
    assert.match(engine.libraryVersion ?? '', /^\d+\.\d+\.\d+/);
    assert.equal(machine.platform, `${process.platform}-${process.arch}`);
    assert.ok(machine.memory.totalBytes > 0);
    // Of the nearest folder that is there.
    assert.ok((library.freeBytes ?? 0) > 0);
    assert.deepEqual(library.models, []);
  });

  it('ends as cancelled, whatever is under way', async () => {
    const abort = new AbortController();
    const onProgress = (what: string): void => {
      if (what === 'the mentor') abort.abort();
    };
    const roles = [role('mentor', '/m/x.gguf', fileSource('/m/x.gguf'))];
    await assert.rejects(collectDiagnosis(sources({ roles, onProgress, signal: abort.signal })), { code: 'cancelled' });
  });

  it('shows what a stranger wrote as it is, without a way out of its quotes', async () => {
    const settings = [{ name: 'mentorcollab.generator', value: '"a`b``c\n# Heading"', from: 'workspace' }];
    const report = await reportOf({ settings, log: 'line\n```\n# Not a heading\n' });
    assert.ok(report.includes('- `mentorcollab.generator`: ```"a`b``c # Heading"``` (workspace)'), report);
    assert.ok(report.endsWith('````text\nline\n```\n# Not a heading\n````\n'), report);
  });

  it('has none of the secrets left once it is redacted, wherever they stood', async () => {
    const diagnosis = await collectDiagnosis(secretSources());
    const before = diagnosisMarkdown(diagnosis) + JSON.stringify(diagnosis);
    for (const secret of Object.values(OWN)) assert.ok(before.includes(secret), `${secret} is there to be removed`);
    const redacted = new Redactor({
      homeFolder: OWN.home,
      secrets: [OWN.key, OWN.environmentKey],
      texts: [OWN.question],
    }).redactAll(diagnosis);
    const after = diagnosisMarkdown(redacted) + JSON.stringify(redacted);
    for (const secret of [...Object.values(OWN), 'mia']) assert.ok(!after.includes(secret), `${secret} in ${after}`);
    assert.match(after, /~\/models\/qwen\.gguf/);
  });

  /** Secrets in every place that can hold a text. */
  function secretSources(): DiagnosisSources {
    const place = `https://mia:${OWN.password}@example.org/v1?token=${OWN.key}#qwen`;
    const server = {
      type: 'server',
      url: `http://127.0.0.1/${OWN.key}`,
      model: OWN.environmentKey,
      apiKey: OWN.key,
    } as const;
    return sources({
      program: { ...sources().program, host: `Code at ${OWN.home}` },
      engine: new DiagnosisEngine(),
      roles: [
        role('generator', `${OWN.home}/models/qwen.gguf`, fileSource(`${OWN.home}/models/qwen.gguf`)),
        role('mentor', place, server),
        {
          role: 'verifier',
          reference: OWN.question,
          resolve: () => {
            throw new MentorCollabError('bad-input', `${place} for "${OWN.question}"`);
          },
        },
      ],
      settings: [{ name: 'mentorcollab.mentor', value: JSON.stringify(place), from: 'user' }],
      settingsProblems: [{ code: 'bad-input', message: `mentor is ${place}` }],
      servers: [{ url: `http://example.org/${OWN.key}`, apiKey: OWN.key }],
      log: `run: ${OWN.question}\nAuthorization: Bearer ${OWN.environmentKey}\ngot ${OWN.token} from ${OWN.home}/x\n`,
    });
  }
});
