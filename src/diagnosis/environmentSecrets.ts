/** Names that end like a secret's; `PATH`s and switches end otherwise. */
const SECRET_NAME = /(?:key|token|secret|password|passwd|passphrase|pwd|credentials?|auth)$/i;
/** A password in a proxy's address. */
const USER_INFO = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)@/i;

/** A shorter value is a switch: what is called `…_AUTH` may be `true` or `none`. */
const SHORTEST = 8;

/** Values of the environment's variables that are secret by their name, and user names and passwords of its URLs. */
export function environmentSecrets(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    if (value === undefined || isPath(value)) return [];
    const userInfo = USER_INFO.exec(value)?.[1];
    return [
      ...(SECRET_NAME.test(name) && value.length >= SHORTEST ? [value] : []),
      ...(userInfo === undefined ? [] : userInfo.split(':')),
    ];
  });
}

/** Where a key lies is no key, and a path may stand in any log. */
function isPath(value: string): boolean {
  return /^(?:\/|~|\.{1,2}[\\/]|[A-Z]:[\\/])/i.test(value) && !value.includes('\n');
}
