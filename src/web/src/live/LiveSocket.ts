import { reconnectDelay } from './backoff';
import { type ClientFrame, closeCode, type Position, parseFrame, type ServerFrame } from './protocol';

export type LiveState = 'idle' | 'connecting' | 'live' | 'waiting' | 'refused';

export interface LiveStatus {
  readonly state: LiveState;
  /** When the last frame of any kind came in, by this machine's clock. */
  readonly heardAt: number | null;
  /** When the last message with data came in. */
  readonly dataAt: number | null;
  /** How far the server's clock is ahead of this machine's, in milliseconds; null before it has told a time. */
  readonly serverAhead: number | null;
  readonly retryAt: number | null;
}

export interface ChannelListener {
  onMessage(data: unknown, at: Date): void;
  /** Messages were lost for good: what is shown must be read again over REST. */
  onGap(): void;
  onRefused?(code: string, message: string): void;
}

/** What the state machine needs of a WebSocket; the browser's own fits. */
export interface Wire {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export interface World {
  open(): Wire;
  now(): number;
  random(): number;
  after(milliseconds: number, action: () => void): () => void;
}

interface Channel {
  readonly listeners: Set<ChannelListener>;
  position: Position | null;
}

/** One connection for the whole app: channels are shared, survive reconnects and continue where they stopped. */
export class LiveSocket {
  readonly #world: World;
  readonly #channels = new Map<string, Channel>();
  readonly #requests = new Map<string, string>();
  readonly #watchers = new Set<() => void>();
  #wire: Wire | null = null;
  #status: LiveStatus = { state: 'idle', heardAt: null, dataAt: null, serverAhead: null, retryAt: null };
  #failures = 0;
  #nextId = 1;
  #idle = 60_000;
  #cancelRetry: () => void = () => {};
  #cancelWatchdog: () => void = () => {};

  constructor(world: World) {
    this.#world = world;
  }

