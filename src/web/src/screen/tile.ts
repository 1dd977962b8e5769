import { element, setText } from './dom';

/** One number with its name, what it is of, and a note. */
export class Tile {
  readonly root: HTMLElement;
  readonly #value = element('span', 'tile-value');
  readonly #of = element('span', 'tile-of');
  readonly #note = element('p', 'tile-note');

  constructor(name: string, label: string) {
    this.root = element('div', 'tile', element('h2', 'tile-label', label), element('p', 'tile-number', this.#value, this.#of), this.#note);
    this.root.dataset['tile'] = name;
  }

  draw(value: string, of = '', note = ''): void {
    setText(this.#value, value);
    setText(this.#of, of);
    setText(this.#note, note);
  }
}
