import { EndlessFollower, type EndlessOptions, type FeedStream, type StreamSink, type Taken } from './endless.js';
import type { Alert, AlertFrame } from './wire.js';

/** A way to the server that can stream a department's alerts. One stream at a time. */
export interface AlertFeed {
  /** Connects if need be and streams. Calls `end` exactly once unless `stop` was called before. */
  follow(department: string, sink: StreamSink<AlertFrame>): FeedStream;
  /** Proves to the server that a screen displayed alerts. */
  shown(department: string, screen: string, whistles: string[]): Promise<void>;
}

export interface AlertFollowerOptions extends EndlessOptions {
  department: string;
  /** Names this screen; the same after a reconnect. */
  screen: string;
  feed: AlertFeed;
}

/** The server takes at most this many at once. */
const mostShown = 500;

/** Follows what waits for a department, for ever. */
export class AlertFollower extends EndlessFollower<AlertFrame> {
  readonly #department: string;
  readonly #screen: string;
  readonly #feed: AlertFeed;
  #alerts = new Map<string, Alert>();
  #gathering: Map<string, Alert> | undefined;
  #unsigned = 0;
  #ready = false;
  /** Displayed, and not known to be proven; by whistle and cause, so that a second alert of a whistle is proven anew. */
  readonly #unproven = new Map<string, string>();
  readonly #proven = new Set<string>();
  #proving = false;

  constructor(options: AlertFollowerOptions) {
    super(options);
    this.#department = options.department;
    this.#screen = options.screen;
    this.#feed = options.feed;
  }

  /** What waits, by whistle. Never half of it. */
  get alerts(): ReadonlyMap<string, Alert> {
    return this.#alerts;
  }

  /** How many wait for a signature in all. */
  get unsigned(): number {
    return this.#unsigned;
  }

  /** True once there is something to show, even if nothing waits. */
  get ready(): boolean {
    return this.#ready;
  }

  /** These are on the screen now. The server is told once of each, after a broken connection too. */
  displayed(alerts: Iterable<Alert>): void {
    for (const alert of alerts) {
      const key = proof(alert);
      if (!this.#proven.has(key)) this.#unproven.set(key, alert.whistle);
    }
    void this.#prove();
  }

  protected override open(sink: StreamSink<AlertFrame>): FeedStream {
    this.#gathering = undefined;
    return this.#feed.follow(this.#department, sink);
  }

  protected override take(frame: AlertFrame): Taken {
    if (frame.reset) this.#gathering = new Map();
    else if (this.#gathering === undefined && !this.#ready) return new Error('the first frame of a stream must be a reset');
    const into = this.#gathering ?? this.#alerts;
    for (const id of frame.over) into.delete(id);
    for (const alert of frame.alerts) into.set(alert.whistle, alert);
    if (!frame.complete) return 'more';
    this.#alerts = into;
    this.#gathering = undefined;
    this.#unsigned = frame.unsigned;
    this.#ready = true;
    this.#forgetProofs();
    void this.#prove();
    return 'right';
  }

  async #prove(): Promise<void> {
    if (this.#proving || this.#unproven.size === 0) return;
    this.#proving = true;
    try {
      while (this.#unproven.size > 0) {
        const batch = [...this.#unproven].slice(0, mostShown);
        await this.#feed.shown(this.#department, this.#screen, [...new Set(batch.map(([, whistle]) => whistle))]);
        for (const [key] of batch) {
          this.#unproven.delete(key);
          this.#proven.add(key);
        }
      }
    } catch {
      // No connection, or not stored: the next frame tries again.
    } finally {
      this.#proving = false;
    }
  }

  /** A screen that runs for weeks must not remember every alert it ever showed. */
  #forgetProofs(): void {
    const held = new Set([...this.#alerts.values()].map(proof));
    for (const key of this.#proven) if (!held.has(key)) this.#proven.delete(key);
    for (const key of this.#unproven.keys()) if (!held.has(key)) this.#unproven.delete(key);
  }
}

function proof(alert: Alert): string {
  return `${alert.whistle} ${alert.cause} ${alert.since}`;
}
