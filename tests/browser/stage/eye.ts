import type { Page } from 'playwright-core';
import { enterAsDemo } from './accounts';
import type { Visit, VisitOptions } from './visit';

/** History is looked at while the program starts: patterns come as soon as that is done. */
export const patience = { timeout: 90_000 };

export type Plan = 'free' | 'pro' | 'premium';

/** Opens a page as the demo account of a plan would. */
export const openAs = (visit: Visit, plan: Plan, path: string, options: VisitOptions = {}): Promise<Page> =>
  visit.open(path, {
    ...options,
    prepare: async (page) => {
      await enterAsDemo(page, plan);
      await options.prepare?.(page);
    },
  });

export const rowOf = (page: Page, symbol: string) => page.locator(`[role=grid] [data-symbol="${symbol}"]`);

/** Cells of the matrix with a pattern in them. */
export const cells = (page: Page) => page.locator('[role=grid] a[data-way]');

export const pressed = (page: Page) => page.locator('[data-pick][aria-pressed=true]');

export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Adds messages of its own to what the server tells the page over a channel. */
export async function interject(page: Page): Promise<(channel: string, data: unknown) => Promise<void>> {
  const heard = new Map<string, number>();
  let tell: (text: string) => void = () => undefined;
  await page.routeWebSocket(/\/api\/v1\/ws$/, (wire) => {
    const server = wire.connectToServer();
    heard.clear();
    tell = (text) => wire.send(text);
    server.onMessage((text) => {
      const frame = JSON.parse(String(text)) as { type: string; channel?: string; seq?: number };
      if (frame.channel !== undefined && frame.seq !== undefined) heard.set(frame.channel, frame.seq);
      wire.send(text);
    });
  });
  return async (channel, data) => {
    while (!heard.has(channel)) await page.waitForTimeout(50);
    const seq = (heard.get(channel) ?? 0) + 1;
    heard.set(channel, seq);
    tell(JSON.stringify({ type: 'message', channel, seq, at: new Date().toISOString(), data }));
  };
}

/** What the server says to a request for a channel, made with the page's own session. */
export const askFor = (page: Page, channel: string): Promise<string> =>
  page.evaluate(
    (name) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/api/v1/ws`);
        socket.onmessage = ({ data }) => {
          const frame = JSON.parse(String(data)) as { type: string; id?: string; code?: string };
          if (frame.type === 'welcome')
            socket.send(JSON.stringify({ op: 'subscribe', channel: name, id: 'a' }));
          if (frame.id !== 'a') return;
          resolve(frame.code ?? frame.type);
          socket.close();
        };
      }),
    channel,
  );
