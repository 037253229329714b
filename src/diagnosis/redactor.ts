/** What has to be taken out of a report because of what it is here, not because of how it looks. */
export interface PrivateKnowledge {
  /** The home folder's absolute path; written as `~`. */
  readonly homeFolder: string;
  /** Keys, passwords and tokens that are in use here, whatever they look like. */
  readonly secrets: readonly string[];
  /** Texts that people wrote, such as questions. */
  readonly texts: readonly string[];
}

const REMOVED = '[removed]';
/** Shorter secrets and texts stand in other words by chance; a key of a server that shows none is longer. */
const SHORTEST = 6;
/** How what is secret begins or looks, by the services that people keep keys of. */
const TOKEN_SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  // Most services put a short name before their keys: OpenAI, Hugging Face, GitHub, GitLab, Slack, Groq, NVIDIA, xAI.
  /\b(?:sk|pk|rk|hf|api_org|ghp|gho|ghs|ghu|ghr|github_pat|glpat|xox[abeoprs]|gsk|nvapi|xai|r8|pplx|lsv2)[-_][\w-]{8,}/g,
  /\b(?:AKIA|ASIA)[A-Z\d]{12,}/g,
  /\bAIza[\w-]{20,}/g,
  /\beyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]*)?/g,
];
const SECRET_NAME =
  '(?:api[-_ ]?key|access[-_ ]?key|secret[-_ ]?key|private[-_ ]?key|[-_ ]key|apikey|token|secret|password|passwd|passphrase|pwd|credentials?)';
/** What a name is set to: quoted, or up to the next sign that ends it. */
const VALUE = `(?!\\[removed\\])("(?:[^"\\\\]|\\\\.)*"|'[^']*'|[^\\s"',;&}\\]]+)`;
/** `name: value`, `"name": "value"`, `NAME=value`, `--name value`, where the name ends like a secret's. */
const ASSIGNMENT = new RegExp(`([\\w-]*${SECRET_NAME}\\b["']?\\s*[:=]\\s*|--[\\w-]*${SECRET_NAME}\\s+)${VALUE}`, 'gi');
/** Headers that are secret to their end. */
const HEADER = /\b((?:proxy-)?authorization|(?:set-)?cookie)(["']?\s*[:=]\s*["']?)[^\r\n"']+/gi;
const SCHEME = /\b(bearer|basic|digest)\s+[\w+/=.~-]{6,}/gi;
const USER_INFO = /([a-z][a-z\d+.-]*:\/\/)[^\s/?#"'<>]*@/gi;
const QUERY = /([a-z][a-z\d+.-]*:\/\/[^\s?#"'<>`]*)\?[^\s#"'<>`]*/gi;
const ADDRESS = /[\w.+%-]+@[\w-]+(?:\.[\w-]+)+/g;
/** Homes of other users, and the own one where it is written otherwise. */
const SOMEBODYS_HOME = /((?:\/home\/|\/Users\/|\b[A-Z]:[\\/]+Users[\\/]+))[^\\/\s"'`:]+/gi;

/**
 * Takes out of texts what is nobody else's business: keys in use here and whatever looks like one, user names and passwords
 * in URLs, their queries, mail addresses, people's own texts, and the names of home folders.
 */
export class Redactor {
  readonly #known: readonly (readonly [RegExp, string])[];

  constructor({ homeFolder, secrets, texts }: PrivateKnowledge) {
    this.#known = [
      ...literals(secrets, REMOVED),
      ...literals(texts.flatMap(withLines), '[text]'),
      ...(homeFolder.length > 1 ? homePatterns(homeFolder) : []),
    ];
  }

  /** A text without them. */
  redact(text: string): string {
    let redacted = text;
    for (const [pattern, replacement] of this.#known) redacted = redacted.replace(pattern, () => replacement);
    redacted = redacted
      .replace(USER_INFO, '$1')
      .replace(QUERY, `$1?${REMOVED}`)
      .replace(HEADER, `$1$2${REMOVED}`)
      .replace(ASSIGNMENT, (_, name: string, value: string) => name + withoutValue(value))
      .replace(SCHEME, `$1 ${REMOVED}`);
    for (const shape of TOKEN_SHAPES) redacted = redacted.replace(shape, REMOVED);
    return redacted.replace(ADDRESS, '[address]').replace(SOMEBODYS_HOME, '$1[user]');
  }

  /** The same value with every text in it redacted, names of fields included. */
  redactAll<T>(value: T): T {
    // Same shape: only texts are replaced, by texts.
    return this.#redactValue(value) as T;
  }

  #redactValue(value: unknown): unknown {
    if (typeof value === 'string') return this.redact(value);
    if (Array.isArray(value)) return value.map((item) => this.#redactValue(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [this.redact(name), this.#redactValue(item)]),
    );
  }
}

/** What stands in the place of a secret, in the quotes it had. */
function withoutValue(value: string): string {
  const quote = /^["']/.exec(value)?.[0] ?? '';
  return `${quote}${REMOVED}${quote}`;
}

/** The longest first: one may be part of another. */
function literals(texts: readonly string[], replacement: string): (readonly [RegExp, string])[] {
  const wanted = [...new Set(texts.map((text) => text.trim()))].filter((text) => text.length >= SHORTEST);
  const forms = wanted.flatMap((text) => [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text)]);
  return [...new Set(forms)]
    .sort((a, b) => b.length - a.length)
    .map((form) => [new RegExp(escapeRegExp(form), 'g'), replacement] as const);
}

/** A text, and its lines: a log has one line where the text has several. */
function withLines(text: string): string[] {
  return [text, ...text.split(/\r?\n/).filter((line) => line.trim().length >= 2 * SHORTEST)];
}

/** A home folder as paths and URIs write it; a longer name that begins alike is another one. */
function homePatterns(homeFolder: string): (readonly [RegExp, string])[] {
  const home = homeFolder.replace(/[\\/]+$/, '');
  const slashed = home.replaceAll('\\', '/');
  const forms = [home, slashed, encodeURI(slashed), home.replaceAll('\\', '\\\\')];
  return [...new Set(forms)].map(
    (form) => [new RegExp(`(?<![\\w.-])${escapeRegExp(form)}(?![\\w.-])`, 'gi'), '~'] as const,
  );
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
