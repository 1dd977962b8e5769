import { Backoff } from './backoff.js';
import { Freshness, machineClocks, type Clocks } from './freshness.js';
import { ServerClock } from './serverClock.js';
import type { Instant } from './wire.js';

/** Takes what a stream brings. */
export interface StreamSink<Frame> {
  frame(frame: Frame): void;
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
  | 'live'
  /** Access was withdrawn: it does not come back by itself. */
  | 'ended';

/** Whether the server said that whoever follows may not any more. With the token held there is no coming back. */
export const isWithdrawn = (error: unknown): boolean => /\baccess-withdrawn\b/.test(String(error));

/** What a frame came to. */
export type Taken =
  /** With it the picture is right, as of its time. */
  | 'right'
  /** Good, but more has to come. */
  | 'more'
  /** It does not join what is held: follow anew. */
  | Error;

export interface EndlessOptions {
  /** The picture or the connection changed. Not called more often than frames come; gather per animation frame. */
  changed: () => void;
  /** Each failed attempt, for those who want to say why. */
  failed?: (error: unknown) => void;
  backoff?: Backoff;
  clocks?: Clocks;
  /** Milliseconds without any frame after which the connection is given up. The server sends a heartbeat at least every three seconds. */
  silence?: number;
}

/** How long a new connection may take until something comes; more each time that nothing did, up to the whole silence. */
const firstPatience = 5_000;

/** How often the clocks are looked at, and how far they may part before time is taken to have jumped. */
const beat = 1_000;
const jump = 2_000;
/** A beat that is later than this, with nothing heard as long, has slept. A page in the background beats late too, but hears the server's heartbeats. */
const nap = 5_000;

/** Follows a stream for ever: notices silence, comes back by itself, knows how old its picture is. */
export abstract class EndlessFollower<Frame extends { at: Instant }> {
  readonly freshness: Freshness;
  readonly clock: ServerClock;
  readonly #options: EndlessOptions;
  readonly #clocks: Clocks;
  readonly #backoff: Backoff;
  readonly #silence: number;
  #connection: Connection = 'connecting';
  #stream: FeedStream | undefined;
  /** Tells the sinks of old streams from the present one. */
  #generation = 0;
  /** Attempts since something was heard. */
  #attempts = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  #apart = 0;
  #beatAt = 0;
  #heardAt = 0;
  #askedAt = 0;
  #stopped = true;
  #rightAt: { frame: Instant; server: number } | undefined;

  constructor(options: EndlessOptions) {
    this.#options = options;
    this.#clocks = options.clocks ?? machineClocks;
    this.#backoff = options.backoff ?? new Backoff();
    this.#silence = options.silence ?? 12_000;
    this.freshness = new Freshness(this.#clocks);
    this.clock = new ServerClock(() => this.#clocks.steady());
  }

  /** Begins a stream. Calls `end` exactly once unless it was stopped before. */
  protected abstract open(sink: StreamSink<Frame>): FeedStream;

  protected abstract take(frame: Frame): Taken;

  get connection(): Connection {
    return this.#connection;
  }

  /** The server's time of the last picture that was up to date. */
  get pictureAt(): Instant | undefined {
    return this.#rightAt?.frame;
  }

  /**
   * The server's time that the picture may be shown at, in milliseconds since 1970: it goes on for `patience` milliseconds after the picture was last
   * known to be right, and then stands still, because what happened since is not known here.
   */
  shownAt(patience: number): number {
    const now = this.clock.now();
    return this.#rightAt === undefined ? now : Math.min(now, this.#rightAt.server + patience);
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#apart = this.#clocks.wall() - this.#clocks.steady();
    this.#beatAt = this.#clocks.steady();
    this.#beat = setInterval(() => this.#lookAtClocks(), beat);
    this.#follow();
  }

  stop(): void {
    this.#stopped = true;
    this.#leave(true);
    clearTimeout(this.#retry);
    clearInterval(this.#beat);
  }

  /** Tries at once instead of at the end of the wait, for example because the machine woke up. */
  hurry(): void {
    if (this.#stopped || this.#retry === undefined) return;
    clearTimeout(this.#retry);
    this.#follow();
  }

  /**
   * The machine slept, and its connections are dead without knowing it; or its clock was set, and only the server can tell that the picture is not old. Both are answered
   * by asking anew. Where the steady clock stands still in sleep the two clocks part; where it goes on, time has gone by without a beat.
   */
  #lookAtClocks(): void {
    const steady = this.#clocks.steady();
    const apart = this.#clocks.wall() - steady;
    const jumped = Math.abs(apart - this.#apart) > jump;
    const slept = steady - this.#beatAt > nap && steady - this.#heardAt > nap;
    this.#apart = apart;
    this.#beatAt = steady;
    if (!jumped && !slept) return;
    // Waking up may be noticed twice: what is being asked now will tell.
    if (this.#connection === 'connecting' && this.#stream !== undefined && steady - this.#askedAt < nap) return;
    clearTimeout(this.#retry);
    this.#leave(true);
    this.#follow();
  }

  #follow(): void {
    this.#retry = undefined;
    this.#askedAt = this.#clocks.steady();
    const generation = ++this.#generation;
    this.#keepWatch(Math.min(this.#silence, firstPatience * 1.5 ** Math.min(this.#attempts++, 16)));
    this.#stream = this.open({
      frame: frame => {
        if (generation === this.#generation) this.#receive(frame);
      },
      end: error => {
        if (generation !== this.#generation) return;
        if (isWithdrawn(error)) this.#end();
        else this.#again(false);
        this.#options.failed?.(error);
      },
    });
  }

  #receive(frame: Frame): void {
    const taken = this.take(frame);
    if (taken instanceof Error) {
      this.#options.failed?.(taken);
      this.#again(false);
      return;
    }
    this.clock.observe(frame.at);
    this.#heardAt = this.#clocks.steady();
    this.#attempts = 0;
    this.#keepWatch(this.#silence);
    this.#connection = 'live';
    if (taken === 'right') {
      this.#backoff.reset();
      this.freshness.confirm();
      this.#rightAt = { frame: frame.at, server: this.clock.now() };
    }
    this.#options.changed();
  }

  #end(): void {
    this.stop();
    this.#connection = 'ended';
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

  #keepWatch(patience: number): void {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      this.#options.failed?.(new Error(`nothing heard for ${patience} ms`));
      this.#again(true);
    }, patience);
  }
}
