import type { HubConnection } from '@microsoft/signalr';
import type { AlertFeed } from './alertFollower.js';
import type { FeedStream, StreamSink } from './endless.js';
import type { BoardFeed, FeedSink } from './follower.js';
import { HubLink, type LinkOptions } from './hubLink.js';
import { unpack } from './unpack.js';
import type { AlertFrame, BoardFrame, BoardPosition } from './wire.js';

export type SignalRFeedOptions = LinkOptions;

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
    if (frame instanceof Uint8Array) this.#unpacking = this.#unpacking.then(() => unpack<BoardFrame>(frame)).then(this.#give, this.end);
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

/** The boards of the hub `/hubs/live` over SignalR. */
export class SignalRFeed implements BoardFeed {
  readonly #link: HubLink;
  #following: Following | undefined;
  /** Once leaving a board is answered, nothing of it comes any more. */
  #left: Promise<unknown> = Promise.resolve();

  constructor(url: string, token: () => Promise<string>, options: SignalRFeedOptions = {}) {
    this.#link = new HubLink(url, token, options, connection => this.#listen(connection));
  }

  follow(board: string, position: BoardPosition | undefined, sink: FeedSink): FeedStream {
    const following = new Following(board, sink);
    this.#link
      .connect()
      .then(connection => this.#begin(connection, following, position))
      .catch((error: unknown) => following.end(error));
    return {
      stop: broken => {
        following.stopped = true;
        if (broken) this.#link.cut();
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
      this.#link.refused(connection);
      throw error;
    }
  }

  #leave(board: string): void {
    const connection = this.#link.connection;
    this.#following = undefined;
    this.#left = connection?.invoke('Unfollow', board).catch(() => this.#link.refused(connection)) ?? Promise.resolve();
  }

  #listen(connection: HubConnection): void {
    const following = (board?: string) =>
      connection === this.#link.connection && (board === undefined || board === this.#following?.board) ? this.#following : undefined;
    connection.on('Frame', (board: string, frame: BoardFrame | Uint8Array) => {
      this.#link.heard();
      following(board)?.take(frame);
    });
    connection.on('Ended', (board: string, reason: string) => {
      const ended = following(board);
      if (ended === undefined) return;
      this.#link.refused(connection);
      ended.end(new Error(reason));
    });
    connection.onclose(error => following()?.end(error ?? new Error('the server ended the connection')));
  }
}

/** The alerts of the hub `/hubs/alerts` over SignalR. */
export class SignalRAlertFeed implements AlertFeed {
  readonly #link: HubLink;

  constructor(url: string, token: () => Promise<string>, options: SignalRFeedOptions = {}) {
    this.#link = new HubLink(url, token, options);
  }

  follow(department: string, sink: StreamSink<AlertFrame>): FeedStream {
    return this.#link.stream([department], sink);
  }

  shown(department: string, screen: string, whistles: string[]): Promise<void> {
    return this.#link.invoke('Shown', department, screen, whistles);
  }
}
