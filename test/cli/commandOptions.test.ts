import assert from 'node:assert/strict';
import { parseOptions } from '../../src/cli/commandOptions.ts';
import { nearestName } from '../../src/core/nearestName.ts';
import { UsageError } from '../../src/cli/usageError.ts';

const SPECS = [
  { name: 'seed', value: 'N', help: '' },
  { name: 'patch-tokens', value: 'N', help: '' },
  { name: 'json', help: '' },
  { name: 'help', short: 'h', help: '' },
] as const;

describe('parseOptions', () => {
  const refuses = (args: readonly string[], message: RegExp): void => {
    assert.throws(
      () => parseOptions(SPECS, args),
      (error) => error instanceof UsageError && message.test(error.message),
    );
  };

  it('reads values, switches and what is no option', () => {
    const options = parseOptions(SPECS, ['a', '--seed', '7', '--json', '-', '--patch-tokens=3']);
    assert.deepEqual([options.text('seed'), options.number('patch-tokens'), options.has('json')], ['7', 3, true]);
    assert.deepEqual(options.positionals, ['a', '-']);
    assert.equal(parseOptions(SPECS, ['-h']).has('help'), true);
    assert.equal(parseOptions(SPECS, []).text('seed'), undefined);
  });

  it('takes a negative number for a value', () => {
    assert.equal(parseOptions(SPECS, ['--seed', '-5']).number('seed'), -5);
    assert.equal(parseOptions(SPECS, ['--seed', '-.5']).number('seed'), -0.5);
  });

  it('leaves what is no number as it is, for a message about it', () => {
    for (const text of ['x', '', ' ', '1e999', '3,4']) {
      assert.equal(parseOptions(SPECS, [`--seed=${text}`]).number('seed'), text);
    }
  });

  it('keeps whole numbers within bounds', () => {
    assert.equal(parseOptions(SPECS, ['--seed', '12']).count('seed', 1, 12), 12);
    assert.equal(parseOptions(SPECS, []).count('seed', 1, 12), undefined);
    for (const text of ['0', '13', '1.5', 'x']) {
      assert.throws(() => parseOptions(SPECS, ['--seed', text]).count('seed', 1, 12), /--seed is .* from 1 to 12/);
    }
  });

  it('names the nearest option for an unknown one', () => {
    refuses(['--sede', '3'], /no option --sede\. Did you mean --seed\?/);
    refuses(['--patch', '3'], /Did you mean --patch-tokens\?/);
    refuses(['--frobnicate'], /no option --frobnicate\. See --help/);
    refuses(['-x'], /no option -x/);
  });

  it('says what a value is missing or too many for', () => {
    refuses(['--seed'], /--seed needs a value: --seed N/);
    refuses(['--seed', '--json'], /--seed needs a value, but is followed by --json.*--seed=--json/);
    refuses(['--json=3'], /--json takes no value/);
  });
});

describe('nearestName', () => {
  const KNOWN = ['solve', 'export', 'bench'];

  it('finds a slip of the hand, whatever the case', () => {
    assert.deepEqual(
      ['slove', 'Solve', 'exprot', 'benhc', 'solv', 'exp'].map((typed) => nearestName(typed, KNOWN)),
      ['solve', 'solve', 'export', 'bench', 'solve', 'export'],
    );
  });

  it('finds nothing for something else', () => {
    assert.deepEqual(
      ['train', '', 'xx', 'models'].map((typed) => nearestName(typed, KNOWN)),
      [null, null, null, null],
    );
  });
});
