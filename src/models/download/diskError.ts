import { dirname } from 'node:path';
import { MentorCollabError } from '../../core/errors.ts';

/** What a failed write means: an error that says what to do, or the thrown error itself where it is none of the disk's. */
export function diskError(thrown: unknown, path: string): unknown {
  if (thrown instanceof MentorCollabError) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  const folder = dirname(path);
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new MentorCollabError(
        'disk-full',
        `There is no space left for ${path}. Make room, or choose another folder for models; then go on: what has arrived is kept.`,
        { cause: thrown },
      );
    case 'EFBIG':
      return new MentorCollabError(
        'disk-full',
        `${path} is larger than its file system allows. Choose a folder for models on another disk.`,
        { cause: thrown },
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
      return new MentorCollabError(
        'bad-input',
        `Nothing can be written into ${folder} (${code}). Check its permissions, or choose another folder for models.`,
        { cause: thrown },
      );
    default:
      // Such as EIO, which no other server and no waiting helps.
      if (typeof code !== 'string') return thrown;
      return new MentorCollabError('bad-input', `${path} can't be written (${code}). Check the disk it is on.`, {
        cause: thrown,
      });
  }
}
