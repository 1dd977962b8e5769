import { HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection, type ISubscription } from '@microsoft/signalr';
import type { BoardFeed, FeedSink, FeedStream } from './follower';
import type { BoardFrame, BoardPosition } from './wire';

/** The hub `/hubs/live` over SignalR. It never reconnects by itself: the follower decides when, because it knows the position. */
export class SignalRFeed implements BoardFeed {
  readonly #url: string;
  readonly #token: () => Promise<string>;
  #connection: HubConnection | undefined;

  constructor(url: string, token: () => Promise<string>) {
    this.#url = url;
    this.#token = token;
  }

  follow(board: string, position: BoardPosition | undefined, sink: FeedSink): FeedStream {
    let subscription: ISubscription<BoardFrame> | undefined;
    let stopped = false;
    const end = (error: unknown) => {
      if (stopped) return;
      stopped = true;
      sink.end(error);
    };

    this.#connect().then(
      connection => {
        if (stopped) return;
        subscription = connection.stream<BoardFrame>('Follow', board, position ?? null).subscribe({
          next: frame => {
            if (!stopped) sink.frame(frame);
          },
          error: end,
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
    const connection = new HubConnectionBuilder()
      .withUrl(this.#url, { accessTokenFactory: this.#token })
      .withServerTimeout(15_000)
      .withKeepAliveInterval(5_000)
      .configureLogging(LogLevel.None)
      .build();
    this.#connection = connection;
    await connection.start();
    return connection;
  }

  #drop(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.stop().catch(() => undefined);
  }
}
