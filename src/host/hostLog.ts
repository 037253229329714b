/** The part of VS Code's `LogOutputChannel` that code needs which does not see the editor. */
export interface HostLog {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
