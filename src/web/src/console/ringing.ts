/** What calls, by a name that is new when it calls anew. */
export interface Ringer {
  key: string;
  emergency: boolean;
}

export type Ring = 'urgent' | 'calm';

/** New ones ring at once, but a storm does not: one ring in this time tells of all that came. */
const apart = 4_000;
/** As long as anything calls, it rings again. */
const again = { urgent: 12_000, calm: 30_000 };

/** When the bell rings: at once for what is new, again and again until everything is answered, never in a rattle. */
export class Ringing {
  #known = new Set<string>();
  #unheard: Ring | undefined;
  #last = Number.NEGATIVE_INFINITY;

  /** Called with all that calls, whenever it may have changed and at least once a second. */
  next(ringers: readonly Ringer[], now: number): Ring | undefined {
    for (const { key, emergency } of ringers) if (!this.#known.has(key)) this.#unheard = emergency ? 'urgent' : (this.#unheard ?? 'calm');
    this.#known = new Set(ringers.map(({ key }) => key));
    if (ringers.length === 0) {
      this.#unheard = undefined;
      return undefined;
    }
    const kind: Ring = ringers.some(({ emergency }) => emergency) ? 'urgent' : 'calm';
    const due = this.#unheard === undefined ? this.#last + again[kind] : this.#last + apart;
    if (now < due) return undefined;
    this.#last = now;
    this.#unheard = undefined;
    return kind;
  }
}
