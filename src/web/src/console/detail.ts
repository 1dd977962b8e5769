import type { Summons, Whistle } from '@whistle-actors/live';
import type { City, Grid } from '../api/contract';
import type { Translator } from '../i18n';
import { byId, element, setData, setHidden, setText } from '../screen/dom';
import { icon } from '../screen/icons';
import { refusalText } from '../screen/refusal';
import { isExercise, isOverdue } from '../screen/standing';
import { clockState, runningClocks, type Obligation } from './obligations';
import { OrderForm, type FormContext } from './orderForm';
import { orderKinds, ordersFor, type OrderKind, type OrderName, type Role } from './orderKinds';
import type { Sent } from './outbox';
import { countedTo, progressText } from './wording';

export interface DetailContext extends FormContext {
  city: City;
  role: Role;
  times: { clock: Intl.DateTimeFormat; full: Intl.DateTimeFormat };
  /** The grid's names, once they are here; asks for them the first time. */
  grid: (code: string) => Grid | undefined;
  give: (whistle: string, order: OrderName, body: object) => void;
  sent: (whistle: string) => readonly Sent[];
  close: () => void;
}

type Fact = 'text' | 'place' | 'initiator' | 'blownBy' | 'blownAt' | 'occasion' | 'id';

const order = { lead: 0, cooperating: 1, notified: 2 } as const;

/** One whistle in full, and what this department can do about it. */
export class Detail {
  readonly #root = byId('detail');
  readonly #context: DetailContext;
  readonly #back: HTMLButtonElement;
  readonly #level = element('span', 'row-level');
  readonly #exercise = element('span', 'row-exercise');
  readonly #matter = element('h2', 'detail-matter');
  readonly #round = element('span', 'row-round');
  readonly #head = element('header', 'detail-head', this.#level, this.#exercise, this.#matter, this.#round);
  readonly #clocks = element('ul', 'detail-clocks');
  readonly #acts = element('div', 'detail-acts');
  readonly #buttons = new Map<OrderName, HTMLButtonElement>();
  readonly #sent = element('ul', 'detail-sent');
  readonly #formPlace = element('div', 'detail-form');
  readonly #facts: Record<Fact, HTMLElement>;
  readonly #navigate = element('a', 'fact-more navigate');
  readonly #unknownPlace: HTMLElement;
  readonly #others = element('table', 'others');
  readonly #body: HTMLElement;
  readonly #none: HTMLElement;
  #form: OrderForm | undefined;
  #formFor = '';
  #shown: Obligation | undefined;
  #drawn: { whistle: Whistle; grid: Grid | undefined } | undefined;

