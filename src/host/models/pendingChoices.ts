import { z } from 'zod';
import type { ModelRole } from '../../protocol/engine.ts';
import type { Memo } from './secretStore.ts';
import { ROLES } from './roleWords.ts';

/** Models for some of the roles, as settings name them; a verifier of null is the generator itself. */
export type RoleChoice = Partial<Readonly<Record<ModelRole, string | null>>>;

const NAME = 'mentorcollab.pendingChoices';
const schema = z.array(
  z.object({
    generator: z.string().exactOptional(),
    mentor: z.string().exactOptional(),
    verifier: z.string().nullable().exactOptional(),
  }),
);

/** Choices of models that are still to be downloaded, remembered beyond this window's life. */
export class PendingChoices {
  readonly #memo: Memo;

  constructor(memo: Memo) {
    this.#memo = memo;
  }

  /** In the order in which they were made. */
  get all(): readonly RoleChoice[] {
    return schema.safeParse(this.#memo.get(NAME)).data ?? [];
  }

  /** The roles in which a model will be used once it is there. */
  rolesOf(id: string): readonly ModelRole[] {
    return ROLES.filter((role) => this.all.some((choice) => choice[role] === id));
  }

  /** Remembers a choice; earlier ones for the same roles are given up. */
  async add(choice: RoleChoice): Promise<void> {
    const others = without(this.all, rolesIn(choice));
    await this.#memo.update(NAME, [...others, choice]);
  }

  /** Gives up what was chosen for these roles: something else was, since. */
  async giveUp(roles: readonly ModelRole[]): Promise<void> {
    await this.#keep(without(this.all, roles));
  }

  /** Gives up every choice that waits for a model. */
  async giveUpModel(id: string): Promise<void> {
    await this.#keep(this.all.filter((choice) => !Object.values(choice).includes(id)));
  }

  /** Takes out the choices whose models are all there. */
  async takeReady(isThere: (reference: string) => boolean): Promise<readonly RoleChoice[]> {
    const isReady = (choice: RoleChoice): boolean =>
      Object.values(choice).every((reference) => reference === null || isThere(reference));
    const { all } = this;
    await this.#keep(all.filter((choice) => !isReady(choice)));
    return all.filter(isReady);
  }

  async #keep(choices: readonly RoleChoice[]): Promise<void> {
    if (JSON.stringify(choices) !== JSON.stringify(this.all)) await this.#memo.update(NAME, choices);
  }
}

/** The roles that a choice is for. */
export function rolesIn(choice: RoleChoice): readonly ModelRole[] {
  return ROLES.filter((role) => choice[role] !== undefined);
}

/** A choice loses those of its roles that something else was chosen for; one without roles is none. */
function without(choices: readonly RoleChoice[], roles: readonly ModelRole[]): readonly RoleChoice[] {
  return choices
    .map((choice) =>
      Object.fromEntries(Object.entries(choice).filter(([role]) => !roles.some((each) => each === role))),
    )
    .filter((choice) => Object.keys(choice).length > 0);
}
