import type { ModelRole } from '../../protocol/engine.ts';

/** All roles, in the order in which they are told. */
export const ROLES: readonly ModelRole[] = ['generator', 'mentor', 'verifier'];

/** The roles' names at the beginning of a line. */
export const ROLE_NAMES: Readonly<Record<ModelRole, string>> = {
  generator: 'Generator',
  mentor: 'Mentor',
  verifier: 'Verifier',
};

/** `generator`, `generator and mentor`, `generator, mentor and verifier`. */
export function listRoles(roles: readonly ModelRole[]): string {
  const last = roles.at(-1) ?? '';
  return roles.length < 2 ? last : `${roles.slice(0, -1).join(', ')} and ${last}`;
}
