import type { Text } from '@whistle-actors/live';
import type { Problem, Subdistrict } from '../api/contract';
import type { Translator } from '../i18n';
import { byId, element, setData, setHidden, setText } from '../screen/dom';
import { departmentName, found, moveAt, targets } from './crewChoice';
import type { Changes, CrewMove, Lender, PlanCrew, ScenarioDetail } from './contract';

interface Move extends CrewMove {
  list: 'postings' | 'loans';
  from: string;
  /** What the server says against it. */
  faults: string[];
}

type Fault = NonNullable<Problem['errors']>[number];

/** Crews that are to be elsewhere: stationed at a subdistrict (下沉), or serving another department (借调). Where they may go the server says. */
export class Moves {
  readonly #translator: Translator;
  readonly #changed: () => void;
  readonly #districts: Map<string, string>;
  readonly #subdistricts: Map<string, string>;
  readonly #filter = byId<HTMLInputElement>('move-filter');
  readonly #crew = byId<HTMLSelectElement>('move-crew');
  readonly #to = byId<HTMLSelectElement>('move-to');
  #detail: ScenarioDetail | undefined;
  #crews = new Map<string, { crew: PlanCrew; lender: Lender }>();
  #moves: Move[] = [];
  /** Where the planner said that crews go; it stays for the next ones. */
  #wish = '';

