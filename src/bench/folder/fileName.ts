import { createHash } from 'node:crypto';

/** Longer ones are cut: with what stands around them they must stay below the 255 bytes that file systems take. */
const MOST_CHARACTERS = 100;
const KEPT_CHARACTERS = 80;

/** Names that Windows keeps for devices, whatever stands behind a dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * A name for a file or folder that every system takes, and that leads nowhere else: letters that are not in ASCII, signs,
 * dots at either end and the names of devices are written as in a URL. Another name gives another one.
 */
export function fileName(name: string): string {
  // Half a surrogate pair can't be written; the hash tells it from others.
  const whole = name.replace(/\p{Surrogate}/gu, '\ufffd');
  const encoded = encodeURIComponent(whole)
    .replace(/[!'()*~]/g, hexOf)
    .replace(/^\.|\.$/g, hexOf)
    .replace(DEVICE, (device) => hexOf(device) + device.slice(1));
  if (whole === name && encoded.length <= MOST_CHARACTERS) return encoded;
  const hash = createHash('sha256').update(JSON.stringify(name)).digest('hex').slice(0, 12);
  return `${encoded.slice(0, KEPT_CHARACTERS).replace(/%.?$/, '')}-${hash}`;
}

function hexOf(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}
