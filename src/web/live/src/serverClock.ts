/** Milliseconds. Connections that are silent for less than half of this are given up. */
const longestWay = 30_000;

/**
 * The server's time, told from the times in its frames, so that countdowns are right on a machine whose own clock is wrong.
 * A frame's time is always behind by the way it travelled; the least delayed of the last frames is the best estimate.
 */
export class ServerClock {
  readonly #samples: number[] = [];
  readonly #size: number;
  readonly #local: () => number;

  /** @param local A local clock in milliseconds; its zero does not matter. */
  constructor(local: () => number, size = 60) {
    this.#local = local;
    this.#size = size;
  }

  observe(at: string): void {
    const time = Date.parse(at);
    if (Number.isNaN(time)) return;
    const sample = time - this.#local();
    // No frame travels that long: the server's clock was set back, or another server answers.
    if (sample < Math.max(...this.#samples) - longestWay) this.#samples.length = 0;
    this.#samples.push(sample);
    if (this.#samples.length > this.#size) this.#samples.shift();
  }

  /** Milliseconds since 1970 as the server counts them; the machine's own until a frame came. */
  now(): number {
    return this.#samples.length === 0 ? Date.now() : this.#local() + Math.max(...this.#samples);
  }
}
