import type { Load } from '@whistle-actors/live';
import type { Department } from '../api/contract';
import type { Translator } from '../i18n';
import { cellKey, heatmapOf } from '../screen/contention';
import { byId, element, replaceRows, setHidden } from '../screen/dom';
import type { Places } from '../screen/places';

const most = { bureaus: 30, districts: 17 };

/** Where whistles want the same crews: bureau by district. A bureau leads to its department. */
export class Heat {
  readonly #places: Places;
  readonly #translator: Translator;
  readonly #departments: readonly Department[];
  readonly #choose: (department: string) => void;
  #shown = '';

  constructor(departments: readonly Department[], places: Places, translator: Translator, choose: (department: string) => void) {
    [this.#departments, this.#places, this.#translator, this.#choose] = [departments, places, translator, choose];
  }

  /** @param seen The departments whose loads are known here; of the others only those that are among the loads. */
  show(loads: readonly Load[], seen: readonly Department[]): void {
    const known = new Set(loads.map(({ department }) => department));
    const shown = new Map(this.#departments.filter(department => known.has(department.code) || seen.includes(department)).map(department => [department.code, department]));
    const map = heatmapOf(loads, shown, most);
    const written = JSON.stringify(map === undefined ? null : [map.bureaus, map.districts, [...map.cells]]);
    if (written === this.#shown) return;
    this.#shown = written;
    setHidden(byId('heat'), map === undefined);
    setHidden(byId('heat-none'), map !== undefined);
    if (map === undefined) return;
    const say = this.#translator;
    const place = (district: string | undefined) => (district === undefined ? say.say('wholeCity') : this.#places.district(district));
    const first = new Map<string, Department>();
    for (const department of shown.values()) if (!first.has(department.bureau)) first.set(department.bureau, department);
    replaceRows(byId('heat'), 'department', [
      element('thead', '', element('tr', '', element('td'), ...map.districts.map(district => Object.assign(element('th', 'heat-district', place(district)), { scope: 'col' })))),
      element('tbody', '', ...map.bureaus.map(bureau => {
        const name = this.#places.departmentShort(first.get(bureau)!.code);
        const cells = map.districts.map(district => {
          const found = map.cells.get(cellKey(bureau, district));
          const cell = element('td', 'heat-cell');
          cell.dataset['heat'] = found?.heat ?? 'none';
          if (found === undefined) return cell;
          const spare = found.queue === 0 && found.free > 0;
          cell.dataset['spare'] = spare ? 'yes' : 'no';
          const button = element('button', 'heat-choose', spare ? `+${say.number(found.free)}` : say.number(found.queue));
          button.type = 'button';
          button.title = say.say('heatCell', { bureau: name, district: place(district), queue: found.queue, free: found.free });
          button.setAttribute('aria-label', button.title);
          const department = [...shown.values()].find(each => each.bureau === bureau && each.district === district)!;
          button.dataset['department'] = department.code;
          button.disabled = !seen.includes(department);
          button.addEventListener('click', () => this.#choose(department.code));
          cell.append(button);
          return cell;
        });
        return element('tr', '', Object.assign(element('th', 'heat-bureau', name), { scope: 'row' }), ...cells);
      })),
    ]);
  }
}
