/** A layout by the name it is chosen by; `general` is our own, the others are as published. */
export type LayoutName = 'general' | 'gsm8k' | 'math' | 'mmlu-pro' | 'supergpqa' | 'arc' | 'commonsenseqa' | 'minerva';
