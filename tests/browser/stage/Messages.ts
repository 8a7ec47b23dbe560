import { createServer, type IncomingMessage, type Server } from 'node:http';

interface Sent {
  readonly path: string;
  readonly body: { readonly [name: string]: unknown };
}

/** A webhook with this number at its beginning is one that Discord does not know any more. */
export const deletedWebhook = '99999';

/** Takes what the program sends to ntfy, Discord and Telegram, so that no test leaves the machine. */
export class Messages {
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  static async start(): Promise<Messages> {
    const sent: Sent[] = [];
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      const answer = (status: number, body: object) =>
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
      // The tests read here, from their own process, what was sent.
      if (request.method === 'GET') return answer(200, sent);
      void read(request).then((body) => {
        sent.push({ path, body });
        if (path.startsWith(`/api/webhooks/${deletedWebhook}`))
          answer(404, { message: 'Unknown Webhook', code: 10015 });
        else if (path.endsWith('/sendMessage'))
          answer(200, { ok: true, result: { message_id: sent.length } });
        else answer(200, { id: `stand-in-${sent.length}` });
      });
    });
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      }),
    );
    return new Messages(server, `http://127.0.0.1:${port}`);
  }

  stop(): Promise<unknown> {
    return new Promise((resolve) => this.#server.close(resolve));
  }
}

export async function readSent(url: string): Promise<Sent[]> {
  return (await (await fetch(url)).json()) as Sent[];
}

async function read(request: IncomingMessage): Promise<Sent['body']> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString()) as Sent['body'];
}
