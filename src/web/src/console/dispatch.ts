import type { Allocation, CrewStanding, Department } from '../api/contract';
import { Refused, type Session } from '../api/session';
import type { Translator } from '../i18n';
import { byId, element, replaceRows, setData, setHidden, setText } from '../screen/dom';
import type { Presses } from '../screen/presses';

const lookEvery = 2_000;
/** Off duty by hand lasts for a shift; who means longer says so again. */
const shift = 8 * 3_600_000;

export interface DispatchContext {
  session: Session;
  department: Department;
  translator: Translator;
  presses: Presses;
  time: Intl.DateTimeFormat;
  /** Only a dispatcher orders; a crew looks. */
  orders: boolean;
  /** What a whistle is called here. */
  nameOf: (whistle: string) => string;
  serverNow: () => number;
}

/** Which crew should go where: the server's advice, to be followed, changed, or left to itself. */
export class Dispatch {
  readonly #context: DispatchContext;
  readonly #dialog = byId<HTMLDialogElement>('dispatch');
  readonly #automatic = element('button', 'chip');
  readonly #trouble = element('p', 'order-trouble');
  readonly #throttle = element('p', 'notice');
  readonly #proposed = element('ul', 'dispatch-list');
  readonly #queue = element('ol', 'dispatch-list');
  readonly #crews = element('ul', 'dispatch-list');
  readonly #none = element('p', 'nothing');
  readonly #names: ReadonlyMap<string, string>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looks = 0;
  #rows = '';
  #times = '';

