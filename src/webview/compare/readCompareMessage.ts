import type { CompareHostMessage } from '../../protocol/compare.ts';

/**
 * A message as it came over the wire, or null when it is none of ours. Only the outer shape is looked at: the sender is
 * our own extension host, in the same version, which is bound to {@link CompareHostMessage} by its types.
 */
export function readCompareMessage(data: unknown): CompareHostMessage | null {
  if (!isRecord(data) || !hasShape(data)) return null;
  // The type is one of CompareHostMessage's and its fields are there; what is in them the sender's types vouch for.
  return data as unknown as CompareHostMessage;
}

function hasShape(data: Readonly<Record<string, unknown>>): boolean {
  switch (data['type']) {
    case 'comparison-shown':
      return isRecord(data['comparison']);
    case 'column-changed':
      return isRecord(data['column']);
    case 'column-lines-added':
      return typeof data['columnId'] === 'string' && Array.isArray(data['lines']);
    case 'progress-changed':
      return isRecord(data['progress']);
    case 'status-told':
      return typeof data['message'] === 'string';
    default:
      return false;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
