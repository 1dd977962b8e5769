import { DefaultHttpClient, HttpTransportType, HubConnectionBuilder, HubConnectionState, LogLevel, NullLogger, type HttpRequest, type HttpResponse, type HubConnection, type ISubscription } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import type { FeedStream, StreamSink } from './endless.js';
import { TransportLadder } from './ladder.js';
import { unpack } from './unpack.js';

export interface LinkOptions {
  /** `messagepack`: frames as bytes, compressed when they are large. `json`: as text. A server that knows only JSON gets JSON in any case. */
  encoding?: 'messagepack' | 'json';
  /** The ways that may be tried, the best first; all by default. */
  transports?: HttpTransportType;
}

/** A connection to one hub. It never reconnects by itself: whoever follows decides when, because they know where they left off. */
export class HubLink {
  readonly #url: string;
  readonly #token: () => Promise<string>;
  readonly #ladder: TransportLadder;
  readonly #listen: (connection: HubConnection) => void;
  #packed: boolean;
  #connection: HubConnection | undefined;
  /** Nothing answers any more: a connection went silent, or the last attempt asked which ways there are and got no answer at all. */
  #unanswered = false;

  /** @param listen Hears what the server calls; given each connection before it starts. */
  constructor(url: string, token: () => Promise<string>, options: LinkOptions = {}, listen: (connection: HubConnection) => void = () => undefined) {
    this.#url = url;
    this.#token = token;
    this.#listen = listen;
    this.#packed = options.encoding !== 'json' && typeof DecompressionStream === 'function';
    this.#ladder = new TransportLadder(
      options.transports ?? HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling,
    );
  }

  /** The connection there is now, whatever its state. */
  get connection(): HubConnection | undefined {
    return this.#connection;
  }

  /** Connects if need be, and streams `Follow`. */
  stream<Frame>(args: unknown[], sink: StreamSink<Frame>): FeedStream {
    let subscription: ISubscription<Frame | Uint8Array> | undefined;
    let stopped = false;
    // Unpacking takes its time, and must not change the order.
    let unpacking = Promise.resolve();
    const end = (error: unknown) => {
      if (stopped) return;
      stopped = true;
      sink.end(error);
    };
    const give = (frame: Frame) => {
      if (!stopped) sink.frame(frame);
    };
    this.connect().then(
      connection => {
        if (stopped) return;
        subscription = connection.stream<Frame | Uint8Array>('Follow', ...args).subscribe({
          next: frame => {
            this.heard();
            if (frame instanceof Uint8Array) unpacking = unpacking.then(() => unpack<Frame>(frame)).then(give, end);
            else give(frame);
          },
          error: error => {
            // An old stream ends when its connection is closed; what came after it is not its business.
            if (this.#connection === connection) this.refused(connection);
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
          this.cut();
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

  /** Calls a method of the hub; fails when there is no connection now. */
  async invoke(method: string, ...args: unknown[]): Promise<void> {
    if (this.#connection?.state !== HubConnectionState.Connected) throw new Error('not connected');
    await this.#connection.invoke(method, ...args);
  }

  /** Something came: this way lets it through. */
  heard(): void {
    this.#ladder.heard();
  }

  /** What the server refuses for good on this connection it may grant on another, for example with a new token. */
  refused(connection: HubConnection): void {
    // Either the server has spoken, or the connection broke, and then the way may be to blame.
    if (connection.state === HubConnectionState.Connected) this.#ladder.heard();
    if (connection === this.#connection) this.#drop();
  }

  /** Nothing came for too long. */
  cut(): void {
    this.#unanswered ||= this.#connection?.state === HubConnectionState.Connected;
    this.#drop();
  }

  /** The connection that stands, or a new one. */
  async connect(): Promise<HubConnection> {
    if (this.#connection?.state === HubConnectionState.Connected) return this.#connection;
    this.#drop();
    const transport = this.#ladder.next();
    // After a cut, a browser asks through connections that it still holds open and that may all be dead. A WebSocket that is opened without asking is a new one.
    const direct = this.#unanswered && (transport & HttpTransportType.WebSockets) !== 0;
    this.#unanswered = !direct;
    const way = direct
      ? { skipNegotiation: true, transport: HttpTransportType.WebSockets }
      : { transport, httpClient: new NotingHttpClient(() => this.#answered(connection)) };
    const builder = new HubConnectionBuilder()
      .withUrl(this.#url, { accessTokenFactory: this.#token, ...way })
      .withServerTimeout(15_000)
      .withKeepAliveInterval(5_000)
      .configureLogging(LogLevel.None);
    if (this.#packed) builder.withHubProtocol(new MessagePackHubProtocol());
    const connection: HubConnection = builder.build();
    this.#listen(connection);
    this.#connection = connection;
    try {
      await connection.start();
    } catch (error) {
      // Refused, and not given up by the follower because nothing came.
      if (this.#connection === connection) {
        this.#ladder.heard();
        this.#unanswered = false;
      }
      if (String(error).includes('messagepack')) this.#packed = false;
      throw error;
    }
    return connection;
  }

  /** The server is there: if nothing comes from here on, it is the way that lets nothing through. */
  #answered(connection: HubConnection): void {
    if (this.#connection !== connection || !this.#unanswered) return;
    this.#unanswered = false;
    this.#ladder.opening();
  }

  #drop(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.stop().catch(() => undefined);
  }
}

/** Tells when the server has answered anything. */
class NotingHttpClient extends DefaultHttpClient {
  readonly #answered: () => void;

  constructor(answered: () => void) {
    super(NullLogger.instance);
    this.#answered = answered;
  }

  override async send(request: HttpRequest): Promise<HttpResponse> {
    const response = await super.send(request);
    this.#answered();
    return response;
  }
}
