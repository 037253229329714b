/** The part of VS Code's `LogOutputChannel` that code needs which does not see the editor. */
export interface HostLog {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** A log that people can look at. */
export interface ShownLog extends HostLog {
  /** Brings it to the front. */
  show(): void;
}
