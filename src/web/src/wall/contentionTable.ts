import type { Load } from '@whistle-actors/live';
import type { Department } from '../api/contract';
import type { Translator } from '../i18n';
import { byId, element, setData, setHidden, setText } from '../screen/dom';
import type { Places } from '../screen/places';
import { cellKey, heatmapOf, type Heatmap } from '../screen/contention';

const most = { bureaus: 6, districts: 8 };
/** How long the panel shows the loads, and then the contention. */
const turnEvery = 12_000;

/** Where whistles want the same crews, in turn with the list of loads; only while there is such a place. */
export class ContentionTable {
  readonly #departments: ReadonlyMap<string, Department>;
  readonly #places: Places;
  readonly #translator: Translator;
  readonly #head = Array.from({ length: most.districts }, () => element('th', 'heat-district'));
  readonly #rows = Array.from({ length: most.bureaus }, () => {
    const name = element('th', 'heat-bureau');
    const cells = Array.from({ length: most.districts }, () => element('td', 'heat-cell'));
    return { root: element('tr', '', name, ...cells), name, cells };
  });
  /** Any department of a bureau: its short name is the bureau's on a wall. */
  readonly #bureaus = new Map<string, string>();
  #isHot = false;
  #shown = false;
  #turnsAt = 0;

  constructor(departments: readonly Department[], places: Places, translator: Translator) {
    this.#departments = new Map(departments.map(department => [department.code, department]));
    this.#places = places;
    this.#translator = translator;
    for (const { bureau, code } of departments) if (!this.#bureaus.has(bureau)) this.#bureaus.set(bureau, code);
    byId('heat').replaceChildren(element('thead', '', element('tr', '', element('td'), ...this.#head)), element('tbody', '', ...this.#rows.map(row => row.root)));
    this.#turn(false);
  }

  show(loads: Iterable<Load>): void {
    const map = heatmapOf(loads, this.#departments, most);
    this.#isHot = map !== undefined;
    if (map === undefined) this.#turn(false);
    else this.#draw(map);
  }

  tick(now: number): void {
    if (!this.#isHot || now < this.#turnsAt) return;
    this.#turnsAt = now + turnEvery;
    this.#turn(!this.#shown);
  }

  #turn(shown: boolean): void {
    this.#shown = shown;
    setHidden(byId('heat-view'), !shown);
    setHidden(byId('load-view'), shown);
    setText(byId('load-title'), this.#translator.say(shown ? 'heat' : 'load'));
    setText(byId('load-hint'), this.#translator.say(shown ? 'heatHint' : 'loadHint'));
  }

  #draw({ bureaus, districts, cells }: Heatmap): void {
    const say = this.#translator;
    const place = (district: string | undefined) => (district === undefined ? say.say('wholeCity') : this.#places.district(district));
    this.#head.forEach((head, i) => {
      setHidden(head, i >= districts.length);
      setText(head, i < districts.length ? place(districts[i]) : '');
    });
    this.#rows.forEach((row, i) => {
      const bureau = bureaus[i];
      setHidden(row.root, bureau === undefined);
      if (bureau === undefined) return;
      const name = this.#places.departmentShort(this.#bureaus.get(bureau)!);
      setText(row.name, name);
      row.cells.forEach((cell, j) => {
        setHidden(cell, j >= districts.length);
        const found = cells.get(cellKey(bureau, districts[j]));
        setData(cell, 'heat', found?.heat ?? 'none');
        setText(cell, found === undefined ? '' : found.queue === 0 && found.free > 0 ? `+${say.number(found.free)}` : say.number(found.queue));
        setData(cell, 'spare', found !== undefined && found.queue === 0 && found.free > 0 ? 'yes' : 'no');
        cell.title = found === undefined || j >= districts.length ? '' : say.say('heatCell', { bureau: name, district: place(districts[j]), queue: found.queue, free: found.free });
      });
    });
  }
}
