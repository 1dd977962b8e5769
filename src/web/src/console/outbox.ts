import { Backoff, type Whistle } from '@whistle-actors/live';
import { Refused } from '../api/session';
import type { OrderName } from './orderKinds';

/** What somebody at this console wants of the server. */
export interface Order {
  /** Its Idempotency-Key, the same over all attempts. */
  key: string;
  whistle: string;
  name: OrderName;
  body: object;
  /** By this machine's clock. */
  givenAt: number;
}

export type Progress =
  /** Sent, or about to be; the server has not answered. */
  | { state: 'sending'; attempt: number }
  /** It did not get through, or the server could not take it now. It may or may not have been stored; the next attempt will tell. `until`: by `performance.now()`. */
  | { state: 'waiting'; attempt: number; until: number; why: unknown }
  /** The server answered that it is stored. `at`: the server's time. */
  | { state: 'stored'; at: number }
  /** The server answered no. */
  | { state: 'refused'; why: Refused }
  /** Too old to be sent with its key any more. */
  | { state: 'expired' };

export interface Sent {
  order: Order;
  progress: Progress;
}

/** Where orders outlive the page; `localStorage` fits. */
export interface Shelf {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface OutboxOptions {
  /** Whose orders: keys count for one person. */
  owner: string;
  /** @param patience Milliseconds to wait for the answer. */
  send: (order: Order, patience: number) => Promise<Whistle>;
  /** The server answered with the whistle as it is after the order. */
  stored: (whistle: Whistle, order: Order) => void;
  changed: () => void;
  /** The server's time. */
  now: () => number;
  shelf?: Shelf | undefined;
  random?: () => number;
}

/** The server knows a key for 24 hours; an order that is older might take effect twice. */
const oldest = 20 * 3_600_000;
/** After a cut, a browser sends through connections that may all be dead. Its key makes an order one however often it is sent: better again soon than long in vain. */
const firstPatience = 4_000;
const longestPatience = 15_000;
/** A browser holds six connections to a server; what is sent beyond that waits there unseen, and its time runs out. */
const atOnce = 4;
/** How long one can read that something was stored. */
const praise = 6_000;

/**
 * Orders on their way. Each is sent again with its key until the server has answered, in the order in which they were given for a whistle, also after the page was
 * closed and opened. Nothing counts as done before the server said so.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #sent = new Map<string, Sent>();
  readonly #busy = new Set<string>();
  readonly #hurries = new Set<() => void>();
  #underWay = 0;
  readonly #queue: (() => void)[] = [];

  constructor(options: OutboxOptions) {
    this.#options = options;
    for (const order of this.#shelved()) this.#sent.set(order.key, { order, progress: { state: 'sending', attempt: 0 } });
  }

  /** Sends what was not answered when the page was closed. */
  start(): void {
    for (const { order } of this.all) void this.#work(order.whistle);
  }