  constructor(context: DetailContext) {
    this.#context = context;
    const say = context.translator;
    this.#back = element('button', 'act detail-back', say.say('detail.close'));
    this.#back.type = 'button';
    this.#back.addEventListener('click', context.close);
    for (const kind of orderKinds) {
      const button = element('button', 'act', say.say(kind.label));
      button.type = 'button';
      button.dataset['order'] = kind.name;
      button.addEventListener('click', () => this.#press(kind));
      this.#buttons.set(kind.name, button);
      this.#acts.append(button);
    }
    this.#acts.setAttribute('role', 'group');
    this.#acts.setAttribute('aria-label', say.say('detail.actions'));
    this.#clocks.setAttribute('aria-label', say.say('detail.clocks'));
    this.#none = element('p', 'nothing', say.say('detail.none'));
    this.#matter.id = 'detail-matter';
    this.#matter.tabIndex = -1;
    this.#unknownPlace = element('span', 'fact-more', say.say('detail.unknownPlace'));
    this.#facts = { text: element('span', 'fact-text'), place: element('span'), initiator: element('span'), blownBy: element('span', 'fact-more'), blownAt: element('span'), occasion: element('span'), id: element('span') };
    const { text, place, initiator, blownBy, blownAt, occasion, id } = this.#facts;
    const fact = (term: string, ...what: Node[]) => [element('dt', '', term), element('dd', '', ...what)];
    const facts = element(
      'dl',
      'facts',
      ...fact(say.say('detail.text'), text),
      ...fact(say.say('detail.place'), place, this.#navigate, this.#unknownPlace),
      ...fact(say.say('detail.initiator'), initiator, blownBy),
      ...fact(say.say('detail.blownAt'), blownAt),
      ...fact(say.say('detail.occasion'), occasion),
      ...fact(say.say('detail.id'), id),
    );
    const title = (text: string) => element('h3', 'detail-title', text);
    this.#body = element('div', 'detail-body', this.#acts, this.#sent, this.#formPlace, facts, title(say.say('detail.clocks')), this.#clocks, title(say.say('detail.others')), this.#others);
    this.#root.replaceChildren(this.#back, this.#head, this.#body, this.#none);
  }

  /** Whether somebody is filling something in. */
  get busy(): boolean {
    return this.#form !== undefined;
  }

  /** @param gone Asked for a whistle that waits for this department no more. */
  show(obligation: Obligation | undefined, gone: boolean, now: number): void {
    const other = obligation?.whistle.id !== this.#shown?.whistle.id;
    this.#shown = obligation;
    setHidden(this.#head, obligation === undefined);
    setHidden(this.#body, obligation === undefined);
    setHidden(this.#none, obligation !== undefined);
    setHidden(this.#back, obligation === undefined && !gone);
    setText(this.#none, this.#context.translator.say(gone ? 'detail.gone' : 'detail.none'));
    if (other && this.#form !== undefined) this.#closeForm();
    if (obligation === undefined) {
      this.#drawn = undefined;
      return;
    }
    const grid = this.#context.grid(obligation.whistle.grid);
    if (this.#drawn?.whistle !== obligation.whistle || this.#drawn.grid !== grid) {
      this.#drawn = { whistle: obligation.whistle, grid };
      this.#drawHead(obligation.whistle);
      this.#drawFacts(obligation.whistle, grid);
      this.#drawOthers(obligation.whistle);
    }
    if (other) this.#root.scrollTop = 0;
    this.tick(now);
  }

  /** Clocks, what is on its way, and what may be done. */
  tick(now: number): void {
    const obligation = this.#shown;
    if (obligation === undefined) return;
    const { whistle, summons } = obligation;
    const sent = this.#context.sent(whistle.id);
    const possible = new Set(ordersFor(this.#context.role, whistle, summons));
    let main: OrderKind | undefined;
    for (const kind of orderKinds) {
      const button = this.#buttons.get(kind.name)!;
      const busy = sent.some(({ order: { name }, progress }) => name === kind.name && (progress.state === 'sending' || progress.state === 'waiting'));
      setHidden(button, !possible.has(kind) && !busy);
      button.setAttribute('aria-disabled', String(busy));
      button.setAttribute('aria-expanded', String(this.#form?.kind === kind));
      if (possible.has(kind) && !busy) main ??= kind;
      button.classList.toggle('is-main', main === kind && !busy && this.#form === undefined);
    }
    if (this.#form !== undefined && !possible.has(this.#form.kind)) this.#closeForm();
    this.#drawClocks(whistle, summons, now);
    this.#drawSent(sent);
  }

  /** Opens what an order asks for, as if its button had been pressed. */
  ask(name: OrderName): void {
    const kind = orderKinds.find(each => each.name === name)!;
    this.#press(kind);
  }

  focus(): void {
    this.#matter.focus();
  }

  #press(kind: OrderKind): void {
    const obligation = this.#shown;
    const button = this.#buttons.get(kind.name)!;
    if (obligation === undefined || button.getAttribute('aria-disabled') === 'true') return;
    if (this.#form?.kind === kind) {
      this.#closeForm();
      return;
    }
    const { id } = obligation.whistle;
    if (kind.fields.length === 0) {
      this.#context.give(id, kind.name, {});
      return;
    }
    this.#closeForm();
    this.#form = new OrderForm(
      kind,
      obligation.whistle,
      obligation.summons,
      this.#context,
      body => {
        this.#context.give(id, kind.name, body);
        this.#closeForm();
      },
      () => this.#closeForm(),
    );
    this.#formFor = kind.name;
    this.#formPlace.replaceChildren(this.#form.root);
    this.#form.focus();
  }

  #closeForm(): void {
    const inside = this.#formPlace.contains(document.activeElement);
    this.#form = undefined;
    this.#formPlace.replaceChildren();
    if (inside) this.#buttons.get(this.#formFor as OrderName)?.focus();
  }

  // What is there is written anew and not made anew: somebody may be pressing it, or have the focus on it.
  #drawHead(whistle: Whistle): void {
    const { city, places, translator: say } = this.#context;
    const level = city.levels[whistle.level];
    setData(this.#head, 'level', whistle.level);
    setData(this.#head, 'exercise', isExercise(whistle) ? 'yes' : 'no');
    setText(this.#level, level === undefined ? whistle.level : say.text(level));
    setText(this.#exercise, isExercise(whistle) ? say.say('exercise') : '');
    setText(this.#matter, places.matter(whistle.matter));
    setText(this.#round, whistle.round > 1 ? say.say('round', { n: whistle.round }) : '');
  }

  #drawFacts(whistle: Whistle, grid: Grid | undefined): void {
    const { city, places, times, translator: say } = this.#context;
    const name = (texts: Record<string, { zh: string; en: string }>, code: string) => (texts[code] === undefined ? code : say.text(texts[code]));
    const within = grid === undefined ? [whistle.grid] : [say.text(grid.communityName), say.text(grid.name)];
    setText(this.#facts.text, whistle.description);
    setText(this.#facts.place, [...new Set([places.subdistrict(whistle.subdistrict), ...within])].join(' · '));
    setHidden(this.#navigate, whistle.place === undefined);
    setHidden(this.#unknownPlace, whistle.place !== undefined);
    if (whistle.place !== undefined) {
      const { lon, lat } = whistle.place;
      setText(this.#navigate, `${say.say('detail.navigate')} ${lat.toFixed(5)}, ${lon.toFixed(5)}`);
      this.#navigate.href = `geo:${lat},${lon}?q=${lat},${lon}`;
    }
    setText(this.#facts.initiator, places.organisation(whistle.initiator ?? whistle.blownBy.organisation));
    setText(this.#facts.blownBy, whistle.blownBy.name);
    setText(this.#facts.blownAt, times.full.format(Date.parse(whistle.blownAt)));
    setText(this.#facts.occasion, [name(city.occasions, whistle.occasion), name(city.chains, whistle.chain)].join(' · '));
    setText(this.#facts.id, whistle.id);
  }

  #drawClocks(whistle: Whistle, summons: Summons, now: number): void {
    const { translator: say, times } = this.#context;
    const items: { key: string; name: string; text: string; more: string; urgency: string }[] = [];
    for (const { deadline, passed } of runningClocks(whistle, summons)) {
      const state = clockState(deadline, passed, now);
      const { days, digits, owed, urgency } = countedTo(deadline, state, now, say);
      items.push({ key: deadline.clock, name: owed, text: `${days} ${digits}`.trim(), more: say.say('detail.due', { time: times.full.format(deadline.at) }), urgency });
    }
    const note = (key: string, name: string, more = '', urgency = 'calm') => items.push({ key, name, text: '', more, urgency });
    if (summons.clocks?.suspendedUntil !== undefined) note('suspended', say.say('clock.suspended', { day: summons.clocks.suspendedUntil }));
    const answered: [OrderName, { at: string; late: boolean } | undefined][] = [
      ['sign', summons.signed],
      ['contact', summons.clocks?.contacted],
      ['check-in', summons.checkedIn],
      ['measures', summons.clocks?.measures?.[0]],
      ['report', summons.clocks?.report],
    ];
    for (const [name, act] of answered)
      if (act !== undefined)
        items.push({ key: `done ${name}`, name: say.say(`done.${name}`), text: times.full.format(Date.parse(act.at)), more: act.late ? say.say('summons.late') : '', urgency: act.late ? 'late' : 'done' });
    const ruling = summons.dispute?.ruling;
    if (summons.dispute !== undefined) note('dispute', say.say('order.dispute'), say.say(ruling === undefined ? 'detail.disputed' : `ruling.${ruling.kind}`));
    const veto = summons.vetoes.at(-1);
    if (veto !== undefined && summons.outcome === undefined) note('veto', say.say('detail.veto', { reason: veto.reason }), '', 'over');
    while (this.#clocks.children.length > items.length) this.#clocks.lastElementChild!.remove();
    items.forEach((item, i) => {
      let row = this.#clocks.children[i] as HTMLElement | undefined;
      if (row === undefined) {
        row = element('li', 'detail-clock', element('span', 'detail-clock-name'), element('span', 'detail-clock-time'), element('span', 'detail-clock-more'));
        this.#clocks.append(row);
      }
      setData(row, 'key', item.key);
      setData(row, 'urgency', item.urgency);
      setText(row.children[0]!, item.name);
      setText(row.children[1]!, item.text);
      setText(row.children[2]!, item.more);
    });
  }

  #drawSent(sent: readonly Sent[]): void {
    const { translator: say, times } = this.#context;
    const told = sent.filter(({ progress }) => progress.state !== 'stored');
    while (this.#sent.children.length > told.length) this.#sent.lastElementChild!.remove();
    told.forEach((each, i) => {
      let row = this.#sent.children[i] as HTMLElement | undefined;
      if (row === undefined) {
        row = element('li');
        this.#sent.append(row);
      }
      setData(row, 'state', each.progress.state);
      const text = each.progress.state === 'refused' ? refusalText(each.progress.why, say) : progressText(each, times.clock, say);
      setText(row, `${say.say(`order.${each.order.name}`)}: ${text}`);
    });
  }

  #drawOthers(whistle: Whistle): void {
    const summonses = [...whistle.summonses].sort((a, b) => order[a.role] - order[b.role]);
    this.#others.replaceChildren(element('tbody', '', ...summonses.map(summons => this.#other(summons))));
  }

  #other(summons: Summons): HTMLTableRowElement {
    const { places, department, times, translator: say } = this.#context;
    const sign = summons.role === 'notified' ? 'notified' : isOverdue(summons) ? 'overdue' : summons.state;
    const state = element('td', 'other-state', icon(sign), say.say(summons.role === 'notified' ? 'notified' : `summons.${sign as Summons['state'] | 'overdue'}`));
    state.dataset['sign'] = sign;
    const name = element('th', '', places.departmentName(summons.department));
    if (summons.department === department.code) name.append(element('span', 'other-us', say.say('detail.you')));
    if (summons.role === 'lead') name.append(element('span', 'other-us', say.say('lead')));
    name.scope = 'row';
    const row = element('tr', '', name, state, element('td', 'other-there', presence(summons, times.clock, say)));
    row.dataset['department'] = summons.department;
    row.dataset['state'] = summons.state;
    return row;
  }
}

/** Whether the department is there: the question that everybody on the way has. */
function presence(summons: Summons, clock: Intl.DateTimeFormat, say: Translator): string {
  if (summons.role === 'notified') return '';
  const first = summons.checkedIn;
  const expected = summons.departed?.arrivesAt;
  if (first === undefined) return expected === undefined ? say.say('detail.notThere') : say.say('detail.expected', { time: clock.format(Date.parse(expected)) });
  const people = [first, ...(summons.furtherCheckIns ?? [])].reduce((sum, { headcount = 0 }) => sum + headcount, 0);
  return [say.say('detail.there', { time: clock.format(Date.parse(first.at)) }), people > 0 ? say.say('detail.headcount', { n: people }) : ''].filter(text => text !== '').join(' · ');
}
