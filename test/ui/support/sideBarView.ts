import type { Locator, Page } from 'playwright-core';

const WAIT_MS = 60_000;
/** How long a button of a row is waited for before its row is pointed at again. */
const POINT_MS = 2_000;

/** A view in the side bar, by the beginning of its name. */
export function sideBarView(page: Page, name: string): Locator {
  return page.locator('.pane', { has: page.locator(`.pane-header[aria-label^="${name}"]`) });
}

/** Chooses from the menu of a row. */
export async function chooseFromMenu(page: Page, row: Locator, label: string): Promise<void> {
  await row.click({ button: 'right' });
  // A menu that has just opened does not listen to clicks yet.
  await page.locator('.context-view .monaco-menu').getByRole('menuitem', { name: label }).hover();
  await page.keyboard.press('Enter');
}

/**
 * Presses a button at the end of a row. Buttons show only where the pointer is, and a row that is drawn anew below a
 * pointer at rest is not pointed at until the pointer moves, as a person's would.
 */
export async function pressInRow(row: Locator, label: string): Promise<void> {
  const button = row.locator(`.action-label[aria-label="${label}"]`);
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    await row.page().mouse.move(0, 0);
    await row.hover();
    try {
      await button.click({ timeout: POINT_MS });
      return;
    } catch (thrown) {
      if (Date.now() > deadline) throw thrown;
    }
  }
}
