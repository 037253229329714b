import assert from 'node:assert/strict';
import { createDecisionPolicy } from '../../../src/core/decision/createDecisionPolicy.ts';
import { OwnWords } from '../../../src/core/loop/ownWords.ts';
import { RunText } from '../../../src/core/loop/runText.ts';
import { seededRandom } from '../../../src/core/randomSource.ts';
import { ScriptedModel } from '../../support/models/scriptedModel.ts';

const WORDS = Array.from({ length: 80 }, (_, index) => ` w${index}`);

describe('words that are written ahead of a probe', () => {
  it('grow in number as long as all of them are kept, though each is probed', async () => {
    const model = new ScriptedModel({ continuation: (text) => WORDS.slice(text.split(' ').length - 1) });
    const generator = await model.openText({ form: 'chat', question: 'Q' }, { signal: { aborted: false } });
    const text = new RunText([]);
    const settings = { decision: { policy: 'always' }, maxTokens: 500 } as const;
    const decision = createDecisionPolicy(settings.decision, seededRandom(1));
    const own = new OwnWords({ generator, decision, text, settings });
    const stretches: number[] = [];
    for (let step = 0; step < 40; step++) {
      const { word } = await own.current(step);
      const known = own.known.length;
      await own.writeAhead();
      if (own.known.length > known) stretches.push(own.known.length);
      text.take({ source: 'agreed', text: word.text, tokens: word.pieces.length });
      own.keep();
    }
    assert.equal(text.text, WORDS.slice(0, 40).join(''));
    assert.equal(stretches[0], 8);
    assert.equal(Math.max(...stretches), 16);
    assert.deepEqual(
      stretches,
      [...stretches].sort((a, b) => a - b),
    );
  });
});
