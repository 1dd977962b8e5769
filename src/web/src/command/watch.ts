import { Freshness, type Connection, type ServerClock } from '@whistle-actors/live';
import type { Followed } from '../screen/statusBar';

/** At least this often it is asked, and not more often than `restFor` however much the board moves. */
const lookEvery = 4_000;
const restFor = 1_000;

/** Asks for what follows from the board: soon after the board moved, and every few seconds. It knows how old its answer is, as a board does. */
export class Watch<T extends { at: string }> implements Followed {
  readonly clock: ServerClock;
  readonly #ask: () => Promise<T>;
  readonly #changed: (answer: T) => void;
  readonly #failed: (error: unknown) => void;
  #freshness = new Freshness();
  #connection: Connection = 'connecting';
  #pictureAt: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #askedAt = -restFor;
  #busy = false;
  #again = false;

  constructor(clock: ServerClock, ask: () => Promise<T>, changed: (answer: T) => void, failed: (error: unknown) => void) {
    [this.clock, this.#ask, this.#changed, this.#failed] = [clock, ask, changed, failed];
  }

  get freshness(): Freshness {
    return this.#freshness;
  }

  get connection(): Connection {
    return this.#connection;
  }

  get pictureAt(): string | undefined {
    return this.#pictureAt;
  }

  /** Something may have changed. */
  hurry(): void {
    if (this.#busy) this.#again = true;
    else this.#lookIn(Math.max(0, this.#askedAt + restFor - performance.now()));
  }

  #lookIn(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), milliseconds);
  }

  async #look(): Promise<void> {
    this.#busy = true;
    this.#again = false;
    this.#askedAt = performance.now();
    // An answer is as old as its question.
    const asked = new Freshness();
    asked.confirm();
    try {
      const answer = await this.#ask();
      [this.#freshness, this.#connection, this.#pictureAt] = [asked, 'live', answer.at];
      this.#changed(answer);
    } catch (error) {
      this.#connection = 'connecting';
      this.#failed(error);
    }
    this.#busy = false;
    this.#lookIn(this.#again ? restFor : lookEvery);
  }
}