  constructor(districts: readonly { code: string; name: Text }[], subdistricts: readonly Subdistrict[], translator: Translator, changed: () => void) {
    [this.#translator, this.#changed] = [translator, changed];
    this.#districts = new Map(districts.map(({ code, name }) => [code, translator.text(name)]));
    this.#subdistricts = new Map(subdistricts.map(({ code, name }) => [code, translator.text(name)]));
    // No room for labels beside a list of long names; the placeholder says it to whoever sees it.
    this.#filter.placeholder = `${translator.say('planner.moveFilter')}${translator.say('planner.moveFilterHint')}`;
    this.#filter.setAttribute('aria-label', this.#filter.placeholder);
    this.#crew.setAttribute('aria-label', translator.say('planner.moveCrew'));
    this.#filter.addEventListener('input', () => this.#offer());
    // Enter in the middle of a choice is not meant to run a plan without it.
    for (const control of [this.#filter, this.#crew, this.#to] as HTMLElement[])
      control.addEventListener('keydown', event => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        if (control === this.#filter) this.#crew.focus();
        else this.#add();
      });
    this.#crew.addEventListener('change', () => this.#offerTargets());
    this.#to.addEventListener('change', () => (this.#wish = this.#to.value));
    byId('move-add').addEventListener('click', () => this.#add());

    // To choose changes nothing yet.
    byId('moves').addEventListener('input', event => event.stopPropagation());
  }

  show(detail: ScenarioDetail): void {
    this.#detail = detail;
    this.#crews = new Map(detail.crews.flatMap(lender => lender.crews.map(crew => [crew.code, { crew, lender }])));
    [this.#filter.value, this.#wish] = ['', ''];
    byId<HTMLDetailsElement>('moves').open = false;
    this.reset();
  }

  reset(): void {
    this.#moves = [];
    this.#draw();
  }

  changes(): Pick<Changes, 'postings' | 'loans'> {
    const [postings, loans] = [this.#of('postings'), this.#of('loans')].map(moves => moves.map(({ crew, to }) => ({ crew, to })));
    return { ...(postings!.length > 0 ? { postings: postings! } : {}), ...(loans!.length > 0 ? { loans: loans! } : {}) };
  }

  /** How many crews a department lends, and how many it has borrowed. */
  lent(department: string): { out: number; in: number } {
    const loans = this.#of('loans');
    return { out: loans.filter(({ from }) => from === department).length, in: loans.filter(({ to }) => to === department).length };
  }

  /** Puts beside each crew what the server says against it, and gives back what is about something else. */
  refused(faults: readonly Fault[]): Fault[] {
    for (const move of this.#moves) move.faults = [];
    const others = faults.filter(({ pointer, detail, detailZh }) => {
      const at = moveAt(pointer);
      const move = at && this.#of(at.list)[at.index];
      move?.faults.push(this.#translator.language === 'zh' ? detailZh : detail);
      return move === undefined;
    });
    if (others.length < faults.length) byId<HTMLDetailsElement>('moves').open = true;
    this.#draw();
    byId('moves-list').querySelector('.move-fault')?.scrollIntoView({ block: 'nearest' });
    return others;
  }

  #of(list: Move['list']): Move[] {
    return this.#moves.filter(move => move.list === list);
  }

  #add(): void {
    const [list, to] = this.#to.value.split(':') as [Move['list'], string];
    const from = this.#crews.get(this.#crew.value)?.lender.code;
    if (from === undefined || to === undefined) return;
    this.#moves.push({ list, crew: this.#crew.value, to, from, faults: [] });
    this.#draw();
    this.#changed();
    byId('moves-list').lastElementChild?.scrollIntoView({ block: 'nearest' });
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
        const text = say.say(move.list === 'postings' ? 'planner.posted' : 'planner.lent', { crew, to: this.#placeName(move.to) });
        const item = element('li', 'move', element('span', 'move-text', text), back, ...move.faults.map(fault => element('p', 'move-fault', fault)));
        item.dataset['crew'] = move.crew;
        return item;
      }),
    );
    this.#offer();
  }

  // Whoever is elsewhere already cannot be sent to a second place.
  #offer(): void {
    if (this.#detail === undefined) return;
    const moved = new Set(this.#moves.map(({ crew }) => crew));
    const chosen = this.#crew.value;
    const { groups, more } = found(this.#detail, this.#districts, this.#filter.value);
    this.#crew.replaceChildren(
      ...groups
        .map(({ lender, crews }) => ({ lender, free: crews.filter(({ code }) => !moved.has(code)) }))
        .filter(({ free }) => free.length > 0)
        .map(({ lender, free }) => Object.assign(element('optgroup', '', ...free.map(crew => this.#option(crew))), { label: departmentName(lender, this.#districts, this.#translator) })),
    );
    const options = [...this.#crew.options];
    const next = options.find(({ value }) => value === chosen) ?? options.find(({ disabled }) => !disabled);
    if (next !== undefined) next.selected = true;
    setText(byId('move-more'), options.length === 0 ? this.#translator.say('planner.moveNobody') : more > 0 ? this.#translator.say('planner.moveMore', { n: more }) : '');
    setHidden(byId('move-more'), options.length > 0 && more === 0);
    this.#offerTargets();
  }

  #option({ code, postedTo, sentTo }: PlanCrew): HTMLOptionElement {
    const [say, crew] = [this.#translator, this.#crewName(code)];
    const at = sentTo ?? postedTo;
    const text = at === undefined ? crew : say.say(sentTo === undefined ? 'planner.crewPosted' : 'planner.crewSent', { crew, place: this.#placeName(at) });
    const option = new Option(text, code);
    option.title = text;
    option.disabled = sentTo !== undefined;
    return option;
  }

  #offerTargets(): void {
    const lender = this.#crews.get(this.#crew.value)?.lender;
    byId<HTMLButtonElement>('move-add').disabled = lender === undefined;
    if (lender === undefined || this.#detail === undefined) return this.#to.replaceChildren();
    const { borrowers, places } = targets(this.#detail, lender);
    const group = (label: string, options: HTMLOptionElement[]) => Object.assign(element('optgroup', '', ...options), { label });
    const post = this.#translator.say('planner.toSubdistrict');
    const byDistrict = [...new Set(places.map(({ district }) => district))].map(district =>
      group(`${post} · ${this.#districts.get(district) ?? district}`, places.filter(place => place.district === district).map(({ code }) => new Option(this.#placeName(code), `postings:${code}`))),
    );
    const loans = borrowers.length === 0 ? [] : [group(this.#translator.say('planner.toDepartment'), borrowers.map(({ code }) => new Option(this.#placeName(code), `loans:${code}`)))];
    // A crew of somewhere else is more often borrowed than posted.
    const own = this.#detail.departments.some(({ code }) => code === lender.code);
    this.#to.replaceChildren(...(own ? [...byDistrict, ...loans] : [...loans, ...byDistrict]));
    if ([...this.#to.options].some(({ value }) => value === this.#wish)) this.#to.value = this.#wish;
  }

  #crewName(code: string): string {
    const known = this.#crews.get(code);
    return known === undefined ? code : this.#translator.text(known.crew.name);
  }

  /** A subdistrict's or a department's. */
  #placeName(code: string): string {
    const department = this.#detail?.departments.find(one => one.code === code) ?? this.#detail?.crews.find(one => one.code === code);
    return this.#subdistricts.get(code) ?? (department === undefined ? code : departmentName(department, this.#districts, this.#translator));
  }
}
