import { HttpTransportType, HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import type { BoardFeed, FeedSink, FeedStream } from './follower.js';
import { TransportLadder } from './ladder.js';
import { unpack } from './unpack.js';
import type { BoardFrame, BoardPosition } from './wire.js';

export interface SignalRFeedOptions {
  /** `messagepack`: frames as bytes, compressed when they are large. `json`: as text. A server that knows only JSON gets JSON in any case. */
  encoding?: 'messagepack' | 'json';
  /** The ways that may be tried, the best first; all by default. */
  transports?: HttpTransportType;
}

/** One following of a board, from its beginning to its end. */
class Following {
  stopped = false;
  readonly #sink: FeedSink;
  /** Unpacking takes its time, and must not change the order. */
  #unpacking = Promise.resolve();

  constructor(
    readonly board: string,
    sink: FeedSink,
  ) {
    this.#sink = sink;
  }

  take(frame: BoardFrame | Uint8Array): void {
    if (frame instanceof Uint8Array) this.#unpacking = this.#unpacking.then(() => unpack(frame)).then(this.#give, this.end);
    else this.#give(frame);
  }

  readonly end = (error: unknown): void => {
    if (this.stopped) return;
    this.stopped = true;
    this.#sink.end(error);
  };

  readonly #give = (frame: BoardFrame): void => {
    if (!this.stopped) this.#sink.frame(frame);
  };
}

/** The hub `/hubs/live` over SignalR. It never reconnects by itself: the follower decides when, because it knows the position. */
export class SignalRFeed implements BoardFeed {
  readonly #url: string;
  readonly #token: () => Promise<string>;
  readonly #ladder: TransportLadder;
  #packed: boolean;
  #connection: HubConnection | undefined;
  #following: Following | undefined;
  /** Once leaving a board is answered, nothing of it comes any more. */
  #left: Promise<unknown> = Promise.resolve();

  constructor(url: string, token: () => Promise<string>, options: SignalRFeedOptions = {}) {
    this.#url = url;
    this.#token = token;
    this.#packed = options.encoding !== 'json' && typeof DecompressionStream === 'function';
    this.#ladder = new TransportLadder(
      options.transports ?? HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling,
    );
  }

  follow(board: string, position: BoardPosition | undefined, sink: FeedSink): FeedStream {
    const following = new Following(board, sink);
    this.#connect()
      .then(connection => this.#begin(connection, following, position))
      .catch((error: unknown) => following.end(error));
    return {
      stop: broken => {
        following.stopped = true;
        if (broken) this.#drop();
        else if (this.#following === following) this.#leave(board);
      },
    };
  }

  async #begin(connection: HubConnection, following: Following, position: BoardPosition | undefined): Promise<void> {
    await this.#left;
    if (following.stopped) return;
    this.#following = following;
    try {
      await connection.invoke('Follow', following.board, position ?? null);
    } catch (error) {
      this.#refused(connection);
      throw error;
    }
  }

  #leave(board: string): void {
    const connection = this.#connection;
    this.#following = undefined;
    this.#left = connection?.invoke('Unfollow', board).catch(() => this.#refused(connection)) ?? Promise.resolve();
  }

  async #connect(): Promise<HubConnection> {
    if (this.#connection?.state === HubConnectionState.Connected) return this.#connection;
    this.#drop();
    const builder = new HubConnectionBuilder()
      .withUrl(this.#url, { accessTokenFactory: this.#token, transport: this.#ladder.next() })
      .withServerTimeout(15_000)
      .withKeepAliveInterval(5_000)
      .configureLogging(LogLevel.None);
    if (this.#packed) builder.withHubProtocol(new MessagePackHubProtocol());
    const connection = builder.build();
    this.#listen(connection);
    this.#connection = connection;
    this.#ladder.opening();
    try {
      await connection.start();
    } catch (error) {
      // Refused, and not given up by the follower because nothing came.
      if (this.#connection === connection) this.#ladder.heard();
      if (String(error).includes('messagepack')) this.#packed = false;
      throw error;
    }
    return connection;
  }

  #listen(connection: HubConnection): void {
    const following = (board?: string) =>
      connection === this.#connection && (board === undefined || board === this.#following?.board) ? this.#following : undefined;
    connection.on('Frame', (board: string, frame: BoardFrame | Uint8Array) => {
      this.#ladder.heard();
      following(board)?.take(frame);
    });
    connection.on('Ended', (board: string, reason: string) => {
      const ended = following(board);
      if (ended === undefined) return;
      this.#refused(connection);
      ended.end(new Error(reason));
    });
    connection.onclose(error => following()?.end(error ?? new Error('the server ended the connection')));
  }

  /** What the server refuses for good on this connection it may grant on another, for example with a new token. */
  #refused(connection: HubConnection): void {
    // Either the server has spoken, or the connection broke, and then the way may be to blame.
    if (connection.state === HubConnectionState.Connected) this.#ladder.heard();
    if (connection === this.#connection) this.#drop();
  }

  #drop(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    this.#following = undefined;
    connection?.stop().catch(() => undefined);
  }
}
