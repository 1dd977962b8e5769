import type { Crew, Department } from '../api/contract';
import type { Names as Gazetteer } from '../api/cityApi';
import type { Translator } from '../i18n';
import { byId, element, setData, setText } from '../screen/dom';
import type { Changes, CrewMove, PlannedDepartment } from './contract';

type Kind = 'posting' | 'loan';

interface Move extends CrewMove {
  kind: Kind;
  from: string;
}

/** Crews that are to be elsewhere: stationed at a subdistrict (下沉), or serving another department (借调). */
export class Moves {
  readonly #names: Gazetteer;
  readonly #translator: Translator;
  readonly #changed: () => void;
  readonly #departments: Map<string, Department>;
  readonly #crews: Map<string, Crew>;
  readonly #districts: Map<string, string>;
  readonly #subdistricts: Map<string, string>;
  readonly #of = byId<HTMLSelectElement>('move-department');
  readonly #crew = byId<HTMLSelectElement>('move-crew');
  readonly #to = byId<HTMLSelectElement>('move-to');
  #planned: readonly PlannedDepartment[] = [];
  #moves: Move[] = [];

  constructor(names: Gazetteer, translator: Translator, changed: () => void) {
    [this.#names, this.#translator, this.#changed] = [names, translator, changed];
    this.#departments = new Map(names.departments.map(department => [department.code, department]));
    this.#crews = new Map(names.departments.flatMap(({ crews }) => crews.map(crew => [crew.code, crew])));
    this.#districts = new Map(names.city.districts.map(({ code, name }) => [code, translator.text(name)]));
    this.#subdistricts = new Map(names.subdistricts.map(({ code, name }) => [code, translator.text(name)]));
    this.#of.addEventListener('input', () => this.#offer());
    byId('move-add').addEventListener('click', () => this.#add());

    // To choose changes nothing yet.
    byId('moves').addEventListener('input', event => event.stopPropagation());
  }

  /** Begins anew, for the departments that a scenario is about. */
  show(planned: readonly PlannedDepartment[]): void {
    this.#planned = planned;
    this.#of.replaceChildren(...this.#grouped(this.#names.departments.filter(({ crews }) => crews.length > 0)));
    const wanted = planned.find(({ code }) => (this.#departments.get(code)?.crews.length ?? 0) > 0);
    if (wanted !== undefined) this.#of.value = wanted.code;
    byId<HTMLDetailsElement>('moves').open = false;
    this.reset();
  }

  reset(): void {
    this.#moves = [];
    this.#draw();
  }

  changes(): Pick<Changes, 'postings' | 'loans'> {
    const of = (kind: Kind): CrewMove[] => this.#moves.filter(move => move.kind === kind).map(({ crew, to }) => ({ crew, to }));
    const [postings, loans] = [of('posting'), of('loan')];
    return { ...(postings.length > 0 ? { postings } : {}), ...(loans.length > 0 ? { loans } : {}) };
  }

  /** How many crews a department lends, and how many it has borrowed. */
  lent(department: string): { out: number; in: number } {
    const loans = this.#moves.filter(({ kind }) => kind === 'loan');
    return { out: loans.filter(({ from }) => from === department).length, in: loans.filter(({ to }) => to === department).length };
  }

  #add(): void {
    const [kind, to] = this.#to.value.split(':') as [Kind, string];
    if (this.#crew.value === '' || to === undefined) return;
    this.#moves.push({ kind, crew: this.#crew.value, to, from: this.#of.value });
    this.#draw();
    this.#changed();
  }

  #draw(): void {
    const say = this.#translator;
    setText(byId('moves-count'), this.#moves.length === 0 ? say.say('planner.movesNone') : String(this.#moves.length));
    setData(byId('moves'), 'changed', this.#moves.length === 0 ? 'no' : 'yes');
    byId('moves-list').replaceChildren(
      ...this.#moves.map(move => {
        const crew = this.#crewName(move.crew);
        const back = element('button', 'chip', '✕');
        back.type = 'button';
        back.setAttribute('aria-label', say.say('planner.moveBack', { crew }));
        back.addEventListener('click', () => {
          this.#moves = this.#moves.filter(other => other !== move);
          this.#draw();
          this.#changed();
          byId('move-add').focus();
        });
        const text = say.say(move.kind === 'posting' ? 'planner.posted' : 'planner.lent', { crew, to: move.kind === 'posting' ? (this.#subdistricts.get(move.to) ?? move.to) : this.#departmentName(move.to) });
        const item = element('li', 'move', element('span', 'move-text', text), back);
        item.dataset['crew'] = move.crew;
        return item;
      }),
    );
    this.#offer();
  }

  // Whoever is elsewhere already cannot be sent to a second place.
  #offer(): void {
    const department = this.#departments.get(this.#of.value);
    const moved = new Set(this.#moves.map(({ crew }) => crew));
    const free = department?.crews.filter(({ code }) => !moved.has(code)) ?? [];
    this.#crew.replaceChildren(...free.map(({ code, postedTo }) => new Option(postedTo === undefined ? this.#crewName(code) : this.#translator.say('planner.crewPosted', { crew: this.#crewName(code), place: this.#subdistricts.get(postedTo) ?? postedTo }), code)));
    const places = this.#names.subdistricts.filter(({ district }) => department?.district === undefined || district === department.district);
    const borrowers = this.#planned.filter(({ code }) => code !== department?.code);

    // The same bureau of another district is the first to ask.
    const sameBureau = ({ code }: PlannedDepartment) => (this.#departments.get(code)?.bureau === department?.bureau ? 0 : 1);
    const group = (label: string, options: HTMLOptionElement[]) => Object.assign(element('optgroup', '', ...options), { label });
    const chosen = this.#to.value;
    this.#to.replaceChildren(
      group(this.#translator.say('planner.toSubdistrict'), places.map(({ code, district }) => new Option(department?.district === undefined ? `${this.#districts.get(district) ?? district} · ${this.#subdistricts.get(code)}` : this.#subdistricts.get(code), `posting:${code}`))),
      group(this.#translator.say('planner.toDepartment'), [...borrowers].sort((one, other) => sameBureau(one) - sameBureau(other)).map(({ code }) => new Option(this.#departmentName(code), `loan:${code}`))),
    );
    if ([...this.#to.options].some(({ value }) => value === chosen)) this.#to.value = chosen;
    byId<HTMLButtonElement>('move-add').disabled = free.length === 0;
  }

  #grouped(departments: readonly Department[]): HTMLOptGroupElement[] {
    const groups = new Map<string, HTMLOptionElement[]>();
    for (const { code, district, shortName } of departments) {
      const place = district === undefined ? this.#translator.say('planner.wholeCity') : (this.#districts.get(district) ?? district);
      groups.set(place, [...(groups.get(place) ?? []), new Option(this.#translator.text(shortName), code)]);
    }

    return [...groups].map(([label, options]) => Object.assign(element('optgroup', '', ...options), { label }));
  }

  #crewName(code: string): string {
    const crew = this.#crews.get(code);
    return crew === undefined ? code : this.#translator.text(crew.name);
  }

  #departmentName(code: string): string {
    const department = this.#departments.get(code);
    if (department === undefined) return code;
    const short = this.#translator.text(department.shortName);
    return department.district === undefined ? short : `${this.#districts.get(department.district) ?? department.district} · ${short}`;
  }
}
