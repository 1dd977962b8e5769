export interface Clocks {
  /** Does not jump, but may stand still while the machine sleeps. */
  steady(): number;
  /** Goes on while the machine sleeps, but may be set. */
  wall(): number;
}

export const machineClocks: Clocks = {
  steady: () => performance.now(),
  wall: () => Date.now(),
};

/** How old the picture is. Of two clocks the one that makes it older is believed: a picture must not look fresher than it is. */
export class Freshness {
  readonly #clocks: Clocks;
  #steady: number | undefined;
  #wall = 0;

  constructor(clocks: Clocks = machineClocks) {
    this.#clocks = clocks;
  }

  /** The picture was just known to be up to date. */
  confirm(): void {
    this.#steady = this.#clocks.steady();
    this.#wall = this.#clocks.wall();
  }

  /** Milliseconds; undefined before the first picture. */
  age(): number | undefined {
    if (this.#steady === undefined) return undefined;
    return Math.max(0, this.#clocks.steady() - this.#steady, this.#clocks.wall() - this.#wall);
  }
}
