import type { Whistle } from '@whistle-actors/live';
import type { Session } from '../api/session';

/** Ledger entries run for weeks: they are looked at this often, and when the page opens. */
const every = 60_000;
/** Whistles on a page, as the server has it. */
const page = 200;

/** Whistles that were closed while a ledger entry of this department runs on. Boards take closed whistles down; what is owed for them is asked for. */
export class Ledgers {
  readonly #session: Session;
  readonly #board: string;
  readonly #changed: () => void;
  #closed = new Map<string, Whistle>();
  #askedAt = -Infinity;

  constructor(session: Session, department: string, changed: () => void) {
    this.#session = session;
    this.#board = encodeURIComponent(`department:${department}`);
    this.#changed = changed;
  }

  /** The picture's whistles with those beside them; what came back since is in the picture. */
  beside(whistles: ReadonlyMap<string, Whistle>): ReadonlyMap<string, Whistle> {
    return this.#closed.size === 0 ? whistles : new Map([...this.#closed, ...whistles]);
  }

  /** Learns of one by the answer to an order. */
  learn(whistle: Whistle): void {
    if ((this.#closed.get(whistle.id)?.version ?? 0) < whistle.version) this.#closed.set(whistle.id, whistle);
  }

  tick(): void {
    if (performance.now() - this.#askedAt < every) return;
    this.#askedAt = performance.now();
    void this.#ask().catch(() => undefined);
  }

  async #ask(): Promise<void> {
    const all = new Map<string, Whistle>();
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const answer: { whistles: Whistle[]; next?: string } = await this.#session.get(`/api/v1/whistles?board=${this.#board}&ledgers=true&limit=${page}${from}`);
      for (const whistle of answer.whistles) all.set(whistle.id, whistle);
      cursor = answer.next;
    }
    // What was learned while the question was under way may be newer than the answer.
    for (const [id, held] of this.#closed) if ((all.get(id)?.version ?? Infinity) < held.version) all.set(id, held);
    this.#closed = all;
    this.#changed();
  }
}
