import { ticksTo } from './spread';

const space = 'http://www.w3.org/2000/svg';
const margin = { left: 46, right: 16, top: 10, bottom: 22 };

type Attributes = Record<string, string | number>;

function drawn(tag: string, attributes: Attributes, text = ''): SVGElement {
  const made = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, typeof value === 'number' ? value.toFixed(1) : value);
  if (text !== '') made.textContent = text;
  return made;
}

export interface Axis {
  /** What its end stands for. */
  most: number;
  ticks: {
    at: number;
    text: string;
    /** Ends at the edge, and is always there. */
    last?: true;
  }[];
}

/** A vertical axis with round numbers. */
export function upTo(most: number, text: (value: number) => string): Axis {
  const ticks = ticksTo(most);
  return { most: ticks.at(-1)!, ticks: ticks.map(at => ({ at, text: text(at) })) };
}

/** One picture, drawn anew whenever its place changes its size. Whoever cannot see it is told the same in words. */
export class Chart {
  readonly root: HTMLElement;
  readonly #svg = drawn('svg', { role: 'img' });
  readonly #draw: (pen: Pen) => void;
  readonly #x: Axis;
  readonly #y: Axis;

  constructor(caption: HTMLElement, said: string, x: Axis, y: Axis, draw: (pen: Pen) => void) {
    [this.#x, this.#y, this.#draw] = [x, y, draw];
    this.#svg.setAttribute('aria-label', said);
    this.root = document.createElement('figure');
    this.root.className = 'chart';
    const frame = document.createElement('div');
    frame.className = 'chart-frame';
    frame.append(this.#svg);
    this.root.append(caption, frame);
    new ResizeObserver(([entry]) => this.#redraw(entry!.contentRect.width, entry!.contentRect.height)).observe(frame);
  }

  #redraw(width: number, height: number): void {
    if (width < 80 || height < 60) return;
    this.#svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    const pen = new Pen(width, height, this.#x.most, this.#y.most);
    // Only as many words as there is room for.
    const tall = Math.max(1, Math.ceil(this.#y.ticks.length / ((height - margin.bottom) / 18)));
    for (const [i, { at, text }] of this.#y.ticks.entries()) {
      if (i % tall !== 0) continue;
      pen.add('line', { class: 'chart-grid', x1: margin.left, x2: width - margin.right, y1: pen.y(at), y2: pen.y(at) });
      pen.add('text', { class: 'chart-tick', x: margin.left - 6, y: pen.y(at) + 4, 'text-anchor': 'end' }, text);
    }
    const wide = Math.max(1, Math.ceil(this.#x.ticks.length / ((width - margin.left) / 64)));
    this.#x.ticks.forEach(({ at, text, last }, i) => {
      if (last === true) pen.add('text', { class: 'chart-tick', x: width - 2, y: height - 5, 'text-anchor': 'end' }, text);
      else if (i % wide === 0) pen.add('text', { class: 'chart-tick', x: pen.x(at), y: height - 5, 'text-anchor': 'middle' }, text);
    });
    this.#draw(pen);
    this.#svg.replaceChildren(...pen.marks);
  }
}

/** Turns values into places. */
export class Pen {
  readonly marks: SVGElement[] = [];
  readonly bottom: number;

  constructor(readonly width: number, readonly height: number, readonly mostX: number, readonly mostY: number) {
    this.bottom = height - margin.bottom;
  }

  x(value: number): number {
    return margin.left + (value / this.mostX) * (this.width - margin.left - margin.right);
  }

  y(value: number): number {
    return this.bottom - (value / this.mostY) * (this.bottom - margin.top);
  }

  add(tag: string, attributes: Attributes, text = ''): void {
    this.marks.push(drawn(tag, attributes, text));
  }

  bar(from: number, to: number, value: number, kind: string): void {
    const [left, right, top] = [this.x(from), this.x(to), this.y(value)];
    this.add('rect', { class: kind, x: left + 1, y: top, width: Math.max(1, right - left - 2), height: Math.max(0, this.bottom - top) });
  }

  area(points: readonly [x: number, y: number][], kind: string): void {
    if (points.length === 0) return;
    const line = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${this.x(x).toFixed(1)} ${this.y(y).toFixed(1)}`).join('');
    const [first, last] = [points[0]![0], points.at(-1)![0]];
    this.add('path', { class: `${kind} is-area`, d: `${line}L${this.x(last).toFixed(1)} ${this.bottom}L${this.x(first).toFixed(1)} ${this.bottom}Z` });
    this.add('path', { class: `${kind} is-line`, d: line });
  }

  upright(at: number, kind: string): void {
    this.add('line', { class: kind, x1: this.x(at), x2: this.x(at), y1: margin.top - 4, y2: this.bottom });
  }
}
