import { hasEnded, type AlertFollower, type BoardFollower, type Whistle } from '@whistle-actors/live';

/** The board follows an alert within a moment; after this long it is not coming. */
const boardPatience = 1_500;

/**
 * Alerts of whistles that the board does not bring: an alert must not wait for a board that is broken, so what it is about is asked for by a third way. While both
 * work, nothing is asked, not in a storm either.
 */
export class Unseen {
  readonly #board: BoardFollower;
  readonly #alerts: AlertFollower;
  readonly #find: (whistle: string) => Promise<Whistle>;
  readonly #changed: () => void;
  /** Since when they are missed; nothing once they were asked for. */
  readonly #missed = new Map<string, number | undefined>();
  /** Ended by word of the board, while the alerts still have to say so. */
  readonly #ended = new Set<string>();

  constructor(board: BoardFollower, alerts: AlertFollower, find: (whistle: string) => Promise<Whistle>, changed: () => void) {
    this.#board = board;
    this.#alerts = alerts;
    this.#find = find;
    this.#changed = changed;
  }

  /** Takes what has ended out of the picture, and does not miss it. */
  takeDown(): void {
    const { picture } = this.#board;
    for (const whistle of [...picture.whistles.values()]) {
      if (!hasEnded(whistle)) continue;
      picture.takeDown(whistle.id);
      this.#ended.add(whistle.id);
    }
    picture.takeChanges();
  }

  ask(): void {
    const { picture } = this.#board;
    const { alerts } = this.#alerts;
    for (const id of this.#ended) if (!alerts.has(id)) this.#ended.delete(id);
    for (const id of this.#missed.keys()) if (!alerts.has(id) || picture.whistles.has(id)) this.#missed.delete(id);
    for (const id of alerts.keys()) {
      if (picture.whistles.has(id) || this.#ended.has(id)) continue;
      if (!this.#missed.has(id)) this.#missed.set(id, performance.now());
      const since = this.#missed.get(id);
      if (since === undefined || performance.now() - since < boardPatience) continue;
      this.#missed.set(id, undefined);
      void this.#learn(id);
    }
  }

  async #learn(id: string): Promise<void> {
    try {
      this.#board.picture.learn(await this.#find(id));
      this.#changed();
    } catch {
      // Missed again from now on.
      this.#missed.delete(id);
    }
  }
}
