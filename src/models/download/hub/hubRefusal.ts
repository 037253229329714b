import { MentorCollabError } from '../../../core/errors.ts';
import type { HttpAnswer } from '../http/httpClient.ts';
import { refusal } from '../http/refusal.ts';
import type { TransientFailure } from '../http/transientFailure.ts';
import type { HubSource } from '../modelDownload.ts';
import type { HubAccess } from './hubAccess.ts';
import { PUBLIC_HUB } from './hubAccess.ts';

/** What the hub's refusal of a repository or a file of it means, and what to do about it. */
export function hubRefusal(
  answer: HttpAnswer,
  { source, file, access }: { readonly source: HubSource; readonly file: string | null; readonly access: HubAccess },
  nowMs: number,
): TransientFailure | MentorCollabError {
  const message = describe(answer, source, file, access);
  return message === null ? refusal(answer, nowMs) : new MentorCollabError('download-failed', message);
}

function describe(answer: HttpAnswer, source: HubSource, file: string | null, access: HubAccess): string | null {
  const { status } = answer;
  const { repository, revision } = source;
  const code = answer.header('x-error-code');
  if (code === 'GatedRepo') return describeGated(repository, access);
  if (code === 'EntryNotFound')
    return `There is no file ${file ?? ''} in ${repository} at ${revision}. Check its name.`;
  if (code === 'RevisionNotFound')
    return `There is no revision "${revision}" of ${repository} any more. Check it, or cancel this download and begin it anew.`;
  const said = answer.header('x-error-message') ?? '';
  if (/access to this resource is disabled/i.test(said)) {
    return `The hub has disabled access to ${repository}. Choose another model.`;
  }
  if (status === 401 && access.token !== null && code !== 'RepoNotFound') {
    return `The hub does not accept your access token. Make a new one at ${PUBLIC_HUB}/settings/tokens. ${access.tokenAdvice}`;
  }
  if (status === 401 || (status === 404 && code === 'RepoNotFound')) return describeUnknown(repository, access);
  if (status === 403) {
    return `The hub refuses ${repository} to you (status 403${said === '' ? '' : `: ${said.slice(0, 200)}`}). The token must be allowed to read it: see ${PUBLIC_HUB}/settings/tokens.`;
  }
  return null;
}

function describeGated(repository: string, { token, tokenAdvice }: HubAccess): string {
  const page = `${PUBLIC_HUB}/${repository}`;
  return token === null
    ? `${repository} is gated: its authors let only those in who accept their conditions. Accept them at ${page}, make an access token at ${PUBLIC_HUB}/settings/tokens, and begin again with it. ${tokenAdvice}`
    : `${repository} is gated, and your access token's account is not let in (yet). Accept the conditions at ${page} with that account; a fine-grained token also needs the permission to read gated repositories.`;
}

function describeUnknown(repository: string, { token, tokenAdvice }: HubAccess): string {
  const advice =
    token === null ? `For a private one give your access token. ${tokenAdvice}` : 'Your token may not see it.';
  return `The hub knows no repository ${repository}, or it is private. Check the name. ${advice}`;
}
