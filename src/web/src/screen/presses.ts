/** Nobody presses for longer; and of a press on a scroll bar some browsers never tell the end. Milliseconds. */
const longest = 4_000;
/** After a finger is lifted the click comes a moment later, when the browser has made sure that it was no double tap. */
const settling = 60;

/**
 * What is being pressed must stay where it is until it has been: a button that is made anew, or a row that moves away, between a finger's coming down and its going up gets no
 * click, and on a stormy day lists change every second. Whoever draws lists asks here first.
 */
export class Presses {
  readonly #waiting = new Set<() => void>();
  #end: ReturnType<typeof setTimeout> | undefined;

  /** @param page Where presses are heard: the window. */
  constructor(page: EventTarget) {
    const listen = (type: string, hear: (event: Event) => void) => page.addEventListener(type, hear, { capture: true });
    // Enter presses at once; the space bar when it is let go, like a finger.
    const isSpace = (event: Event) => (event as KeyboardEvent).key === ' ';
    listen('pointerdown', () => this.#endIn(longest));
    listen('keydown', event => isSpace(event) && this.#endIn(longest));
    for (const type of ['pointerup', 'pointercancel']) listen(type, () => this.#endIn(settling));
    listen('keyup', event => isSpace(event) && this.#endIn(settling));
  }

  /** Draws at once when nothing is being pressed, else as soon as it has been. */
  whenOver(draw: () => void): void {
    if (this.#end === undefined) draw();
    else this.#waiting.add(draw);
  }

  #endIn(milliseconds: number): void {
    clearTimeout(this.#end);
    this.#end = setTimeout(() => {
      this.#end = undefined;
      const waiting = [...this.#waiting];
      this.#waiting.clear();
      for (const draw of waiting) draw();
    }, milliseconds);
  }
}
