import type { CDPSession } from 'playwright-core';
import type { PanelPage } from './panelPage.ts';

/** What Chromium did between two moments. */
export interface PageCosts {
  readonly scriptMs: number;
  readonly styleMs: number;
  readonly layoutMs: number;
  /** All of the main thread's work. */
  readonly taskMs: number;
  readonly layouts: number;
}

/** Measures what the panel's page has to do for something, by Chromium's own counters. */
export class PageMeter {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of({ page }: PanelPage): Promise<PageMeter> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new PageMeter(session);
  }

  /** What an action costs the page, up to the second frame after it. */
  async measure(action: () => Promise<unknown>): Promise<PageCosts> {
    const before = await this.#read();
    await action();
    const after = await this.#read();
    const spent = (name: string): number => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    return {
      scriptMs: spent('ScriptDuration') * 1000,
      styleMs: spent('RecalcStyleDuration') * 1000,
      layoutMs: spent('LayoutDuration') * 1000,
      taskMs: spent('TaskDuration') * 1000,
      layouts: spent('LayoutCount'),
    };
  }

  async #read(): Promise<ReadonlyMap<string, number>> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    return new Map(metrics.map(({ name, value }) => [name, value]));
  }
}
