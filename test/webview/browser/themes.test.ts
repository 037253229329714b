import assert from 'node:assert/strict';
import { SLOW_MACHINE_MS, usePanelBrowser } from '../../support/panelPage/usePanelBrowser.ts';
import { panelRun, sampleRun } from '../../support/panelPage/sampleRun.ts';
import { contrastInPage } from '../../support/panelPage/contrastInPage.ts';
import type { ThemeName } from '../../support/panelPage/themes.ts';

const { script, steps } = sampleRun();
const THEMES: readonly ThemeName[] = ['dark', 'light', 'hc-dark', 'hc-light'];

describe('the panel in VS Code’s four default themes', function () {
  this.timeout(SLOW_MACHINE_MS);
  const open = usePanelBrowser();

  for (const theme of THEMES) {
    it(`looks right in ${theme}, wide and narrow`, async () => {
      const panel = await open({ theme });
      await panel.show(panelRun(script, { canReplace: true }));
      await panel.mark(steps.taken).click();
      await panel.page.mouse.move(0, 0);
      await panel.picture(`panel-${theme}`);
      await panel.page.setViewportSize({ width: 420, height: 860 });
      await panel.picture(`panel-${theme}-narrow`);
      assert.equal(await panel.page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    });

    it(`is legible in ${theme}`, async () => {
      const panel = await open({ theme });
      await panel.show(panelRun(script, { canReplace: true }));
      await panel.mark(steps.taken).click();
      for (const selector of [
        'h1',
        '.fact strong',
        '.fact .quiet',
        '.pair dt',
        '.mark-mentor',
        '.legend li',
        '.inspector .quiet',
        '.inspector h4',
        '.piece small',
        '.candidates .number',
      ]) {
        const contrast = await panel.page.locator(selector).first().evaluate(contrastInPage, 'color');
        assert.ok(contrast >= 4.5, `${selector}: ${contrast.toFixed(2)}`);
      }
      for (const selector of ['.mark-mentor', '.mark-kept', '.mark-agreed', '.patch.is-winner', '.patch-text mark']) {
        const contrast = await panel.page.locator(selector).first().evaluate(contrastInPage, 'border-bottom-color');
        assert.ok(contrast >= 3, `the line of ${selector}: ${contrast.toFixed(2)}`);
      }
    });
  }

  it('draws lines instead of tints, and thicker ones, in high contrast', async () => {
    const styleOf = async (theme: ThemeName): Promise<readonly string[]> => {
      const panel = await open({ theme });
      await panel.show(panelRun(script));
      return await panel.mark(steps.taken).evaluate((mark) => {
        const { backgroundColor, borderBottomWidth } = getComputedStyle(mark);
        return [backgroundColor, borderBottomWidth];
      });
    };
    for (const theme of ['hc-dark', 'hc-light'] as const) {
      assert.deepEqual(await styleOf(theme), ['rgba(0, 0, 0, 0)', '3px']);
    }
    assert.notEqual((await styleOf('dark'))[0], 'rgba(0, 0, 0, 0)');
  });

  it('holds its pictures still for those who want less motion', async () => {
    const panel = await open();
    await panel.page.emulateMedia({ reducedMotion: 'reduce' });
    await panel.show(panelRun(script, { state: { phase: 'reasoning', sinceMs: 0 } }));
    assert.equal(
      await panel.page.locator('.icon-busy').evaluate((icon) => getComputedStyle(icon).animationName),
      'none',
    );
  });
});
