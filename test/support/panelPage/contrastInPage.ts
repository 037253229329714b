/** Contrast of two colours by WCAG 2, from 1 to 21; the page resolves them, mixed and translucent ones included. */
export function contrastInPage(element: Element, property: string): number {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!canvas) throw new Error('This browser has no canvas.');
  const luminance = (colours: readonly string[]): number => {
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    const channel = (value: number): number => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  };
  const backgrounds: string[] = [];
  for (let at: Element | null = element; at; at = at.parentElement)
    backgrounds.unshift(getComputedStyle(at).backgroundColor);
  const behind = luminance(backgrounds);
  const front = luminance([...backgrounds, getComputedStyle(element).getPropertyValue(property)]);
  return (Math.max(behind, front) + 0.05) / (Math.min(behind, front) + 0.05);
}
