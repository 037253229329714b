import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { readVerifier } from '../../../src/verifier/files/readVerifier.ts';
import { mlpLogit } from '../../../src/verifier/mlpLogit.ts';

interface Case {
  readonly hidden: readonly number[];
  readonly logit: number;
  readonly score: number;
}

/** A file that PyTorch has written (makeFixtures.py). */
function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
}

/** What PyTorch's module says of hidden states, by file. */
const CASES = JSON.parse(new TextDecoder().decode(fixture('verifiers.json'))) as Record<string, readonly Case[]>;

/** Why a file is refused. */
function refusal(bytes: Uint8Array): string {
  try {
    readVerifier(bytes, 'it.pth');
  } catch (thrown) {
    assert.ok(thrown instanceof MentorCollabError && thrown.code === 'bad-input', String(thrown));
    assert.match(thrown.message, /^The verifier file it\.pth .*\. [A-Z]/);
    return thrown.message;
  }
  return assert.fail('it was read');
}

describe('reading a verifier', () => {
  for (const [name, expected] of Object.entries(CASES)) {
    // Measured: at most 2e-7 in the score and 2e-6 in the logit.
    it(`${name} scores as torchvision's own MLP does, to 1e-5`, () => {
      const { mlp, logistic, card } = readVerifier(fixture(name), name);
      assert.ok(mlp);
      assert.equal(logistic, null);
      assert.equal(card, null);
      for (const { hidden, logit, score } of expected) {
        const own = mlpLogit(mlp, Float32Array.from(hidden));
        assert.ok(Math.abs(own - logit) < 1e-5, `${own} where PyTorch has ${logit}`);
        assert.ok(Math.abs(1 / (1 + Math.exp(-own)) - score) < 1e-5);
      }
    });
  }

  it('takes halves and doubles as the numbers that they are', () => {
    const half = readVerifier(fixture('float16.pth'), 'a').mlp;
    const brain = readVerifier(fixture('bfloat16.pth'), 'b').mlp;
    assert.ok(half && brain);
    // Eleven and eight bits of a number are left, and both are exact in 32.
    assert.ok(half.first.weight.every((value) => Number.isInteger(value * 2 ** 24)));
    const bits = new Uint32Array(brain.first.weight.buffer);
    assert.ok(bits.every((value) => value % 0x10000 === 0));
  });

  it('never runs what a pickle asks for, and says what that was', () => {
    const message = refusal(fixture('program.pth'));
    assert.match(message, /"posix\.system".*nothing was run.*torch\.save\(model\.state_dict\(\)/);
    assert.equal(existsSync('/tmp/mentorcollab-was-here'), false);
  });

  it('says of files that PyTorch writes in other ways how to save them anew', () => {
    assert.match(refusal(fixture('legacy.pth')), /before version 1\.6.*torch\.save\(/);
    assert.match(refusal(fixture('script.pt')), /TorchScript.*torch\.jit\.load.*torch\.save\(/);
    assert.match(refusal(fixture('wholeModule.pth')), /Linear".*torch\.save\(/);
    assert.match(refusal(fixture('compressed.pth')), /compressed.*torch\.save\(/);
  });

  it('says what other files are', () => {
    const refused = (text: string): string => refusal(new TextEncoder().encode(text));
    assert.match(refused(''), /is empty/);
    assert.match(refused('GGUF\u0003\0\0\0'), /is a GGUF model/);
    assert.match(refused('<!doctype html><p>Not found'), /is a web page/);
    assert.match(refused('version https://git-lfs.github.com/spec/v1'), /Git LFS pointer/);
    assert.match(refused('something else'), /neither a safetensors file nor a PyTorch state dict/);
    assert.match(refusal(Uint8Array.of(0x80, 4, 0x4e, 0x2e)), /bare Python pickle/);
  });
});
