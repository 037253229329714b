/** Tokens of context a model gets unless more or less is asked for, or it was trained with fewer. */
export const DEFAULT_CONTEXT_TOKENS = 4_096;
