import { Backoff } from './backoff.js';
import { Freshness, machineClocks, type Clocks } from './freshness.js';
import { BoardPicture } from './picture.js';
import { ServerClock } from './serverClock.js';
import type { BoardFrame, BoardPosition } from './wire.js';

/** A way to the server that can stream a board. One stream at a time. */
export interface BoardFeed {
  /** Connects if need be and streams. Calls `end` exactly once unless `stop` was called before. */
  follow(board: string, position: BoardPosition | undefined, sink: FeedSink): FeedStream;
}

export interface FeedSink {
  frame(frame: BoardFrame): void;
  end(error: unknown): void;
}

export interface FeedStream {
  /** `broken`: the connection is not to be trusted and must not be used again. */
  stop(broken: boolean): void;
}

export type Connection =
  /** No stream yet, or not any more; being mended. */
  | 'connecting'
  /** Frames come. */
  | 'live';

export interface FollowerOptions {
  board: string;
  feed: BoardFeed;
  /** The picture or the connection changed. Not called more often than frames come; gather per animation frame. */
  changed: () => void;
  /** Each failed attempt, for those who want to say why. */
  failed?: (error: unknown) => void;
  backoff?: Backoff;
  clocks?: Clocks;
  /** Milliseconds without any frame after which the connection is given up. The server sends a heartbeat at least every five seconds. */
  silence?: number;
}

/** Follows a board for ever: notices gaps and silence, comes back where it left off, knows how old the picture is. */
export class BoardFollower {
  readonly picture = new BoardPicture();
  readonly freshness: Freshness;
  readonly clock: ServerClock;
  readonly #options: FollowerOptions;
  readonly #backoff: Backoff;
  readonly #silence: number;
  #connection: Connection = 'connecting';
  #stream: FeedStream | undefined;
  /** Tells the sinks of old streams from the present one. */
  #generation = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setTimeout> | undefined;
  #stopped = true;
  #lastFrameAt: string | undefined;

  constructor(options: FollowerOptions) {
    const clocks = options.clocks ?? machineClocks;
    this.#options = options;
    this.#backoff = options.backoff ?? new Backoff();
    this.#silence = options.silence ?? 12_000;
    this.freshness = new Freshness(clocks);
    this.clock = new ServerClock(() => clocks.steady());
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** The server's time of the last picture that was up to date. */
  get pictureAt(): string | undefined {
    return this.#lastFrameAt;
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#follow();
  }

  stop(): void {
    this.#stopped = true;
    this.#leave(true);
    clearTimeout(this.#retry);
  }

  /** Tries at once instead of at the end of the wait, for example because the machine woke up. */
  hurry(): void {
    if (this.#stopped || this.#retry === undefined) return;
    clearTimeout(this.#retry);
    this.#follow();
  }

  #follow(): void {
    this.#retry = undefined;
    this.picture.abandonSnapshot();
    const generation = ++this.#generation;
    this.#keepWatch();
    this.#stream = this.#options.feed.follow(this.#options.board, this.picture.position, {
      frame: frame => {
        if (generation === this.#generation) this.#receive(frame);
      },
      end: error => {
        if (generation !== this.#generation) return;
        this.#options.failed?.(error);
        this.#again(false);
      },
    });
  }

  #receive(frame: BoardFrame): void {
    const merge = this.picture.merge(frame);
    if (merge === 'gap') {
      this.#options.failed?.(new Error(`gap: holding ${describe(this.picture.position)}, got ${frame.epoch}:${frame.from}-${frame.to}`));
      this.#again(false);
      return;
    }
    this.clock.observe(frame.at);
    this.#keepWatch();
    this.#connection = 'live';
    if (merge === 'shown') {
      this.#backoff.reset();
      this.freshness.confirm();
      this.#lastFrameAt = frame.at;
    }
    this.#options.changed();
  }

  #again(broken: boolean): void {
    this.#leave(broken);
    if (this.#stopped) return;
    this.#retry = setTimeout(() => this.#follow(), this.#backoff.next());
    this.#options.changed();
  }

  #leave(broken: boolean): void {
    this.#generation++;
    clearTimeout(this.#watch);
    this.#connection = 'connecting';
    const stream = this.#stream;
    this.#stream = undefined;
    stream?.stop(broken);
  }

  #keepWatch(): void {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      this.#options.failed?.(new Error(`nothing heard for ${this.#silence} ms`));
      this.#again(true);
    }, this.#silence);
  }
}

function describe(position: BoardPosition | undefined): string {
  return position === undefined ? 'nothing' : `${position.epoch}:${position.sequence}`;
}