  get status(): LiveStatus {
    return this.#status;
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  connect(): void {
    if (this.#wire !== null) return;
    this.#cancelRetry();
    this.#move({ state: 'connecting', retryAt: null });
    const wire = this.#world.open();
    this.#wire = wire;
    wire.onmessage = (event) => this.#receive(wire, event.data);
    wire.onclose = (event) => this.#closed(wire, event.code);
    // Many come at once after a restart and wait their turn. A server that accepts and then says nothing is as good as none.
    wire.onopen = () => {
      if (wire === this.#wire) this.#watch(10_000, () => this.#drop(wire));
    };
    this.#watch(60_000, () => this.#drop(wire));
  }

  disconnect(): void {
    const wire = this.#wire;
    this.#wire = null;
    this.#cancelRetry();
    this.#cancelWatchdog();
    this.#move({ state: 'idle', retryAt: null });
    wire?.close(1000);
  }

  /** The network is back or the user asks: do not sit out the pause. */
  retryNow(): void {
    if (this.#status.state !== 'waiting') return;
    this.#failures = 0;
    this.connect();
  }

  subscribe(name: string, listener: ChannelListener): () => void {
    const channel = this.#channels.get(name) ?? { listeners: new Set(), position: null };
    const isFirst = channel.listeners.size === 0;
    channel.listeners.add(listener);
    this.#channels.set(name, channel);
    if (isFirst && this.#status.state === 'live') this.#ask(name, channel);
    return () => this.#leave(name, channel, listener);
  }

  #leave(name: string, channel: Channel, listener: ChannelListener): void {
    channel.listeners.delete(listener);
    if (channel.listeners.size > 0 || this.#channels.get(name) !== channel) return;
    this.#channels.delete(name);
    if (this.#status.state === 'live') this.#send({ op: 'unsubscribe', channel: name, id: this.#id(name) });
  }

  #ask(name: string, channel: Channel): void {
    const resume = channel.position === null ? {} : { resume: channel.position };
    this.#send({ op: 'subscribe', channel: name, id: this.#id(name), ...resume });
  }

  #receive(wire: Wire, text: unknown): void {
    if (wire !== this.#wire) return;
    const frame = parseFrame(text);
    this.#listenFor(wire);
    this.#move({ heardAt: this.#world.now() });
    if (frame !== undefined) this.#act(frame);
  }

  #act(frame: ServerFrame): void {
    switch (frame.type) {
      case 'welcome':
        this.#welcome(frame.idleSeconds);
        break;
      case 'subscribed':
        this.#subscribed(frame.id, frame.channel, { epoch: frame.epoch, seq: frame.seq });
        break;
      case 'message':
        this.#message(frame.channel, frame.seq, frame.data, new Date(frame.at));
        break;
      case 'gap':
        this.#gap(frame.channel, { epoch: frame.epoch, seq: frame.to });
        break;
      case 'ping':
        this.#send({ op: 'pong' });
        break;
      case 'error':
        this.#refused(frame.id, frame.code, frame.message);
        break;
      default:
        break;
    }
  }

  #welcome(idleSeconds: number): void {
    this.#failures = 0;
    if (idleSeconds > 0) this.#idle = idleSeconds * 1_000;
    this.#requests.clear();
    this.#move({ state: 'live', serverAhead: null, retryAt: null });
    for (const [name, channel] of this.#channels) this.#ask(name, channel);
  }

  #subscribed(id: string, name: string, position: Position): void {
    this.#requests.delete(id);
    const channel = this.#channels.get(name);
    const before = channel?.position ?? null;
    // On a resumed channel the missed messages follow and move the position themselves.
    if (!channel || before?.epoch === position.epoch) return;
    if (before === null) channel.position = position;
    // Another epoch counts anew: what was missed in between cannot be named.
    else this.#gap(name, position);
  }

  #message(name: string, seq: number, data: unknown, at: Date): void {
    const channel = this.#channels.get(name);
    if (!channel) return;
    if (channel.position !== null) {
      // A resumed channel may repeat what was already seen.
      if (seq <= channel.position.seq) return;
      channel.position = { epoch: channel.position.epoch, seq };
    }
    this.#move({ dataAt: this.#world.now(), serverAhead: this.#ahead(at) });
    for (const listener of [...channel.listeners]) listener.onMessage(data, at);
  }

  /** The way here, and the wait of a message sent again, only make the server seem late: its fastest message is nearest the truth. */
  #ahead(at: Date): number {
    return Math.max(this.#status.serverAhead ?? Number.NEGATIVE_INFINITY, at.getTime() - this.#world.now());
  }

  #gap(name: string, position: Position): void {
    const channel = this.#channels.get(name);
    if (!channel) return;
    channel.position = position;
    for (const listener of [...channel.listeners]) listener.onGap();
  }

  #refused(id: string | undefined, code: string, message: string): void {
    const name = id === undefined ? undefined : this.#requests.get(id);
    if (id === undefined || name === undefined) return;
    this.#requests.delete(id);
    for (const listener of [...(this.#channels.get(name)?.listeners ?? [])])
      listener.onRefused?.(code, message);
  }

  #closed(wire: Wire, code: number): void {
    if (wire !== this.#wire) return;
    this.#wire = null;
    this.#cancelWatchdog();
    const delay = reconnectDelay(this.#failures, code, () => this.#world.random());
    this.#failures += 1;
    if (delay === null) {
      this.#move({ state: 'refused', retryAt: null });
      return;
    }
    this.#move({ state: 'waiting', retryAt: this.#world.now() + delay });
    this.#cancelRetry = this.#world.after(delay, () => this.connect());
  }

  /** Silence past the idle time earns a ping, and silence after the ping a new connection. */
  #listenFor(wire: Wire): void {
    this.#watch(this.#idle, () => {
      this.#send({ op: 'ping', id: this.#id('') });
      this.#watch(10_000, () => this.#drop(wire));
    });
  }

  #drop(wire: Wire): void {
    wire.close(closeCode.silent);
    this.#closed(wire, closeCode.silent);
  }

  #watch(milliseconds: number, action: () => void): void {
    this.#cancelWatchdog();
    this.#cancelWatchdog = this.#world.after(milliseconds, action);
  }

  #id(channel: string): string {
    const id = String(this.#nextId++);
    if (channel !== '') this.#requests.set(id, channel);
    return id;
  }

  #send(frame: ClientFrame): void {
    this.#wire?.send(JSON.stringify(frame));
  }

  #move(change: Partial<LiveStatus>): void {
    this.#status = { ...this.#status, ...change };
    for (const watcher of this.#watchers) watcher();
  }
}
