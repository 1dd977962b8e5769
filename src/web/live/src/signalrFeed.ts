import type { AlertFeed } from './alertFollower.js';
import type { FeedStream, StreamSink } from './endless.js';
import type { BoardFeed, FeedSink } from './follower.js';
import { HubLink, type LinkOptions } from './hubLink.js';
import type { AlertFrame, BoardPosition } from './wire.js';

export type SignalRFeedOptions = LinkOptions;

/** The boards of the hub `/hubs/live` over SignalR. */
export class SignalRFeed implements BoardFeed {
  readonly #link: HubLink;

  constructor(url: string, token: () => Promise<string>, options: SignalRFeedOptions = {}) {
    this.#link = new HubLink(url, token, options);
  }

  follow(board: string, position: BoardPosition | undefined, sink: FeedSink): FeedStream {
    return this.#link.follow([board, position ?? null], sink);
  }
}

/** The alerts of the hub `/hubs/alerts` over SignalR. They are few and small, and the hub writes them as JSON only. */
export class SignalRAlertFeed implements AlertFeed {
  readonly #link: HubLink;

  constructor(url: string, token: () => Promise<string>, options: Omit<SignalRFeedOptions, 'encoding'> = {}) {
    this.#link = new HubLink(url, token, { ...options, encoding: 'json' });
  }

  follow(department: string, sink: StreamSink<AlertFrame>): FeedStream {
    return this.#link.follow([department], sink);
  }

  shown(department: string, screen: string, whistles: string[]): Promise<void> {
    return this.#link.invoke('Shown', department, screen, whistles);
  }
}
