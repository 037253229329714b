import type { HostTestListener } from './developmentPage.ts';

/** Tests inside the extension host, as seen from outside: their console is passed on, and their end can be awaited. */
export class HostTestRun implements HostTestListener {
  /** The exit code of `run()`: 0 when all passed. */
  readonly exitCode: Promise<number>;
  #finish: (code: number) => void = () => undefined;
  #lastSignMs = Date.now();

  constructor() {
    this.exitCode = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  line(text: string): void {
    this.#lastSignMs = Date.now();
    console.log(text);
  }

  exit(code: number): void {
    this.#finish(code);
  }

  /**
   * The exit code of `run()`. A slow run is waited for as long as it says something; a silent one is not.
   *
   * @param silenceMs - how long it may be silent
   * @throws when it was silent for longer
   */
  async waitForEnd(silenceMs: number): Promise<number> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_resolve, reject) => {
      timer = setInterval(() => {
        if (Date.now() - this.#lastSignMs <= silenceMs) return;
        reject(new Error(`The tests inside VS Code said nothing for ${Math.round(silenceMs / 1_000)} s.`));
      }, 1_000);
    });
    try {
      return await Promise.race([this.exitCode, silence]);
    } finally {
      clearInterval(timer);
    }
  }
}
