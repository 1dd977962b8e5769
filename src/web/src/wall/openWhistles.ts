import { hasEnded, type Changes, type Whistle } from '@whistle-actors/live';
import { nextDeadline, type Deadline } from './deadline';
import { compareRanks, rankOf, standingOf, type Rank, type Standing } from './standing';

/** A whistle as the wall shows it. */
export interface Entry {
  whistle: Whistle;
  next: Deadline | undefined;
  standing: Standing;
  rank: Rank;
  point: [number, number] | undefined;
  /** Server's time when an ended whistle goes off the wall. */
  leavesAt: number | undefined;
}

/** How long an ended whistle stays in sight. */
const farewell = 6_000;

/** The whistles on the wall in the order of their urgency, kept up to date from what changed. */
export class OpenWhistles {
  readonly #entries = new Map<string, Entry>();
  readonly #pointOf: (whistle: Whistle) => [number, number] | undefined;
  #ordered: Entry[] | undefined;

  constructor(pointOf: (whistle: Whistle) => [number, number] | undefined) {
    this.#pointOf = pointOf;
  }

  get size(): number {
    return this.#entries.size;
  }

  entries(): Iterable<Entry> {
    return this.#entries.values();
  }

  ordered(): readonly Entry[] {
    this.#ordered ??= [...this.#entries.values()].sort((a, b) => compareRanks(a.rank, b.rank));
    return this.#ordered;
  }

  /** @returns Whether anything on the wall differs. */
  update(whistles: ReadonlyMap<string, Whistle>, changes: Changes, now: number): boolean {
    if (changes.all) {
      for (const id of this.#entries.keys()) if (!whistles.has(id)) this.#remove(id);
      for (const whistle of whistles.values()) this.#put(whistle, now);
      return true;
    }
    for (const id of changes.whistles) {
      const whistle = whistles.get(id);
      if (whistle === undefined) this.#remove(id);
      else this.#put(whistle, now);
    }
    return changes.whistles.size > 0;
  }

  /** Time alone makes whistles due and overdue, and ended ones leave. @returns What changed, and who left. */
  tick(now: number): { changed: boolean; left: string[] } {
    let changed = false;
    const left: string[] = [];
    for (const entry of this.#entries.values()) {
      if (entry.leavesAt !== undefined) {
        if (entry.leavesAt <= now) left.push(entry.whistle.id);
        continue;
      }
      const standing = standingOf(entry.whistle, entry.next, now);
      if (standing === entry.standing) continue;
      entry.standing = standing;
      changed = true;
    }
    for (const id of left) this.#remove(id);
    return { changed: changed || left.length > 0, left };
  }

  #put(whistle: Whistle, now: number): void {
    const held = this.#entries.get(whistle.id);
    if (held?.whistle === whistle) return;
    // What waits for its approval is nobody's alarm yet.
    if (whistle.stage === 'proposed') return;
    const ended = hasEnded(whistle);
    // One that ended before it was ever shown is nobody's farewell, but must still be taken out of the picture.
    const next = nextDeadline(whistle);
    this.#entries.set(whistle.id, {
      whistle,
      next,
      standing: standingOf(whistle, next, now),
      // An ended one keeps its place in the list until it goes.
      rank: ended && held !== undefined ? held.rank : rankOf(whistle, next),
      point: this.#pointOf(whistle),
      leavesAt: ended ? now + (held === undefined ? 0 : farewell) : undefined,
    });
    this.#ordered = undefined;
  }

  #remove(id: string): void {
    if (this.#entries.delete(id)) this.#ordered = undefined;
  }
}
