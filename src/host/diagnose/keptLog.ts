import type { ShownLog } from '../hostLog.ts';

/** Lines that are kept: enough for a few runs, few enough for a bug report. */
const KEPT_LINES = 200;

/** A log whose last lines are kept in memory, those included that it shows at no usual level. */
export class KeptLog implements ShownLog {
  readonly #target: ShownLog;
  readonly #now: () => number;
  readonly #lines: string[] = [];

  /**
   * @param target - the log that everything is passed on to.
   * @param now - clock in epoch milliseconds.
   */
  constructor(target: ShownLog, now: () => number) {
    this.#target = target;
    this.#now = now;
  }

  /** The last lines, oldest first. */
  get tail(): string {
    return this.#lines.join('\n');
  }

  debug(message: string): void {
    this.#keep('debug', message);
    this.#target.debug(message);
  }

  info(message: string): void {
    this.#keep('info', message);
    this.#target.info(message);
  }

  warn(message: string): void {
    this.#keep('warning', message);
    this.#target.warn(message);
  }

  error(message: string): void {
    this.#keep('error', message);
    this.#target.error(message);
  }

  show(): void {
    this.#target.show();
  }

  #keep(level: string, message: string): void {
    this.#lines.push(...`${new Date(this.#now()).toISOString()} [${level}] ${message}`.split('\n'));
    this.#lines.splice(0, this.#lines.length - KEPT_LINES);
  }
}
