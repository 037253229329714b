/** One file to fetch. */
export interface WantedFile {
  /** Its path in the repository, with `/`; the last part of it is its name in the library. */
  readonly name: string;
  /** Its size in bytes; null where it isn't known before the server tells. */
  readonly bytes: number | null;
  /** Its published SHA-256, lower-case hex; null where it isn't known before the hub tells. */
  readonly sha256: string | null;
}

/** A repository of a Hugging Face hub. */
export interface HubSource {
  readonly type: 'hub';
  /** `owner/name`. */
  readonly repository: string;
  /** A branch, tag or commit; all files come from the one commit it names when the download begins. */
  readonly revision: string;
}

/** A file at an address of its own. */
export interface UrlSource {
  readonly type: 'url';
  /** `https:` or `http:`, without a user name and a password. */
  readonly url: string;
}

/** A model to download into the library. */
export interface ModelDownload {
  /** Its folder in the library: a catalogue id, or `owner--repository--file` for what stands in no catalogue. */
  readonly id: string;
  readonly source: HubSource | UrlSource;
  /** All parts of the model, the one to load first; exactly one for a plain address. */
  readonly files: readonly WantedFile[];
}
