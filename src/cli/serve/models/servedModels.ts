import type { RunPlan } from '../../runOptions.ts';
import type { ModelUse, ServedFacts } from '../../../engine/serving/servingEngine.ts';
import { ApiError, badRequest } from '../http/apiError.ts';

/** One model by itself. */
export interface SingleModel {
  readonly type: 'single';
  readonly id: string;
  readonly use: ModelUse;
  readonly served: ServedFacts;
}

/** Generator and mentor together. */
export interface PairModel {
  readonly type: 'pair';
  readonly id: string;
  /** Another name that is understood. */
  readonly alias: string;
  readonly plan: RunPlan;
}

export type ServedModel = SingleModel | PairModel;

/** What can be asked for under which name. */
export class ServedModels {
  readonly all: readonly ServedModel[];

  constructor(all: readonly ServedModel[]) {
    this.all = all;
  }

  /**
   * The model that a request names.
   *
   * @throws ApiError: 400 when it names none, 404 for one that is not served.
   */
  named(name: string | undefined): ServedModel {
    if (name === undefined) throw badRequest(`The request names no model. ${this.#whatThereIs()}`, 'model');
    const found = this.all.find((model) => model.id === name || (model.type === 'pair' && model.alias === name));
    if (found) return found;
    throw new ApiError(`There is no model "${name}" here. ${this.#whatThereIs()}`, {
      status: 404,
      type: 'not_found_error',
      param: 'model',
      code: 'model_not_found',
    });
  }

  /**
   * A model by itself; without a name the first one there is, since llama-server's clients name none.
   *
   * @throws ApiError: 404 for a name that is not served, 400 for the pair, and where no model is served by itself.
   */
  single(name: string | undefined): SingleModel {
    const [first] = this.all.filter((model) => model.type === 'single');
    const model = name === undefined ? first : this.named(name);
    if (model?.type === 'single') return model;
    const problem =
      model === undefined
        ? 'No model is served by itself here.'
        : `"${model.id}" is two models, each with its own tokens and template.`;
    throw badRequest(`${problem} Name a single one. ${this.#whatThereIs()}`, 'model');
  }

  #whatThereIs(): string {
    return `There is: ${this.all.map(({ id }) => id).join(', ')}.`;
  }
}
