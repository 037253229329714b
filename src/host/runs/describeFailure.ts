import type { ErrorCode } from '../../core/errors.ts';
import type { FailureAction } from '../../protocol/panel.ts';
import { NOT_DOWNLOADED } from '../../models/notDownloaded.ts';
import { settingId } from '../settings/readHostSettings.ts';

/** A failure as people meet it: what failed and what to do next, and the buttons that do it. */
export interface FailureDescription {
  readonly message: string;
  readonly actions: readonly FailureAction[];
}

/** Labels of the actions, wherever they are buttons. */
export const ACTION_LABELS: Record<FailureAction, string> = {
  retry: 'Retry',
  'show-log': 'Show Log',
  settings: 'Open Settings',
  'choose-models': 'Choose Models',
  'show-models': 'Show Models',
  'download-models': 'Download',
};

/** Words and buttons for a failure; errors carry their own message, defects are told as what they are. */
export function describeFailure(failure: { readonly code: ErrorCode; readonly message: string }): FailureDescription {
  return { message: messageOf(failure.code, failure.message), actions: actionsFor(failure) };
}

function messageOf(code: ErrorCode, message: string): string {
  switch (code) {
    case 'internal':
    case 'protocol':
      return `Something went wrong inside MentorCollab: ${message} The log has the details.`;
    case 'context-full':
    case 'out-of-memory':
      // The engine does not know what the context size is called here; named, the settings open at it.
      return `${message} The setting is ${settingId('contextSize')}.`;
    case 'cancelled':
    case 'bad-input':
    case 'model-missing':
    case 'model-invalid':
    case 'model-unsupported':
    case 'server-unavailable':
    case 'server-refused':
    case 'download-failed':
    case 'disk-full':
    case 'engine-unavailable':
    case 'engine-crashed':
      return message;
  }
}

function actionsFor({
  code,
  message,
}: {
  readonly code: ErrorCode;
  readonly message: string;
}): readonly FailureAction[] {
  switch (code) {
    case 'bad-input':
    case 'context-full':
      return ['retry', 'settings', 'show-log'];
    case 'model-missing':
      return message.includes(NOT_DOWNLOADED)
        ? ['download-models', 'retry', 'choose-models', 'settings', 'show-log']
        : ['retry', 'choose-models', 'settings', 'show-log'];
    case 'model-invalid':
    case 'model-unsupported':
      return ['retry', 'choose-models', 'settings', 'show-log'];
    case 'server-unavailable':
    case 'server-refused':
    case 'download-failed':
    case 'disk-full':
      return ['retry', 'show-models', 'choose-models', 'settings', 'show-log'];
    case 'out-of-memory':
      return ['retry', 'settings', 'choose-models', 'show-log'];
    case 'engine-unavailable':
    case 'engine-crashed':
    case 'protocol':
    case 'internal':
      return ['retry', 'show-log', 'settings'];
    case 'cancelled':
      return ['retry'];
  }
}
