import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export const timeframes = ['1m', '5m', '15m', '30m', '1h', '2h', '4h', '1d'] as const;

/** What stands over the chart: values of a candle, its timeframe and time. */
export const legend = (page: Page) => page.locator('[data-legend]');

/** The number of candles the chart holds, as its description for screen readers says. */
export async function countCandles(page: Page): Promise<number> {
  const text = (await page.locator('#chart-summary').textContent()) ?? '';
  return Number(/^([\d,]+) candles/.exec(text)?.[1]?.replaceAll(',', '') ?? Number.NaN);
}

/** Waits until candles of a timeframe are on the canvas. */
export async function untilDrawn(page: Page, timeframe: string): Promise<void> {
  await legend(page).getByText(`${timeframe} ·`).waitFor();
  await expect.poll(() => countInk(page)).toBeGreaterThan(200);
}

/** Pixels in the colours of rising and falling candles. */
function countInk(page: Page): Promise<number> {
  return page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('span'));
    const colours = ['--rise', '--fall'].map((token) => {
      probe.style.color = `var(${token})`;
      return (getComputedStyle(probe).color.match(/\d+/g) ?? []).slice(0, 3).map(Number);
    });
    probe.remove();
    let ink = 0;
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>('[role=group] canvas')) {
      if (canvas.width * canvas.height === 0) continue;
      // Read from a copy: the browser complains about reading what is drawn on often.
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', {
        willReadFrequently: true,
      });
      copy?.drawImage(canvas, 0, 0);
      const pixels = copy?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      for (let at = 0; at < pixels.length; at += 4)
        if (colours.some((colour) => colour.every((part, i) => pixels[at + i] === part))) ink++;
    }
    return ink;
  });
}
