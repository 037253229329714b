import { DEMO_MENTOR, DEMO_QUESTION, DEMO_SMALL } from '../support/models/demoModels.ts';
import { openLlamaModel } from '../support/models/openLlamaModel.ts';
import { describeLanguageModelContract } from './languageModelContract.ts';

describeLanguageModelContract('demo-small on llama.cpp', {
  open: () => openLlamaModel(DEMO_SMALL),
  openForHiddenStates: () => openLlamaModel(DEMO_SMALL, { hiddenStates: true }),
  question: DEMO_QUESTION,
  vocabularySize: 1_024,
  specialText: '<|end|>',
});

describeLanguageModelContract('demo-mentor on llama.cpp', {
  open: () => openLlamaModel(DEMO_MENTOR),
  openForHiddenStates: () => openLlamaModel(DEMO_MENTOR, { hiddenStates: true }),
  question: DEMO_QUESTION,
  vocabularySize: 2_048,
  specialText: '<|assistant|>',
});
