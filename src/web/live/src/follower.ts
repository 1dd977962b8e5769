import { EndlessFollower, type EndlessOptions, type FeedStream, type StreamSink, type Taken } from './endless.js';
import { BoardPicture } from './picture.js';
import type { BoardFrame, BoardPosition } from './wire.js';

/** A way to the server that can stream a board. One stream at a time. */
export interface BoardFeed {
  /** Connects if need be and streams. Calls `end` exactly once unless `stop` was called before. */
  follow(board: string, position: BoardPosition | undefined, sink: FeedSink): FeedStream;
}

export type FeedSink = StreamSink<BoardFrame>;

export interface FollowerOptions extends EndlessOptions {
  board: string;
  feed: BoardFeed;
}

/** Follows a board for ever: notices gaps and silence, comes back where it left off, knows how old the picture is. */
export class BoardFollower extends EndlessFollower<BoardFrame> {
  readonly picture = new BoardPicture();
  readonly #board: string;
  readonly #feed: BoardFeed;

  constructor(options: FollowerOptions) {
    super(options);
    this.#board = options.board;
    this.#feed = options.feed;
  }

  protected override open(sink: FeedSink): FeedStream {
    this.picture.abandonSnapshot();
    return this.#feed.follow(this.#board, this.picture.position, sink);
  }

  protected override take(frame: BoardFrame): Taken {
    const merge = this.picture.merge(frame);
    if (merge === 'gap') return new Error(`gap: holding ${describe(this.picture.position)}, got ${frame.epoch}:${frame.from}-${frame.to}`);
    return merge === 'shown' ? 'right' : 'more';
  }
}

function describe(position: BoardPosition | undefined): string {
  return position === undefined ? 'nothing' : `${position.epoch}:${position.sequence}`;
}
