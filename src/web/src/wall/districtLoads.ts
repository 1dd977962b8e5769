import type { DistrictLoad, LoadForecast } from '@whistle-actors/live';
import type { Translator } from '../i18n';
import { byId, element, setHidden, setText } from '../screen/dom';
import type { Places } from '../screen/places';
import { Trend } from '../screen/trend';

/** The districts that are wanted most: open summonses of their departments against the crews that they have, and where that tends to. */
export class DistrictLoads {
  readonly #places: Places;
  readonly #translator: Translator;
  readonly #chips;

  constructor(places: Places, translator: Translator, count = 4) {
    this.#places = places;
    this.#translator = translator;
    this.#chips = Array.from({ length: count }, () => {
      const [name, numbers, trend] = [element('span', 'load-district'), element('span', 'load-numbers'), new Trend(translator)];
      return { root: element('li', 'district-load', name, numbers, trend.root), name, numbers, trend };
    });
    byId('district-loads').replaceChildren(...this.#chips.map(({ root }) => root));
  }

  show(loads: Iterable<DistrictLoad>, forecasts: ReadonlyMap<string, LoadForecast>): void {
    const top = busiest(loads, this.#chips.length);
    setHidden(byId('district-loads'), top.length === 0);
    const say = this.#translator;
    this.#chips.forEach((chip, i) => {
      const load = top[i];
      setHidden(chip.root, load === undefined);
      if (load === undefined) return;
      setText(chip.name, this.#places.district(load.district));
      setText(chip.numbers, `${say.number(load.open)} / ${say.number(load.crews)}`);
      chip.root.classList.toggle('is-overloaded', load.open > load.crews);
      chip.root.title = say.say('districtLoad', { queue: load.queue ?? 0, overdue: load.overdue, free: Math.max(0, load.crews - load.committed) });
      chip.trend.draw(load.open, forecasts.get(load.district));
    });
  }
}

/** Most open summonses first. */
export function busiest(loads: Iterable<DistrictLoad>, count: number): DistrictLoad[] {
  return [...loads].filter(({ open }) => open > 0).sort((a, b) => b.open - a.open || b.overdue - a.overdue || (a.district < b.district ? -1 : 1)).slice(0, count);
}
