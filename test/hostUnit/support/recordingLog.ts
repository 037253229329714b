import type { ShownLog } from '../../../src/host/hostLog.ts';

/** Keeps what was logged. */
export class RecordingLog implements ShownLog {
  readonly lines: string[] = [];
  readonly #waiting = new Set<() => void>();

  debug(message: string): void {
    this.#write(`debug ${message}`);
  }

  info(message: string): void {
    this.#write(`info ${message}`);
  }

  warn(message: string): void {
    this.#write(`warn ${message}`);
  }

  error(message: string): void {
    this.#write(`error ${message}`);
  }

  show(): void {
    this.#write('shown');
  }

  /** Resolves once a line with this text has been logged. */
  until(text: string): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!this.lines.some((line) => line.includes(text))) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  #write(line: string): void {
    this.lines.push(line);
    for (const look of [...this.#waiting]) look();
  }
}
