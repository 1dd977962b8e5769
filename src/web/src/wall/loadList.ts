import type { Translator } from '../i18n';
import type { Load, LoadForecast } from '@whistle-actors/live';
import { byId, element, setHidden, setText } from '../screen/dom';
import { icon } from '../screen/icons';
import { LoadBar } from '../screen/loadBar';
import type { Places } from '../screen/places';
import { Trend } from '../screen/trend';

interface LoadRow {
  root: HTMLLIElement;
  name: HTMLElement;
  district: HTMLElement;
  bar: LoadBar;
  numbers: HTMLElement;
  trend: Trend;
  overdue: HTMLElement;
  overdueCount: HTMLElement;
}

/** The departments that are wanted most, measured against the crews that they have. */
export class LoadList {
  readonly #list = byId('loads');
  readonly #empty = byId('loads-empty');
  readonly #rows: LoadRow[];
  readonly #places: Places;
  readonly #translator: Translator;

  constructor(places: Places, translator: Translator, count = 8) {
    this.#places = places;
    this.#translator = translator;
    this.#rows = Array.from({ length: count }, () => makeRow(translator));
    this.#list.replaceChildren(...this.#rows.map(row => row.root));
  }

  show(loads: Iterable<Load>, forecasts: ReadonlyMap<string, LoadForecast>): void {
    const top = heaviest(loads, this.#rows.length);
    const scale = Math.max(1, ...top.map(load => Math.max(load.open, load.crews)));
    this.#rows.forEach((row, i) => this.#draw(row, top[i], forecasts, scale));
    setHidden(this.#empty, top.length > 0);
  }

  #draw(row: LoadRow, load: Load | undefined, forecasts: ReadonlyMap<string, LoadForecast>, scale: number): void {
    setHidden(row.root, load === undefined);
    if (load === undefined) return;
    setText(row.name, this.#places.departmentShort(load.department));
    setText(row.district, this.#places.departmentDistrict(load.department));
    row.root.title = this.#places.departmentName(load.department);
    row.bar.draw(load, scale);
    row.root.classList.toggle('is-overloaded', load.open > load.crews);
    setText(row.numbers, `${this.#translator.number(load.open)} / ${this.#translator.number(load.crews)}`);
    row.trend.draw(load.open, forecasts.get(load.department));
    row.overdue.style.visibility = load.overdue > 0 ? 'visible' : 'hidden';
    setText(row.overdueCount, this.#translator.number(load.overdue));
    row.overdue.title = this.#translator.say('overdueCount', { n: load.overdue });
  }
}

/** Most open summonses for each crew first; a department without a crew counts as if it had half a one. */
export function heaviest(loads: Iterable<Load>, count: number): Load[] {
  const weight = (load: Load) => load.open / Math.max(load.crews, 0.5);
  return [...loads]
    .filter(load => load.open > 0)
    .sort((a, b) => weight(b) - weight(a) || b.overdue - a.overdue || b.open - a.open || (a.department < b.department ? -1 : 1))
    .slice(0, count);
}

function makeRow(translator: Translator): LoadRow {
  const name = element('span', 'load-name');
  const district = element('span', 'load-district');
  const bar = new LoadBar();
  const numbers = element('span', 'load-numbers');
  const trend = new Trend(translator);
  const overdueCount = element('span');
  const overdue = element('span', 'load-overdue', icon('overdue'), overdueCount);
  const root = element('li', 'load', element('span', 'load-who', name, district), bar.root, numbers, trend.root, overdue);
  root.hidden = true;
  return { root, name, district, bar, numbers, trend, overdue, overdueCount };
}
