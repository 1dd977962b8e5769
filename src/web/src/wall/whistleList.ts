import type { City } from '../api/contract';
import type { MessageKey, Translator } from '../i18n';
import type { Whistle } from '@whistle-actors/live';
import { countdown, urgency } from './deadline';
import { byId, element, setData, setHidden, setText } from './dom';
import { icon, setIcon, type Sign } from './icons';
import type { Entry } from './openWhistles';
import type { Places } from './places';
import { isExercise, marksOf, type Mark } from './standing';
import { agoText } from './times';

/** How long a page stays, and how many of the most urgent take part: a round must not take longer than people look. */
const pageDwell = 12_000;
const mostPages = 10;
/** A whistle is new for this long. */
const newFor = 20_000;

const endings: Partial<Record<Whistle['stage'], MessageKey>> = {
  closed: 'whistleClosed',
  merged: 'whistleMerged',
  voided: 'whistleVoided',
};

interface MarkView {
  root: HTMLElement;
  duty: HTMLElement;
  icon: SVGSVGElement;
  name: HTMLElement;
  late: SVGSVGElement;
}

interface RowView {
  root: HTMLLIElement;
  level: HTMLElement;
  exercise: HTMLElement;
  matter: HTMLElement;
  round: HTMLElement;
  place: HTMLElement;
  age: HTMLElement;
  marks: HTMLElement;
  markViews: MarkView[];
  told: HTMLElement;
  more: HTMLElement;
  measured: boolean;
  countdown: HTMLElement;
  days: HTMLElement;
  digits: HTMLElement;
  owed: HTMLElement;
  entry: Entry | undefined;
}

/** Open whistles, as many as fit, in turn when there are more. The rows are made once and used for ever. */
export class WhistleList {
  readonly #list = byId('list');
  readonly #range = byId('list-range');
  readonly #hand = byId('list-turn');
  readonly #empty = byId('list-empty');
  readonly #rows: RowView[] = [];
  readonly #city: City;
  readonly #places: Places;
  readonly #translator: Translator;
  #ordered: readonly Entry[] = [];
  #page = 0;
  #turnsAt = 0;

