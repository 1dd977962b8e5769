import type { Translator } from '../i18n';
import { byId, element, setText } from '../screen/dom';
import type { CrewNeed, DepartmentResult, Interval, Report } from './contract';
import type { Figures } from './figures';
import type { Names } from './names';

/** Every department, before and after; the whole city first, then who is least often on time. */
export class DepartmentTable {
  readonly #names: Names;
  readonly #translator: Translator;
  readonly #figures: Figures;
  readonly #chosen: (code: string) => void;
  readonly #needs = new Map<string, HTMLTableCellElement>();
  #target = 0;

  constructor(names: Names, translator: Translator, figures: Figures, chosen: (code: string) => void) {
    [this.#names, this.#translator, this.#figures, this.#chosen] = [names, translator, figures, chosen];
  }

  show(report: Report): void {
    const { plan, against, differences, target } = report;
    this.#target = target;
    this.#needs.clear();
    const after = new Map(against?.departments.map(department => [department.code, department]));
    const changes = new Map(differences?.map(row => [row.code, row.onTime]));
    const rows = [...plan.departments].sort((one, other) => missed(other) - missed(one));
    const say = this.#translator;
    const compared = against !== undefined;
    const heading = (...columns: string[]) => element('tr', '', ...columns.map((text, i) => Object.assign(element('th', i === 0 ? 'is-name' : '', text), { scope: 'col' })));
    byId('table').replaceChildren(
      element(
        'thead',
        '',
        heading(
          say.say('planner.column.department'),
          say.say('planner.column.crews'),
          say.say('planner.column.onTime'),
          ...(compared ? [say.say('planner.column.change'), say.say('planner.column.real')] : []),
          say.say('planner.column.queue'),
          say.say('planner.column.taken'),
          say.say('planner.column.used'),
          say.say('planner.column.need'),
        ),
      ),
      element('tbody', '', this.#row(plan.city, against?.city, changes.get('*'), compared), ...rows.map(row => this.#row(row, after.get(row.code), changes.get(row.code), compared))),
    );
    this.#choose('*');
  }

  needs(needs: readonly CrewNeed[], searching: boolean): void {
    const say = this.#translator;
    const found = new Map(needs.map(need => [need.department, need]));
    for (const [code, cell] of this.#needs) {
      const need = found.get(code);
      cell.title = '';
      delete cell.dataset['short'];
      if (need === undefined) setText(cell, code === '*' || !searching ? '' : '…');
      else if (need.needs === undefined) {
        setText(cell, say.say('planner.needsNone'));
        cell.title = say.say('planner.needsNoneWhy');
        cell.dataset['short'] = 'yes';
      } else {
        setText(cell, say.say('planner.needs', { n: need.needs }));
        cell.dataset['short'] = need.needs > need.has ? 'yes' : 'no';
      }
      if (cell.textContent === '…') cell.title = say.say('planner.needsFar');
    }
  }

  #row(before: DepartmentResult, after: DepartmentResult | undefined, change: { change: Interval; real: boolean } | undefined, compared: boolean): HTMLTableRowElement {
    const [say, figures] = [this.#translator, this.#figures];
    const whole = before.code === '*';
    const name = element('button', 'row-choose', whole ? say.say('planner.city') : this.#names.of(before));
    if (!whole) name.title = say.text(before.name);
    name.type = 'button';
    name.addEventListener('click', () => {
      this.#choose(before.code);
      this.#chosen(before.code);
    });
    const moved = (one: string, other: string | undefined) => (other === undefined || other === one ? one : `${one} → ${other}`);
    const row = element('tr', whole ? 'is-city' : '', Object.assign(element('th', 'is-name', name), { scope: 'row' }));
    row.dataset['department'] = before.code;
    const cell = (kind: string, ...content: (Node | string)[]) => row.append(element('td', kind, ...content));
    cell('is-crews', moved(figures.number(before.crews), after && figures.number(after.crews)));
    cell('is-rate', this.#rates(before.onTime, after?.onTime), element('span', 'rate-text', moved(figures.share(before.onTime?.mean), after && figures.share(after.onTime?.mean))));
    if (compared) {
      const verdict = change === undefined ? 'none' : !change.real ? 'none' : change.change.mean > 0 ? 'better' : 'worse';
      row.dataset['change'] = verdict;
      cell('is-change', change === undefined ? '–' : figures.change(change.change));
      cell('is-real', change === undefined ? '–' : say.say(change.real ? 'planner.real' : 'planner.notReal'));
    }
    cell('is-queue', moved(queue(before, figures), after && queue(after, figures)));
    cell('is-taken', moved(taken(before, figures), after && taken(after, figures)));
    cell('is-used', moved(percent(before, figures), after && percent(after, figures)));
    const need = element('td', 'is-need');
    this.#needs.set(before.code, need);
    row.append(need);
    return row;
  }

  // Bars of both shares with their intervals, and the target across.
  #rates(...rates: (Interval | undefined)[]): HTMLElement {
    const bars = rates.flatMap((rate, i) => {
      if (rate === undefined) return [];
      const bar = element('i', `rate-bar is-${i === 0 ? 'before' : 'after'}`);
      const whisker = element('i', 'rate-whisker');
      bar.style.setProperty('--share', String(rate.mean));
      whisker.style.setProperty('--low', String(Math.max(0, rate.low)));
      whisker.style.setProperty('--high', String(Math.min(1, rate.high)));
      return [element('span', 'rate-line', bar, whisker)];
    });
    const target = element('i', 'rate-target');
    target.style.setProperty('--share', String(this.#target));
    const drawn = element('span', 'rate', ...bars, target);
    drawn.setAttribute('aria-hidden', 'true');
    return drawn;
  }

  #choose(code: string): void {
    for (const row of byId('table').querySelectorAll<HTMLElement>('tbody tr')) row.querySelector('button')?.setAttribute('aria-pressed', String(row.dataset['department'] === code));
  }
}

const missed = ({ summonses, onTime }: DepartmentResult) => summonses * (1 - (onTime?.mean ?? 1));
const queue = ({ queueMinutes, never, summonses }: DepartmentResult, figures: Figures) => (queueMinutes === undefined ? (never > 0 && summonses > 0 ? '∞' : '–') : queueMinutes.mean < 10 ? figures.small(queueMinutes.mean) : figures.number(Math.round(queueMinutes.mean)));
const taken = ({ taken: crews }: DepartmentResult, figures: Figures) => (crews === undefined ? '–' : crews.mean < 10 ? figures.small(crews.mean) : figures.number(Math.round(crews.mean)));
const percent = ({ utilisation }: DepartmentResult, figures: Figures) => (utilisation === undefined ? '–' : `${figures.number(Math.round(100 * utilisation.mean))} %`);