  /** In the order in which they were given. */
  get all(): readonly Sent[] {
    return [...this.#sent.values()];
  }

  /** Those that are not answered yet. */
  get open(): number {
    return this.all.filter(({ progress }) => progress.state === 'sending' || progress.state === 'waiting').length;
  }

  /** How the last order of a kind for a whistle is getting on. */
  of(whistle: string, name?: OrderName): Sent | undefined {
    return this.all.findLast(({ order }) => order.whistle === whistle && (name === undefined || order.name === name));
  }

  give(whistle: string, name: OrderName, body: object): void {
    const same = this.all.find(({ order, progress }) => order.whistle === whistle && order.name === name && (progress.state === 'sending' || progress.state === 'waiting'));
    // Pressed twice, it is meant once.
    if (same !== undefined && JSON.stringify(same.order.body) === JSON.stringify(body)) return;
    for (const { order, progress } of this.all) if (order.whistle === whistle && order.name === name && progress.state === 'refused') this.dismiss(order.key);
    const order: Order = { key: newKey(), whistle, name, body, givenAt: Date.now() };
    this.#shelve(order);
    this.#sent.set(order.key, { order, progress: { state: 'sending', attempt: 0 } });
    this.#options.changed();
    void this.#work(whistle);
  }

  /** Sends at once what waits for its next attempt. */
  hurry(): void {
    for (const go of [...this.#hurries]) go();
  }

  /** Somebody read what became of it. One that is not answered cannot be dismissed: it may be stored already. */
  dismiss(key: string): void {
    const state = this.#sent.get(key)?.progress.state;
    if (state === undefined || state === 'sending' || state === 'waiting') return;
    this.#sent.delete(key);
    this.#options.changed();
  }

  async #work(whistle: string): Promise<void> {
    if (this.#busy.has(whistle)) return;
    this.#busy.add(whistle);
    try {
      for (;;) {
        const next = this.all.find(({ order, progress }) => order.whistle === whistle && (progress.state === 'sending' || progress.state === 'waiting'));
        if (next === undefined) return;
        await this.#deliver(next.order);
      }
    } finally {
      this.#busy.delete(whistle);
    }
  }

  async #deliver(order: Order): Promise<void> {
    const backoff = new Backoff(500, 10_000, this.#options.random);
    for (let attempt = 1; ; attempt++) {
      if (Date.now() - order.givenAt > oldest) {
        this.#settle(order, { state: 'expired' });
        return;
      }
      this.#put(order, { state: 'sending', attempt });
      try {
        const whistle = await this.#inTurn(() => this.#options.send(order, Math.min(longestPatience, firstPatience * attempt)));
        this.#settle(order, { state: 'stored', at: this.#options.now() });
        this.#options.stored(whistle, order);
        setTimeout(() => this.dismiss(order.key), praise);
        return;
      } catch (why) {
        if (why instanceof Refused && !mayWorkLater(why)) {
          this.#settle(order, { state: 'refused', why });
          return;
        }
        const wait = Math.max(backoff.next(), why instanceof Refused ? 1000 * (why.retryAfter ?? 0) : 0);
        this.#put(order, { state: 'waiting', attempt, until: performance.now() + wait, why });
        await this.#pause(wait);
      }
    }
  }

  async #inTurn<T>(send: () => Promise<T>): Promise<T> {
    if (this.#underWay >= atOnce) await new Promise<void>(resolve => this.#queue.push(resolve));
    else this.#underWay++;
    try {
      return await send();
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#underWay--;
      else next();
    }
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      const go = () => {
        clearTimeout(timer);
        this.#hurries.delete(go);
        resolve();
      };
      const timer = setTimeout(go, milliseconds);
      this.#hurries.add(go);
    });
  }

  #settle(order: Order, progress: Progress): void {
    this.#unshelve(order);
    this.#put(order, progress);
  }

  #put(order: Order, progress: Progress): void {
    this.#sent.set(order.key, { order, progress });
    this.#options.changed();
  }

  // One entry an order, so that two windows of the same person do not write over each other. Both may send it: its key makes it one.
  #name(key = ''): string {
    return `whistle-actors.order.${this.#options.owner}.${key}`;
  }

  #shelve(order: Order): void {
    try {
      this.#options.shelf?.setItem(this.#name(order.key), JSON.stringify(order));
    } catch {
      // Storage is full or forbidden: the order lives as long as the page.
    }
  }

  #unshelve(order: Order): void {
    try {
      this.#options.shelf?.removeItem(this.#name(order.key));
    } catch {
      // It was not there either.
    }
  }

  #shelved(): Order[] {
    const shelf = this.#options.shelf;
    if (shelf === undefined) return [];
    const orders: Order[] = [];
    try {
      for (let i = 0; i < shelf.length; i++) {
        const name = shelf.key(i);
        if (name?.startsWith(this.#name())) orders.push(JSON.parse(shelf.getItem(name)!) as Order);
      }
    } catch {
      // What cannot be read cannot be sent.
    }
    return orders.sort((a, b) => a.givenAt - b.givenAt);
  }
}

/** Overload, a restart, a fault of the server: what it said was about now, not about the order. */
function mayWorkLater({ status }: Refused): boolean {
  return status >= 500 || status === 429 || status === 408 || status === 401;
}

function newKey(): string {
  // `randomUUID` is for secure contexts only.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
