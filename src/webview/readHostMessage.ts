import type { HostMessage } from '../protocol/panel.ts';

/**
 * A message as it came over the wire, or null when it is none of ours. Only the outer shape is looked at: the sender is
 * our own extension host, in the same version, which is bound to {@link HostMessage} by its types.
 */
export function readHostMessage(data: unknown): HostMessage | null {
  if (!isRecord(data) || !hasShape(data)) return null;
  // The type is one of HostMessage's and its fields are there; what is in them the sender's types vouch for.
  return data as unknown as HostMessage;
}

function hasShape(data: Readonly<Record<string, unknown>>): boolean {
  switch (data['type']) {
    case 'content-shown':
      return isRecord(data['content']);
    case 'composer-changed':
      return data['composer'] === null || isRecord(data['composer']);
    case 'lines-added':
      return typeof data['runId'] === 'string' && Array.isArray(data['lines']);
    case 'state-changed':
      return typeof data['runId'] === 'string' && isRecord(data['state']);
    case 'family-changed':
      return typeof data['runId'] === 'string' && Array.isArray(data['family']);
    case 'influence-changed':
    case 'page-ended':
    case 'step-shown':
    case 'side-shown':
      return typeof data['runId'] === 'string';
    case 'status-told':
    case 'file-unreadable':
      return typeof data['message'] === 'string';
    default:
      return false;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
