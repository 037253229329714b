import { randomBytes } from 'node:crypto';

/** A name for a new run: its time (UTC) for people and sorting, and 32 random bits against chance. */
export function newRunId(): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  return `${time}-${randomBytes(4).toString('hex')}`;
}
