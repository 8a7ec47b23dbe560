import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong on the page, in words a developer can act on. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const runner = (globalThis as unknown as { axe: typeof axe }).axe;
    return (await runner.run(document, { resultTypes: ['violations'] })).violations;
  });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} · ${node.target.join(' ')} · ${node.failureSummary ?? ''}`),
  );
}
