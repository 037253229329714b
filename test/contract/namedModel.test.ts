import { openLlamaModel } from '../support/models/openLlamaModel.ts';
import { describeLanguageModelContract } from './languageModelContract.ts';

const path = process.env['MENTORCOLLAB_TEST_MODEL'];

describeLanguageModelContract('the model that MENTORCOLLAB_TEST_MODEL names', {
  open: () => openLlamaModel(path ?? ''),
  openForHiddenStates: () => openLlamaModel(path ?? '', { hiddenStates: true }),
  question: 'Tom has 3 apples and buys 4 more. How many apples does he have? Explain every step.',
  vocabularySize: 1_000_000,
  specialText: '<|im_end|>',
  skipReason: path ? null : 'MENTORCOLLAB_TEST_MODEL does not name a GGUF chat model with ChatML tokens',
});
