import type { City, Problem, Subdistrict } from '../api/contract';
import type { Translator } from '../i18n';
import { byId, element, setData, setText } from '../screen/dom';
import { Moves } from './moves';
import type { Names } from './names';
import type { Changes, CrewChange, PlannedDepartment, ScenarioDetail, Shift } from './contract';

const mostCrews = 10_000;

const shiftChoices: Record<string, Shift[] | undefined> = {
  kept: undefined,
  always: [],
  day: [{ from: '08:00', to: '20:00' }],
  two: [{ from: '06:00', to: '14:00' }, { from: '14:00', to: '22:00' }],
};

/** What is to be different: a slider and the shifts of each department, crews that are elsewhere, the time limit. */
export class Controls {
  readonly #names: Names;
  readonly #moves: Moves;
  readonly #translator: Translator;
  readonly #limit = byId<HTMLInputElement>('limit');
  readonly #replications = byId<HTMLInputElement>('replications');
  #rows: CrewRow[] = [];

  constructor(names: Names, city: City, subdistricts: readonly Subdistrict[], translator: Translator, changed: () => void) {
    [this.#names, this.#translator] = [names, translator];
    this.#moves = new Moves(city.districts, subdistricts, translator, () => {
      for (const row of this.#rows) row.lent(this.#moves.lent(row.code));
      changed();
    });
    this.#limit.placeholder = translator.say('planner.limitKept');
    byId('reset').addEventListener('click', () => {
      for (const row of this.#rows) row.reset();
      this.#moves.reset();
      this.#limit.value = '';
      changed();
    });
    byId('plan').addEventListener('input', changed);
  }

  show(detail: ScenarioDetail): void {
    const { scenario, departments } = detail;
    this.#rows = departments.map(department => new CrewRow(department, this.#names.of(department), this.#translator));
    byId('crews').replaceChildren(...this.#rows.map(({ root }) => root));
    byId('crews').scrollTop = 0;
    this.#moves.show(detail);
    this.#limit.value = '';
    this.#replications.value = String(scenario.replications);
  }

  /** Undefined when nothing was changed. */
  changes(): Changes | undefined {
    const crews = this.#rows.map(row => row.change()).filter(change => change !== undefined);
    const minutes = this.#limit.valueAsNumber;
    const changes: Changes = {
      ...(crews.length > 0 ? { crews } : {}),
      ...this.#moves.changes(),
      ...(Number.isNaN(minutes) ? {} : { limits: [{ level: 'daily', 'check-in': `${minutes} min` }] }),
    };
    return Object.keys(changes).length > 0 ? changes : undefined;
  }

  /** Puts what the server says against the plan where it is about; gives back what has no place of its own. */
  refused(faults: NonNullable<Problem['errors']>): NonNullable<Problem['errors']> {
    return this.#moves.refused(faults);
  }

  get replications(): number | undefined {
    const asked = this.#replications.valueAsNumber;
    return Number.isNaN(asked) ? undefined : asked;
  }

  get departments(): string[] {
    return this.#rows.map(({ code }) => code);
  }

  busy(running: boolean): void {
    for (const control of byId('plan').querySelectorAll<HTMLInputElement>('input, select, #reset, #run, .moves button')) control.disabled = running;
    byId<HTMLButtonElement>('stop').disabled = !running;
  }
}

class CrewRow {
  readonly root: HTMLLIElement;
  readonly code: string;
  readonly #base: number;
  readonly #slider = element('input');
  readonly #count = element('output', 'crew-count');
  readonly #called: HTMLElement;
  readonly #summonses: number;
  readonly #shifts: HTMLSelectElement;
  readonly #translator: Translator;

  constructor({ code, name, crews, summonses }: PlannedDepartment, department: string, translator: Translator) {
    [this.code, this.#base, this.#translator] = [code, crews, translator];
    const most = Math.min(mostCrews, Math.max(12, crews * 3));
    Object.assign(this.#slider, { type: 'range', min: '0', max: String(most), step: '1', value: String(crews) });
    this.#slider.setAttribute('aria-label', translator.say('planner.crewsOf', { department }));
    this.#slider.addEventListener('input', () => this.#draw());
    this.#shifts = element(
      'select',
      'crew-shifts',
      new Option(translator.say('planner.shifts.kept'), 'kept'),
      new Option(translator.say('planner.shifts.always'), 'always'),
      new Option(translator.say('planner.shifts.day'), 'day'),
      new Option(translator.say('planner.shifts.two'), 'two'),
    );
    this.#shifts.setAttribute('aria-label', translator.say('planner.shifts', { department }));
    this.#shifts.addEventListener('input', () => this.#draw());
    this.#summonses = Math.max(1, Math.round(summonses));
    this.#called = element('span', 'crew-called');
    const base = element('i', 'crew-base');
    base.style.setProperty('--at', String(crews / most));
    this.root = element(
      'li',
      'crew',
      Object.assign(element('span', 'crew-name', department), { title: translator.text(name) }),
      this.#called,
      element('span', 'crew-slide', base, this.#slider),
      this.#count,
      this.#shifts,
    );
    this.root.dataset['department'] = code;
    this.lent({ out: 0, in: 0 });
    this.#draw();
  }

  /** How many of its crews serve others, and how many of others serve it. */
  lent({ out, in: borrowed }: { out: number; in: number }): void {
    const say = this.#translator;
    const notes = [say.say('planner.called', { n: this.#summonses }), ...(out > 0 ? [say.say('planner.lentOut', { n: out })] : []), ...(borrowed > 0 ? [say.say('planner.borrowed', { n: borrowed })] : [])];
    setText(this.#called, notes.join(' · '));
  }

  reset(): void {
    this.#slider.value = String(this.#base);
    this.#shifts.value = 'kept';
    this.lent({ out: 0, in: 0 });
    this.#draw();
  }

  change(): CrewChange | undefined {
    const [count, shifts] = [this.#slider.valueAsNumber, shiftChoices[this.#shifts.value]];
    if (count === this.#base && shifts === undefined) return undefined;
    return { department: this.code, ...(count === this.#base ? {} : { count }), ...(shifts === undefined ? {} : { shifts }) };
  }

  #draw(): void {
    const count = this.#slider.valueAsNumber;
    setText(this.#count, count === this.#base ? String(count) : `${this.#base} → ${count}`);
    this.#slider.setAttribute('aria-valuetext', this.#translator.say('planner.crewsSaid', { n: count, base: this.#base }));
    setData(this.root, 'changed', this.change() === undefined ? 'no' : 'yes');
  }
}
