// Opens the dashboard of a server in Chromium and writes a line for each symbol that is in sight, and then for each
// pattern that comes into the matrix: its id, and when it was on the screen (UTC milliseconds).
//   node bench/patterns-on-screen.mjs http://127.0.0.1:5000 50     (the bench `eye` starts it; 50: patterns to wait for)
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const home = resolve(import.meta.dirname, '..');
const { chromium } = createRequire(join(home, 'tests/browser/package.json'))('playwright-core');
const [address, patterns] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.TIDEMARK_CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ baseURL: address, viewport: { width: 1440, height: 900 } });
await page.exposeFunction('tell', (line) => process.stdout.write(`${line}\n`));
await page.goto('/login?next=%2Fdashboard%3Fsort%3Dsymbol');
await page.getByRole('button', { name: /premium@tidemark\.local/ }).click();
await page.waitForURL('**/dashboard?**');
await page.waitForFunction((count) => document.querySelectorAll('[role=grid] a[data-way]').length >= count, Number(patterns), { timeout: 60_000 });
await page.evaluate(() => {
  const seen = new Set();
  const look = () => {
    const ids = [];
    for (const link of document.querySelectorAll('[role=grid] a[data-way]')) {
      const id = new URL(link.href).searchParams.get('pattern');
      if (seen.has(id)) continue;
      seen.add(id);
      ids.push(id);
    }
    // A frame that begins after the change has painted what was there before it.
    if (ids.length > 0) requestAnimationFrame(() => setTimeout(() => tell(ids.map((id) => `${id} ${performance.timeOrigin + performance.now()}`).join('\n'))));
  };
  new MutationObserver(look).observe(document.querySelector('[role=grid]'), { subtree: true, childList: true, attributes: true, attributeFilter: ['href'] });
  look();
  for (const row of document.querySelectorAll('[role=grid] [data-symbol]')) tell(`row ${row.dataset.symbol}`);
  tell('ready');
});
process.stdin.resume();
process.stdin.on('end', () => browser.close().then(() => process.exit(0)));
