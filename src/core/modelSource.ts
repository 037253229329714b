/** Where the model of a role runs. */
export type ModelSource = FileSource | ServerSource;

/** A GGUF file on this machine, run by the engine itself. */
export interface FileSource {
  readonly type: 'file';
  /** Absolute path; of a split model that of its first part. */
  readonly path: string;
}

/** A model behind a completions server. */
export interface ServerSource {
  readonly type: 'server';
  /** Base URL without user info, query and fragment, such as `http://127.0.0.1:8080/v1`. */
  readonly url: string;
  /** The model's name on that server. */
  readonly model: string;
  /** Sent with every request to this server and written nowhere; null when it wants none. */
  readonly apiKey: string | null;
}

/** The source that is a file. */
export function fileSource(path: string): FileSource {
  return { type: 'file', path };
}

/** What a source is called in messages, logs and traces: a path, or `URL#model`; never a key. */
export function describeSource(source: ModelSource): string {
  return source.type === 'file' ? source.path : `${source.url}#${source.model}`;
}

/** Whether two sources are the same model in the same place, whatever key opens it. */
export function isSameSource(a: ModelSource | null, b: ModelSource | null): boolean {
  if (a === null || b === null) return a === b;
  return describeSource(a) === describeSource(b);
}