  constructor(context: DispatchContext) {
    this.#context = context;
    const say = context.translator;
    this.#names = new Map(context.department.crews.map(({ code, name }) => [code, say.text(name)]));
    const close = this.#button('dispatch.close', () => this.#dialog.close());
    this.#automatic.type = 'button';
    this.#automatic.append(say.say('dispatch.automatic'));
    this.#automatic.title = say.say('dispatch.automaticHint');
    this.#automatic.addEventListener('click', () => void this.#order('PUT', 'allocation/mode', { automatic: this.#automatic.getAttribute('aria-pressed') !== 'true' }));
    this.#trouble.setAttribute('role', 'alert');
    setText(this.#none, say.say('dispatch.none'));
    const part = (title: 'dispatch.proposed' | 'dispatch.queue' | 'dispatch.crews', ...content: HTMLElement[]) =>
      element('section', '', element('h3', 'order-title', say.say(title)), ...content);
    this.#dialog.setAttribute('aria-label', say.say('dispatch'));
    this.#dialog.replaceChildren(
      element('header', 'panel-head', element('h2', '', say.say('dispatch')), this.#automatic, close),
      this.#trouble,
      this.#throttle,
      part('dispatch.proposed', this.#none, this.#proposed),
      part('dispatch.queue', this.#queue),
      part('dispatch.crews', this.#crews),
    );
    this.#dialog.addEventListener('close', () => clearTimeout(this.#timer));
    byId('dispatch-open').addEventListener('click', () => this.#open());
  }

  #open(): void {
    this.#rows = '';
    setText(this.#trouble, '');
    this.#dialog.showModal();
    void this.#look();
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer);
    // Of two questions that are under way the later one counts: the answer to the other may be from before an order.
    const look = ++this.#looks;
    try {
      const advice = await this.#context.session.get<Allocation>(`/api/v1/departments/${this.#context.department.code}/allocation`);
      if (look === this.#looks) this.#context.presses.whenOver(() => this.#draw(advice));
    } catch (error) {
      if (look === this.#looks) this.#complain(error);
    }
    if (look === this.#looks && this.#dialog.open) this.#timer = setTimeout(() => void this.#look(), lookEvery);
  }

  #order(method: 'POST' | 'PUT', path: string, body: object): Promise<void> {
    return this.#give(() => this.#context.session.order(method, `/api/v1/departments/${this.#context.department.code}/${path}`, body));
  }

  async #give(order: () => Promise<unknown>): Promise<void> {
    setText(this.#trouble, '');
    try {
      await order();
    } catch (error) {
      this.#complain(error);
    }
    // The advice follows from the board, which hears of the order a moment after it is stored.
    setTimeout(() => void this.#look(), 300);
  }

  #complain(error: unknown): void {
    const say = this.#context.translator;
    const problem = error instanceof Refused ? error.problem : undefined;
    setText(this.#trouble, problem === undefined ? say.say('dispatch.noAnswer') : say.text({ zh: problem.detailZh, en: problem.detail }));
  }

  #draw(advice: Allocation): void {
    const { translator: say, time, orders, nameOf } = this.#context;
    this.#automatic.setAttribute('aria-pressed', String(advice.automatic));
    this.#automatic.disabled = !orders;
    const throttle = advice.throttle;
    setHidden(this.#throttle, throttle === undefined);
    if (throttle !== undefined) setText(this.#throttle, say.say('dispatch.throttled', { time: time.format(Date.parse(throttle.until)), reason: throttle.reason }));

    // Rows that are the same stay, and while somebody chooses in one of them a minute more or less is no matter.
    const rows = JSON.stringify([advice.assignments.map(({ whistle, crew, takenFrom, onTheSameTrip }) => [whistle, nameOf(whistle), crew, takenFrom, onTheSameTrip]), advice.queue.map(({ whistle, held }) => [whistle, nameOf(whistle), held]), advice.crews.map(({ crew, state, whistle, then }) => [crew, state, whistle, then])]);
    const times = [...advice.assignments, ...advice.queue].map(({ expectedAt }) => minute(expectedAt)).join(' ');
    const chooses = document.activeElement instanceof HTMLSelectElement && this.#dialog.contains(document.activeElement);
    if (rows === this.#rows && (times === this.#times || chooses)) return;
    [this.#rows, this.#times] = [rows, times];
    const free = advice.crews.filter(({ state }) => state === 'free');
    setHidden(this.#none, advice.assignments.length > 0);
    setHidden(this.#queue.parentElement!, advice.queue.length === 0);
    replaceRows(this.#proposed, 'whistle', advice.assignments.map(({ whistle, crew, expectedAt, inTime, takenFrom, onTheSameTrip = [] }) => {
      const choice = element('select');
      choice.setAttribute('aria-label', say.say('dispatch.whom', { whistle: nameOf(whistle) }));
      for (const one of free.some(each => each.crew === crew) ? free : [...free, { crew }]) choice.append(new Option(this.#crew(one.crew), one.crew, one.crew === crew, one.crew === crew));
      const assign = (then: string[]) => void this.#order('POST', `crews/${choice.value}/assign`, { whistle, ...(then.length === 0 ? {} : { then }), ...(choice.value === crew ? {} : { reason: say.say('dispatch.changed') }) });
      const send = this.#button('dispatch.send', () => assign([]));
      send.classList.add('is-main');
      const when = element('span', 'dispatch-when', say.say('dispatch.there', { time: time.format(Date.parse(expectedAt)) }));
      setData(when, 'late', inTime ? 'no' : 'yes');
      // Who has set out is called back first, and is free then.
      const turns = takenFrom !== undefined && advice.crews.some(each => each.crew === crew && each.state === 'on-the-way');
      const callBack = this.#button('dispatch.recall', () => void this.#give(() => this.#context.session.post(
        `/api/v1/whistles/${takenFrom!}/summonses/${this.#context.department.code}/recall`, { reason: say.say('dispatch.forEmergency', { whistle: nameOf(whistle) }), for: whistle }, crypto.randomUUID())));
      const row = element('li', '', element('span', 'dispatch-what', nameOf(whistle)), when, ...(!orders ? [this.#crew(crew)] : turns ? [this.#crew(crew), callBack] : [choice, send]));
      setData(row, 'whistle', whistle);
      if (takenFrom !== undefined) row.append(element('p', 'dispatch-trip', say.say('dispatch.takenFrom', { whistle: nameOf(takenFrom) })));
      if (onTheSameTrip.length > 0) row.append(element('p', 'dispatch-trip', say.say('dispatch.trip', { whistles: onTheSameTrip.map(nameOf).join(say.language === 'zh' ? '、' : ', ') }), ...(orders ? [this.#button('dispatch.combine', () => assign(onTheSameTrip))] : [])));
      return row;
    }));
    this.#queue.replaceChildren(...advice.queue.map(({ whistle, expectedAt, inTime, held }) => {
      const when = element('span', 'dispatch-when', held === true ? say.say('dispatch.held') : expectedAt === undefined ? say.say('dispatch.nobody') : say.say('dispatch.there', { time: time.format(Date.parse(expectedAt)) }));
      setData(when, 'late', inTime ? 'no' : 'yes');
      return element('li', '', element('span', 'dispatch-what', nameOf(whistle)), when);
    }));
    replaceRows(this.#crews, 'crew', advice.crews.map(crew => this.#crewRow(crew)));
  }

  #crewRow({ crew, state, whistle, then = [], from }: CrewStanding): HTMLElement {
    const { translator: say, orders, nameOf, serverNow } = this.#context;
    const row = element('li', '', element('span', 'dispatch-what', this.#crew(crew)), element('span', 'dispatch-state', say.say(`dispatch.${state}`)));
    setData(row, 'crew', crew);
    setData(row, 'state', state);
    if (whistle !== undefined) row.append(element('span', 'dispatch-where', [whistle, ...then].map(nameOf).join(' → ')));
    if (!orders) return row;
    if (state === 'assigned') row.append(this.#button('dispatch.takeBack', () => void this.#order('POST', `crews/${crew}/unassign`, {})));
    // Who is lent to us, its own department sends home.
    const until = () => new Date(serverNow() + shift).toISOString();
    if (from === undefined && state === 'free') row.append(this.#button('dispatch.off', () => void this.#order('POST', `crews/${crew}/duty`, { onDuty: false, until: until() })));
    if (from === undefined && state === 'off-duty') row.append(this.#button('dispatch.on', () => void this.#order('POST', `crews/${crew}/duty`, { onDuty: true, until: until() })));
    return row;
  }

  #crew(code: string): string {
    return this.#names.get(code) ?? code;
  }

  #button(label: 'dispatch.close' | 'dispatch.send' | 'dispatch.combine' | 'dispatch.takeBack' | 'dispatch.recall' | 'dispatch.off' | 'dispatch.on', press: () => void): HTMLButtonElement {
    const made = element('button', 'act', this.#context.translator.say(label));
    made.type = 'button';
    made.addEventListener('click', press);
    return made;
  }
}

const minute = (instant: string | undefined) => (instant === undefined ? undefined : Math.floor(Date.parse(instant) / 60_000));
