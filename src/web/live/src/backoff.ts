/** Waits between attempts: doubling from `first` up to `most` milliseconds, each shortened at random so that a thousand walls do not knock at once. */
export class Backoff {
  readonly #first: number;
  readonly #most: number;
  readonly #random: () => number;
  #attempts = 0;

  constructor(first = 250, most = 5000, random: () => number = Math.random) {
    this.#first = first;
    this.#most = most;
    this.#random = random;
  }

  /** Milliseconds to wait before the next attempt. */
  next(): number {
    const full = Math.min(this.#most, this.#first * 2 ** Math.min(this.#attempts++, 16));
    return full * (0.5 + 0.5 * this.#random());
  }

  reset(): void {
    this.#attempts = 0;
  }
}