  constructor(city: City, places: Places, translator: Translator) {
    this.#city = city;
    this.#places = places;
    this.#translator = translator;
    new ResizeObserver(() => this.#fit()).observe(this.#list);
    this.#fit();
  }

  show(ordered: readonly Entry[], now: number): void {
    this.#ordered = ordered;
    // The first page of the first picture stays its whole time.
    if (this.#turnsAt === 0) this.#turn(now, 0);
    else this.#draw(now);
  }

  /** Once a second: countdowns, ages and the turning of pages. */
  tick(now: number): void {
    const pages = this.#pages();
    if (pages > 1 && now >= this.#turnsAt) {
      this.#turn(now, (this.#page + 1) % pages);
      return;
    }
    // The server's clock was set back, or time went on without us: do not wait for hours.
    if (this.#turnsAt - now > pageDwell) this.#turnsAt = now + pageDwell;
    for (const row of this.#rows) if (row.entry !== undefined) this.#drawTimes(row, row.entry, now);
  }

  #pages(): number {
    const size = this.#rows.length;
    return size === 0 ? 1 : Math.max(1, Math.min(mostPages, Math.ceil(this.#ordered.length / size)));
  }

  #fit(): void {
    // Where the page scrolls, the style sheet says how many; on a wall, as many as there is room for.
    const style = getComputedStyle(this.#list);
    const fixed = parseInt(style.getPropertyValue('--rows'), 10);
    const height = parseFloat(style.getPropertyValue('--row')) * parseFloat(getComputedStyle(document.documentElement).fontSize);
    const count = fixed > 0 ? fixed : Math.max(3, Math.min(40, Math.floor((this.#list.clientHeight + 1) / height)));
    for (const row of this.#rows) if (row.entry !== undefined) this.#drawMarks(row, marksOf(row.entry.whistle));
    while (this.#rows.length > count) this.#rows.pop()!.root.remove();
    while (this.#rows.length < count) {
      const row = makeRow();
      this.#rows.push(row);
      this.#list.append(row.root);
    }
    this.#draw(undefined);
  }

  #draw(now: number | undefined): void {
    const size = this.#rows.length;
    const total = this.#ordered.length;
    const pages = this.#pages();
    if (this.#page >= pages) this.#page = 0;
    const first = this.#page * size;
    this.#rows.forEach((row, i) => this.#drawRow(row, this.#ordered[first + i], now));
    // Measured after everything is written, so that the page is laid out once.
    for (const row of this.#rows) if (!row.root.hidden) this.#fitMarks(row);

    const say = this.#translator;
    const range = total === 0 ? '' : say.say('range', { from: first + 1, to: Math.min(total, first + size), total });
    const part = total > pages * size ? ` · ${say.say('rotating', { n: pages * size })}` : '';
    const exercises = this.#ordered.filter(entry => isExercise(entry.whistle)).length;
    const unreal = exercises > 0 ? ` · ${say.say('exercises', { n: exercises })}` : '';
    setText(this.#range, range + unreal + part);
    setHidden(this.#hand, pages < 2);
    setHidden(this.#empty, total > 0);
  }

  #turn(now: number, page: number): void {
    this.#page = page;
    this.#turnsAt = now + pageDwell;
    for (const animation of this.#hand.firstElementChild!.getAnimations()) {
      animation.cancel();
      animation.play();
    }
    this.#draw(now);
  }

  #drawRow(row: RowView, entry: Entry | undefined, now: number | undefined): void {
    setHidden(row.root, entry === undefined);
    const before = row.entry;
    row.entry = entry;
    if (entry === undefined) return;
    if (before?.whistle !== entry.whistle) {
      const { whistle } = entry;
      setData(row.root, 'id', whistle.id);
      setData(row.root, 'level', whistle.level);
      setData(row.root, 'stage', whistle.stage);
      const level = this.#city.levels[whistle.level];
      setText(row.level, level === undefined ? whistle.level : this.#translator.text(level));
      setData(row.root, 'exercise', isExercise(whistle) ? 'yes' : 'no');
      setText(row.exercise, isExercise(whistle) ? this.#translator.say('exercise') : '');
      setText(row.matter, this.#places.matter(whistle.matter));
      setText(row.round, whistle.round > 1 ? this.#translator.say('round', { n: whistle.round }) : '');
      setText(row.place, `${this.#places.district(whistle.district)} · ${this.#places.subdistrict(whistle.subdistrict)}`);
      this.#drawMarks(row, marksOf(whistle));
      if (before?.whistle.id !== whistle.id) row.root.classList.remove('is-new');
    }
    setData(row.root, 'standing', entry.standing);
    if (now !== undefined) this.#drawTimes(row, entry, now);
  }

  #drawTimes(row: RowView, entry: Entry, now: number): void {
    const say = this.#translator;
    const { whistle, next } = entry;
    const age = now - Date.parse(whistle.blownAt);
    setText(row.age, agoText(age, say));
    row.root.classList.toggle('is-new', age < newFor && whistle.stage === 'open');
    if (whistle.stage !== 'open') {
      this.#drawCountdown(row, 'calm', '', '', say.say(endings[whistle.stage] ?? 'whistleWithdrawn'));
      return;
    }
    if (next === undefined) {
      const waits = whistle.summonses.some(s => s.role !== 'notified' && (s.state === 'checked-in' || s.state === 'reported'));
      this.#drawCountdown(row, 'calm', '', '', say.say(waits ? 'allOnSpot' : 'awaitingClose'));
      return;
    }
    const urgent = urgency(next, now);
    const { days, text } = countdown(next, now);
    const over = urgent === 'over';
    const key = next.clock === 'sign' ? (over ? 'signOverdue' : 'signDue') : over ? 'checkInOverdue' : 'checkInDue';
    this.#drawCountdown(row, urgent, days > 0 ? say.say('daysShort', { d: days }) : '', (over ? '+' : '') + text, say.say(key));
  }

  #drawCountdown(row: RowView, urgent: string, days: string, digits: string, owed: string): void {
    setData(row.countdown, 'urgency', urgent);
    setText(row.days, days);
    setText(row.digits, digits);
    setText(row.owed, owed);
  }

  #drawMarks(row: RowView, marks: Mark[]): void {
    // Those who are only told owe nothing: more than one of them are a number.
    const told = marks.filter(mark => mark.role === 'notified');
    const shown = told.length > 1 ? marks.filter(mark => mark.role !== 'notified') : marks;
    while (row.markViews.length < shown.length) {
      const view = makeMark();
      row.markViews.push(view);
      row.marks.insertBefore(view.root, row.told);
    }
    row.markViews.forEach((view, i) => {
      const mark = shown[i];
      setHidden(view.root, mark === undefined);
      if (mark !== undefined) this.#drawMark(view, mark);
    });
    setHidden(row.told, told.length < 2);
    setText(row.told, this.#translator.say('told', { n: told.length }));
    if (told.length > 1) row.told.title = told.map(mark => this.#places.departmentName(mark.department)).join(' · ');
    setHidden(row.more, true);
    row.measured = false;
  }

  /** A line of marks that does not fit ends in a count. The lead is first and always seen, the overdue are never what is left out. */
  #fitMarks(row: RowView): void {
    if (row.measured || row.marks.clientWidth === 0) return;
    row.measured = true;
    let left = 0;
    while (row.marks.scrollWidth > row.marks.clientWidth) {
      const visible = row.markViews.filter(view => !view.root.hidden).slice(1);
      const victim = visible.findLast(view => view.root.dataset['sign'] !== 'overdue') ?? visible.at(-1);
      if (victim === undefined) break;
      victim.root.hidden = true;
      setText(row.more, this.#translator.say('more', { n: ++left }));
      setHidden(row.more, false);
    }
  }

  #drawMark(view: MarkView, mark: Mark): void {
    const say = this.#translator;
    const sign: Sign = mark.role === 'notified' ? 'notified' : mark.sign;
    setData(view.root, 'sign', sign);
    setData(view.root, 'role', mark.role);
    setIcon(view.icon, sign);
    setText(view.duty, mark.role === 'lead' ? say.say('lead') : '');
    setText(view.name, this.#places.departmentShort(mark.department));
    view.late.toggleAttribute('hidden', !mark.late);
    const words = [
      this.#places.departmentName(mark.department),
      say.say(mark.role),
      mark.role === 'notified' ? '' : say.say(`summons.${mark.sign}`),
      mark.late ? say.say('summons.late') : '',
    ];
    const label = words.filter(word => word !== '').join(' · ');
    if (view.root.title !== label) view.root.title = label;
  }
}

function makeRow(): RowView {
  const level = element('span', 'row-level');
  const exercise = element('span', 'row-exercise');
  const matter = element('span', 'row-matter');
  const round = element('span', 'row-round');
  const place = element('span', 'row-place');
  const age = element('span', 'row-age');
  const more = element('span', 'mark-more');
  const told = element('span', 'mark-told');
  const marks = element('div', 'row-marks', told, more);
  const days = element('span', 'countdown-days');
  const digits = element('span', 'countdown-digits');
  const owed = element('span', 'countdown-owed');
  const time = element('div', 'countdown', element('div', 'countdown-time', days, digits), owed);
  const head = element('div', 'row-head', exercise, matter, round, place, age);
  const root = element('li', 'row', level, element('div', 'row-body', head, marks), time);
  root.hidden = true;
  return { root, level, exercise, matter, round, place, age, marks, markViews: [], told, more, measured: false, countdown: time, days, digits, owed, entry: undefined };
}

function makeMark(): MarkView {
  const duty = element('span', 'mark-duty');
  const name = element('span', 'mark-name');
  const sign = icon('summoned');
  const late = icon('late');
  late.classList.add('mark-late');
  return { root: element('span', 'mark', duty, sign, name, late), duty, icon: sign, name, late };
}

const legend: Sign[] = ['summoned', 'signed', 'departed', 'checked-in', 'reported', 'settled', 'overdue', 'late', 'notified'];

export function drawMarkLegend(translator: Translator): void {
  byId('mark-legend').replaceChildren(
    ...legend.map(sign => {
      const item = element('li', 'mark-key', icon(sign), translator.say(sign === 'notified' ? 'notified' : `summons.${sign}`));
      item.dataset['sign'] = sign;
      return item;
    }),
  );
}
