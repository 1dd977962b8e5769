import { HttpTransportType } from '@microsoft/signalr';

const bestFirst = [HttpTransportType.WebSockets, HttpTransportType.ServerSentEvents, HttpTransportType.LongPolling];

/**
 * Which ways to the server are tried. A way that cannot be opened is passed over by SignalR itself. Some can be opened and let nothing through
 * (middleboxes that take a WebSocket and swallow it, or gather a response before they hand it on): after such a connection the next one
 * leaves that way out.
 */
export class TransportLadder {
  readonly #all: HttpTransportType;
  #left: HttpTransportType;
  #silent = false;

  constructor(all: HttpTransportType) {
    this.#all = all;
    this.#left = all;
  }

  /** The ways for the next connection. */
  next(): HttpTransportType {
    if (this.#silent) this.#left &= ~(bestFirst.find(way => (this.#left & way) !== 0) ?? 0);
    if (this.#left === HttpTransportType.None) this.#left = this.#all;
    this.#silent = false;
    return this.#left;
  }

  /** A connection is being opened; nothing has come through it yet. */
  opening(): void {
    this.#silent = true;
  }

  /** Something came through, or it was plainly refused: the way itself is not to blame. */
  heard(): void {
    this.#silent = false;
  }
}
