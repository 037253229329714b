import { ScriptedModel } from '../support/models/scriptedModel.ts';
import { describeLanguageModelContract } from './languageModelContract.ts';

const PIECES = ['Ada', ' has', ' thr', 'ee', ' app', 'les', '.', '\n', 'Ben', ' has', ' two', '.', ' The', ' answer'];

/** Its own pieces where they stand, as a real tokenizer would find them again, and single characters elsewhere. */
const TOKEN = new RegExp(
  `${[...PIECES]
    .sort((a, b) => b.length - a.length)
    .join('|')
    .replaceAll('.', '\\.')}|[^]`,
  'gu',
);

describeLanguageModelContract('scripted model', {
  open: () =>
    Promise.resolve(
      new ScriptedModel({
        continuation: (text) => {
          let written = '';
          for (const [index, piece] of PIECES.entries()) {
            if (written === text) return PIECES.slice(index);
            written += piece;
          }
          return [' so', ' it', ' goes', ' on', ' and', ' on'];
        },
        tokenize: (text) => text.match(TOKEN) ?? [],
        contextSize: 500,
      }),
    ),
  question: 'Ada has one apple and buys two. How many has she?',
  vocabularySize: 1_000,
  specialText: '[question]',
});
