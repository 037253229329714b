import { z } from 'zod';
import type { ModelRole } from '../../protocol/engine.ts';

/** What a line of the Models view stands for; commands take it from there. */
export type ModelTarget =
  | { readonly type: 'role'; readonly role: ModelRole }
  /** A model on this machine, by the id that settings name it by. */
  | { readonly type: 'installed'; readonly id: string }
  | { readonly type: 'download'; readonly id: string }
  | { readonly type: 'server'; readonly url: string }
  | { readonly type: 'serverModel'; readonly url: string; readonly model: string }
  | { readonly type: 'catalogue'; readonly id: string }
  | { readonly type: 'pair'; readonly id: string };

const id = z.string().min(1);

const targetSchema: z.ZodType<ModelTarget> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('role'), role: z.enum(['generator', 'mentor', 'verifier']) }),
  z.object({ type: z.literal('installed'), id }),
  z.object({ type: z.literal('download'), id }),
  z.object({ type: z.literal('server'), url: id }),
  z.object({ type: z.literal('serverModel'), url: id, model: id }),
  z.object({ type: z.literal('catalogue'), id }),
  z.object({ type: z.literal('pair'), id }),
]);
const elementSchema = z.object({ target: targetSchema });

/** The target of a line that a menu has passed along; null where the argument is something else. */
export function targetOf(argument: unknown): ModelTarget | null {
  return elementSchema.safeParse(argument).data?.target ?? null;
}
