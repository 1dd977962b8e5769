import { HttpTransportType, HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection, type ISubscription } from '@microsoft/signalr';
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

/** The hub `/hubs/live` over SignalR. It never reconnects by itself: the follower decides when, because it knows the position. */
export class SignalRFeed implements BoardFeed {
  readonly #url: string;
  readonly #token: () => Promise<string>;
  readonly #ladder: TransportLadder;
  #packed: boolean;
  #connection: HubConnection | undefined;

  constructor(url: string, token: () => Promise<string>, options: SignalRFeedOptions = {}) {
    this.#url = url;
    this.#token = token;
    this.#packed = options.encoding !== 'json' && typeof DecompressionStream === 'function';
    this.#ladder = new TransportLadder(
      options.transports ?? HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling,
    );
  }

  follow(board: string, position: BoardPosition | undefined, sink: FeedSink): FeedStream {
    let subscription: ISubscription<BoardFrame | Uint8Array> | undefined;
    let stopped = false;
    const end = (error: unknown) => {
      if (stopped) return;
      stopped = true;
      sink.end(error);
    };
    const take = (frame: BoardFrame) => {
      this.#ladder.heard();
      if (!stopped) sink.frame(frame);
    };
    // Unpacking takes its time, and must not change the order.
    let unpacking = Promise.resolve();

    this.#connect().then(
      connection => {
        if (stopped) return;
        subscription = connection.stream<BoardFrame | Uint8Array>('Follow', board, position ?? null).subscribe({
          next: frame => {
            if (!(frame instanceof Uint8Array)) take(frame);
            else unpacking = unpacking.then(() => unpack(frame)).then(take, end);
          },
          error: error => {
            // Whatever it was: the server has spoken, or the connection broke, which is seen elsewhere.
            if (connection.state === HubConnectionState.Connected) this.#ladder.heard();
            // What the server refuses for good on this connection it may grant on another, for example with a new token.
            this.#drop();
            end(error);
          },
          complete: () => end(new Error('the server ended the stream')),
        });
      },
      (error: unknown) => end(error),
    );

    return {
      stop: broken => {
        stopped = true;
        if (broken) {
          this.#drop();
          return;
        }
        try {
          subscription?.dispose();
        } catch {
          this.#drop();
        }
      },
    };
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

  #drop(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.stop().catch(() => undefined);
  }
}
