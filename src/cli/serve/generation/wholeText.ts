import type { PlacedToken } from '../../../engine/serving/servingEngine.ts';
import type { GenerationListener, TextPart } from './generation.ts';

/** Gathers a text that is answered in one piece. */
export class WholeText implements GenerationListener, TextPart {
  #text = '';
  readonly #tokens: PlacedToken[] = [];

  get text(): string {
    return this.#text;
  }

  get tokens(): readonly PlacedToken[] {
    return this.#tokens;
  }

  readonly onBegin = (): void => undefined;

  readonly onPart = ({ text, tokens }: TextPart): void => {
    this.#text += text;
    this.#tokens.push(...tokens);
  };
}
