/** The frames of `/api/v1/ws`, as the server writes them. */
export type ServerFrame =
  | { type: 'welcome'; connection: string; epoch: string; idleSeconds: number }
  | { type: 'subscribed'; id: string; channel: string; epoch: string; seq: number }
  | { type: 'unsubscribed'; id: string; channel: string }
  | { type: 'message'; channel: string; seq: number; at: string; data: unknown }
  | { type: 'gap'; channel: string; epoch: string; reason?: string; from: number; to: number }
  | { type: 'ping' }
  | { type: 'pong'; id?: string }
  | { type: 'error'; id?: string; code: string; message: string };

export interface Position {
  readonly epoch: string;
  readonly seq: number;
}

export type ClientFrame =
  | { op: 'subscribe'; channel: string; id: string; resume?: Position }
  | { op: 'unsubscribe'; channel: string; id: string }
  | { op: 'ping'; id: string }
  | { op: 'pong' };

export const closeCode = {
  restart: 1012,
  unauthorized: 4401,
  forbidden: 4403,
  tooSlow: 4408,
  rateLimited: 4429,
  /** Ours: the server went silent. */
  silent: 4000,
} as const;

const knownTypes: readonly string[] = [
  'welcome',
  'subscribed',
  'unsubscribed',
  'message',
  'gap',
  'ping',
  'pong',
  'error',
] satisfies ServerFrame['type'][];

/** A frame of a kind this version does not know is skipped, so that the server may learn new ones. */
export function parseFrame(text: unknown): ServerFrame | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const frame: unknown = JSON.parse(text);
    if (typeof frame !== 'object' || frame === null || !('type' in frame)) return undefined;
    return typeof frame.type === 'string' && knownTypes.includes(frame.type)
      ? (frame as ServerFrame)
      : undefined;
  } catch {
    return undefined;
  }
}
