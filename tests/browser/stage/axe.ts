import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong on the page, in words a developer can act on. */
export async function findBarriers(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const runner = (globalThis as unknown as { axe: typeof axe }).axe;
    return (await runner.run(document, { resultTypes: ['violations'] })).violations;
  });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} · ${node.target.join(' ')} · ${node.failureSummary ?? ''}`),
  );
}

export type Theme = 'light' | 'dark';

/** What axe finds wrong on the page in each theme, one after the other, as when the system changes it at dusk. */
export async function findBarriersIn(themes: readonly Theme[], page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const theme of themes) {
    // Colours change at once, none is measured on its way to another.
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    found.push(...(await findBarriers(page)).map((barrier) => `${theme}: ${barrier}`));
  }
  return found;
}
