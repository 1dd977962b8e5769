import type { Department } from '../api/contract';
import type { Translator } from '../i18n';
import { byId, element, replaceRows, setData, setHidden, setText } from '../screen/dom';
import type { Places } from '../screen/places';
import type { Act } from './acts';
import type { Advice, Contention, HoldingCrew, ShortDepartment } from './contract';

export interface ChosenContext {
  places: Places;
  translator: Translator;
  time: Intl.DateTimeFormat;
  /** The departments to which one's crews can be lent. */
  sistersOf: (department: Department) => readonly Department[];
  /** Whether its crews are this desk's to order. */
  orders: (department: Department) => boolean;
  /** Why not, where they are not. */
  whyNot: (department: Department) => string;
  /** Whether a substitute may be called here for a whistle. */
  calls: (whistle: string) => boolean;
  crewName: (crew: string) => string;
  whistleName: (whistle: string) => string;
  levelOf: (whistle: string) => string | undefined;
  act: (act: Act) => void;
}

/** One department: which whistles hold its crews, which go without, and what can be done about it. */
export class Chosen {
  readonly #context: ChosenContext;
  #shown = '';

  constructor(context: ChosenContext) {
    this.#context = context;
  }

  /** Nothing is chosen, or nothing is known of it yet. */
  clear(department: Department | undefined): void {
    this.#shown = '';
    setHidden(byId('chosen-none'), department !== undefined);
    setHidden(byId('chosen-body'), department === undefined);
    if (department === undefined) return;
    setText(byId('chosen-name'), this.#context.places.departmentName(department.code));
    for (const part of ['chosen-acts', 'starved', 'crews', 'spare']) byId(part).replaceChildren();
    setText(byId('chosen-sums'), '');
    for (const part of ['chosen-throttle', 'chosen-note', 'starved-none', 'spare-part']) setHidden(byId(part), true);
  }

  /** @param advice Undefined where only what the contention tells is known here. */
  show(department: Department, advice: Advice | undefined, contention: Contention): void {
    const short = contention.departments.find(each => each.department === department.code);
    if (advice === undefined) {
      this.#outline(department, short);
      return;
    }
    // Rows that are the same stay, so that nobody presses what has just moved away.
    const { translator: say, orders, whistleName, levelOf } = this.#context;
    const named = (each: { whistle: string }) => [row(each), whistleName(each.whistle), levelOf(each.whistle)];
    const written = JSON.stringify([department.code, advice.assignments.map(named), advice.queue.map(named), advice.crews.map(crewRow), advice.lent, advice.priorities, advice.throttle, short?.spare.map(row)]);
    if (written === this.#shown) return;
    this.#shown = written;
    const mine = orders(department);
    const free = advice.crews.filter(({ state }) => state === 'free').length;
    const queue = advice.queue.filter(({ held }) => held !== true).length;
    const held = advice.queue.length - queue;
    setText(byId('chosen-sums'), [
      say.say('command.sums', { waiting: advice.assignments.length + queue, free, crews: advice.crews.filter(({ state }) => state !== 'off-duty').length }),
      ...(held > 0 ? [say.say('command.heldCount', { n: held })] : []),
    ].join(' · '));
    setHidden(byId('chosen-note'), mine);
    setText(byId('chosen-note'), mine ? '' : this.#context.whyNot(department));
    this.#throttle(department, advice, mine);
    this.#starved(department, advice, mine);
    this.#crews(department, advice, mine);
    setHidden(byId('spare-part'), short === undefined || short.spare.length === 0);
    byId('spare').replaceChildren(...(short?.spare ?? []).map(({ crew, department: of, arrivesAt }) =>
      element('li', '', element('span', 'row-what', `${this.#context.places.departmentDistrict(of)} · ${this.#context.crewName(crew)}`), element('span', 'row-when', say.say('dispatch.there', { time: this.#time(arrivesAt) })))));
  }

  #outline(department: Department, short: ShortDepartment | undefined): void {
    const { translator: say, whyNot, whistleName, crewName } = this.#context;
    const { waiting = 0, free = 0, onDuty = 0, starved = [], holding = [] } = short ?? {};
    const written = JSON.stringify([department.code, waiting, free, onDuty, starved.map(({ whistle, level }) => [whistle, level, whistleName(whistle)]), holding.map(crewRow)]);
    if (written === this.#shown) return;
    this.#shown = written;
    setText(byId('chosen-sums'), short === undefined ? '' : say.say('command.sums', { waiting, free, crews: onDuty }));
    setText(byId('chosen-note'), whyNot(department));
    setHidden(byId('chosen-note'), false);
    setHidden(byId('starved-none'), short !== undefined);
    byId('starved').replaceChildren(...starved.map(({ whistle, level }) => element('li', '', element('span', 'row-level', say.say(`level.${level as 'daily'}`)), element('span', 'row-what', whistleName(whistle)))));
    byId('crews').replaceChildren(...holding.map(({ crew, state, whistle }) => element('li', '', element('span', 'row-what', crewName(crew)), element('span', 'row-state', say.say(`dispatch.${state}`)), element('span', 'row-where', whistle === undefined ? '' : whistleName(whistle)))));
  }

  #throttle({ code }: Department, { throttle }: Advice, mine: boolean): void {
    const { translator: say, act } = this.#context;
    setHidden(byId('chosen-throttle'), throttle === undefined);
    if (throttle !== undefined)
      setText(byId('chosen-throttle-text'), say.say('command.throttled', { levels: throttle.levels.map(level => say.say(`level.${level as 'daily'}`)).join(say.language === 'zh' ? '、' : ', '), time: this.#time(throttle.until), reason: throttle.reason }));
    setHidden(byId('unthrottle'), !mine);
    byId('unthrottle').onclick = () => act({ kind: 'unthrottle', department: code });
    const hold = this.#button('act.throttle', () => act({ kind: 'throttle', department: code, levels: throttle?.levels ?? [] }));
    setData(hold, 'act', 'throttle');
    replaceRows(byId('chosen-acts'), 'act', mine ? [hold] : []);
  }

  #starved({ code }: Department, { assignments, queue, priorities }: Advice, mine: boolean): void {
    const { translator: say, whistleName, levelOf, calls, places, act } = this.#context;
    const rows = [...assignments.map(each => ({ ...each, held: false, crew: each.crew as string | undefined, substitute: undefined })), ...queue.map(each => ({ ...each, crew: undefined }))];
    setHidden(byId('starved-none'), rows.length > 0);
    replaceRows(byId('starved'), 'whistle', rows.map(({ whistle, expectedAt, inTime, held, crew, substitute }) => {
      const minutes = priorities.find(each => each.whistle === whistle)?.minutes ?? 0;
      const level = levelOf(whistle);
      const when = element('span', 'row-when', [
        ...(held === true ? [say.say('dispatch.held')] : crew === undefined ? [] : [say.say('command.crewFree')]),
        expectedAt === undefined ? say.say('dispatch.nobody') : say.say('dispatch.there', { time: this.#time(expectedAt) }),
      ].join(' · '));
      setData(when, 'late', inTime ? 'no' : 'yes');
      const made = element('li', '', ...(level === undefined ? [] : [element('span', 'row-level', say.say(`level.${level as 'daily'}`))]), element('span', 'row-what', whistleName(whistle)), when);
      setData(made, 'whistle', whistle);
      setData(made, 'level', level ?? '');
      setData(made, 'held', held === true ? 'yes' : 'no');
      if (minutes !== 0) made.append(element('span', 'row-priority', signed(minutes)));
      if (substitute !== undefined && calls(whistle)) {
        const call = this.#button('act.substitute', () => act({ kind: 'substitute', department: code, whistle, substitute }));
        call.title = places.departmentName(substitute);
        made.append(call);
      }
      if (mine) made.append(this.#button('act.prioritise', () => act({ kind: 'prioritise', department: code, whistle, minutes })));
      return made;
    }));
  }

  #crews(department: Department, { crews, lent }: Advice, mine: boolean): void {
    const { translator: say, places, crewName, whistleName, sistersOf, act } = this.#context;
    const { code } = department;
    const to = sistersOf(department).map(sister => sister.code);
    const own = crews.filter(({ state, from }) => state === 'free' && from === undefined).map(({ crew }) => crew);
    const order = ['on-scene', 'on-the-way', 'assigned', 'free', 'off-duty'];
    replaceRows(byId('crews'), 'crew', [
      ...[...crews].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state)).map(({ crew, state, whistle, freeAt, from }) => {
        const made = element('li', '', element('span', 'row-what', crewName(crew)), element('span', 'row-state', say.say(`dispatch.${state}`)));
        setData(made, 'crew', crew);
        setData(made, 'state', state);
        if (from !== undefined) made.append(element('span', 'row-when', say.say('command.borrowed', { from: places.departmentDistrict(from) })));
        if (whistle !== undefined) made.append(element('span', 'row-where', whistleName(whistle)));
        if (freeAt !== undefined) made.append(element('span', 'row-when', say.say('command.freeAt', { time: this.#time(freeAt) })));
        if (mine && own.includes(crew) && to.length > 0) made.append(this.#button('act.lend', () => act({ kind: 'lend', department: code, crews: [crew, ...own.filter(other => other !== crew)], to })));
        return made;
      }),
      ...lent.map(({ crew, to: where, until, reason }) => {
        const made = element('li', '', element('span', 'row-what', crewName(crew)), element('span', 'row-state', say.say('command.lent', { to: places.departmentDistrict(where), time: this.#time(until) })), element('span', 'row-where', reason));
        setData(made, 'crew', crew);
        setData(made, 'state', 'lent');
        if (mine) made.append(this.#button('act.return', () => act({ kind: 'return', department: code, crew })));
        return made;
      }),
    ]);
  }

  #time(instant: string): string {
    return this.#context.time.format(Date.parse(instant));
  }

  #button(label: `act.${Act['kind']}`, press: () => void): HTMLButtonElement {
    const made = element('button', 'act is-small', this.#context.translator.say(label));
    made.type = 'button';
    made.addEventListener('click', press);
    return made;
  }
}

const signed = (minutes: number) => (minutes > 0 ? `+${minutes}` : `−${-minutes}`);
const minute = (instant: string | undefined) => (instant === undefined ? undefined : Math.floor(Date.parse(instant) / 60_000));
const row = (each: { whistle?: string; crew?: string; expectedAt?: string; arrivesAt?: string; inTime?: boolean; held?: boolean; substitute?: string }) => [each.whistle, each.crew, minute(each.expectedAt ?? each.arrivesAt), each.inTime, each.held, each.substitute];
const crewRow = ({ crew, state, whistle, freeAt, from }: HoldingCrew) => [crew, state, whistle, minute(freeAt), from];
