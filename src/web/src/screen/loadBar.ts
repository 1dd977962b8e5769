import type { Load } from '@whistle-actors/live';
import { element } from './dom';

const parts = ['arrived', 'departed', 'signed', 'summoned'] as const;

/** A department's open summonses by state, against the mark of the crews that it has. */
export class LoadBar {
  readonly root: HTMLElement;
  readonly #parts = parts.map(part => element('i', `load-part is-${part}`));
  readonly #crews = element('i', 'load-crews');

  constructor() {
    this.root = element('div', 'load-bar', ...this.#parts, this.#crews);
  }

  /** @param scale What the whole width stands for. */
  draw(load: Load, scale: number): void {
    const sizes = [load.checkedIn + load.reported, load.departed, load.signed, load.summoned];
    this.#parts.forEach((part, i) => {
      const width = `${((100 * sizes[i]!) / scale).toFixed(2)}%`;
      if (part.style.width !== width) part.style.width = width;
    });
    const crews = `${(100 * load.crews) / scale}%`;
    if (this.#crews.style.insetInlineStart !== crews) this.#crews.style.insetInlineStart = crews;
  }
}
