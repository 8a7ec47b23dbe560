import { beforeEach, describe, expect, test } from 'vitest';
import { LiveSocket, type Wire, type World } from './LiveSocket';
import type { ServerFrame } from './protocol';

class FakeWire implements Wire {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: { [key: string]: unknown }[] = [];
  closedWith: number | undefined;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(code?: number): void {
    this.closedWith = code;
  }

  says(frame: ServerFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  cut(code: number): void {
    this.onclose?.({ code });
  }
}

class FakeWorld implements World {
  readonly wires: FakeWire[] = [];
  time = 0;
  #timers: { at: number; action: () => void }[] = [];

  open(): Wire {
    const wire = new FakeWire();
    this.wires.push(wire);
    return wire;
  }

  now = () => this.time;
  random = () => 1;

  after(milliseconds: number, action: () => void): () => void {
    const timer = { at: this.time + milliseconds, action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  pass(milliseconds: number): void {
    this.time += milliseconds;
    const due = this.#timers.filter((timer) => timer.at <= this.time);
    this.#timers = this.#timers.filter((timer) => timer.at > this.time);
    for (const timer of due) timer.action();
  }

  get wire(): FakeWire {
    const wire = this.wires.at(-1);
    if (!wire) throw new Error('No connection was opened');
    return wire;
  }
}

let world: FakeWorld;
let socket: LiveSocket;
let seen: unknown[];
let gaps: number;
const listener = {
  onMessage: (data: unknown) => seen.push(data),
  onGap: () => {
    gaps += 1;
  },
};
const welcome: ServerFrame = { type: 'welcome', connection: 'c1', epoch: 'e1', idleSeconds: 60 };
const message = (seq: number): ServerFrame => ({
  type: 'message',
  channel: 'status',
  seq,
  at: '2026-01-02T03:04:05Z',
  data: seq,
});

beforeEach(() => {
  world = new FakeWorld();
  socket = new LiveSocket(world);
  seen = [];
  gaps = 0;
});

function live(): FakeWire {
  socket.connect();
  world.wire.says(welcome);
  return world.wire;
}

function subscribed(seq = 10): FakeWire {
  socket.subscribe('status', listener);
  const wire = live();
  wire.says({ type: 'subscribed', id: '1', channel: 'status', epoch: 'e1', seq });
  return wire;
}

describe('a live connection', () => {
  test('waits its turn to be opened, and then for a welcome', () => {
    socket.connect();
    world.pass(30_000);
    expect(socket.status.state).toBe('connecting');
    world.wire.onopen?.();
    world.pass(10_000);
    expect(socket.status.state).toBe('waiting');
  });

  test('is live only after the welcome', () => {
    socket.connect();
    expect(socket.status.state).toBe('connecting');
    world.wire.says(welcome);
    expect(socket.status.state).toBe('live');
  });

  test('asks for the channels that were wanted before it stood', () => {
    const wire = subscribed();
    expect(wire.sent).toEqual([{ op: 'subscribe', channel: 'status', id: '1' }]);
  });

  test('hands messages on and remembers when data came in', () => {
    const wire = subscribed();
    world.pass(1_000);
    wire.says(message(11));
    expect(seen).toEqual([11]);
    expect(socket.status.dataAt).toBe(1_000);
  });

  test('shares one subscription between listeners and gives it up with the last', () => {
    const wire = live();
    const leaveFirst = socket.subscribe('status', listener);
    const leaveSecond = socket.subscribe('status', { ...listener });
    leaveFirst();
    expect(wire.sent).toHaveLength(1);
    leaveSecond();
    expect(wire.sent.at(-1)).toMatchObject({ op: 'unsubscribe', channel: 'status' });
  });

  test('answers a ping', () => {
    const wire = live();
    wire.says({ type: 'ping' });
    expect(wire.sent).toEqual([{ op: 'pong' }]);
  });

  test('tells the listener whose subscription was refused', () => {
    const refusals: string[] = [];
    socket.subscribe('secret', { ...listener, onRefused: (code) => refusals.push(code) });
    live().says({ type: 'error', id: '1', code: 'FORBIDDEN', message: 'Not for you' });
    expect(refusals).toEqual(['FORBIDDEN']);
  });

  test('survives frames it does not understand', () => {
    const wire = subscribed();
    wire.onmessage?.({ data: '{"type":"novelty"}' });
    wire.onmessage?.({ data: 'not json' });
    wire.says(message(11));
    expect(seen).toEqual([11]);
  });
});

describe('a broken connection', () => {
  test('comes back and continues after the last message it saw', () => {
    subscribed().says(message(11));
    world.wire.cut(1012);
    expect(socket.status.state).toBe('waiting');
    world.pass(500);
    world.wire.says(welcome);
    expect(world.wires).toHaveLength(2);
    expect(world.wire.sent).toEqual([
      { op: 'subscribe', channel: 'status', id: '2', resume: { epoch: 'e1', seq: 11 } },
    ]);
  });

  test('does not hand on a message twice when the server repeats it', () => {
    subscribed().says(message(11));
    world.wire.cut(1006);
    world.pass(500);
    world.wire.says(welcome);
    world.wire.says({ type: 'subscribed', id: '2', channel: 'status', epoch: 'e1', seq: 12 });
    world.wire.says(message(11));
    world.wire.says(message(12));
    expect(seen).toEqual([11, 12]);
  });

  test('reports a gap once and goes on behind it', () => {
    const wire = subscribed();
    wire.says({ type: 'gap', channel: 'status', epoch: 'e2', from: 11, to: 40 });
    wire.says(message(41));
    expect(gaps).toBe(1);
    expect(seen).toEqual([41]);
    wire.cut(4408);
    world.pass(500);
    world.wire.says(welcome);
    expect(world.wire.sent[0]).toMatchObject({ resume: { epoch: 'e2', seq: 41 } });
  });

  test('treats another epoch of the server as a gap', () => {
    subscribed().cut(1006);
    world.pass(500);
    world.wire.says({ ...welcome, epoch: 'e2' });
    world.wire.says({ type: 'subscribed', id: '2', channel: 'status', epoch: 'e2', seq: 3 });
    world.wire.says(message(4));
    expect(gaps).toBe(1);
    expect(seen).toEqual([4]);
  });

  test('waits longer after each failure, and starts over after a success', () => {
    socket.connect();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      world.wire.cut(1006);
      waits.push((socket.status.retryAt ?? 0) - world.time);
      world.pass(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    world.wire.says(welcome);
    world.wire.cut(1006);
    expect((socket.status.retryAt ?? 0) - world.time).toBe(500);
  });

  test('keeps away for a while when it was too eager', () => {
    live().cut(4429);
    expect((socket.status.retryAt ?? 0) - world.time).toBeGreaterThanOrEqual(15_000);
  });

  test.each([4401, 4403])('does not come back when it was refused with %i', (code) => {
    live().cut(code);
    world.pass(600_000);
    expect(socket.status.state).toBe('refused');
    expect(world.wires).toHaveLength(1);
  });

  test('is tried at once when the network is back', () => {
    live().cut(1006);
    socket.retryNow();
    expect(world.wires).toHaveLength(2);
  });

  test('is noticed by its silence: a ping, then a new connection', () => {
    const wire = live();
    world.pass(60_000);
    expect(wire.sent.at(-1)).toMatchObject({ op: 'ping' });
    world.pass(10_000);
    expect(wire.closedWith).toBe(4000);
    expect(socket.status.state).toBe('waiting');
  });

  test('stays alive when the ping is answered', () => {
    const wire = live();
    world.pass(60_000);
    wire.says({ type: 'pong', id: '1' });
    world.pass(10_000);
    expect(socket.status.state).toBe('live');
  });

  test('stays down when the app lets go of it', () => {
    live();
    socket.disconnect();
    world.wire.cut(1000);
    world.pass(600_000);
    expect(socket.status.state).toBe('idle');
    expect(world.wires).toHaveLength(1);
  });
});
