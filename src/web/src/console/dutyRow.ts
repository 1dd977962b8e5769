import type { City } from '../api/contract';
import type { Translator } from '../i18n';
import { element, setData, setHidden, setText } from '../screen/dom';
import { icon, setIcon } from '../screen/icons';
import type { Places } from '../screen/places';
import { isExercise, isOverdue } from '../screen/standing';
import { agoText } from '../screen/times';
import type { Obligation } from './obligations';
import { stateOf } from './obligations';
import type { OrderName } from './orderKinds';
import { countedTo, stillness } from './wording';

export interface RowContext {
  city: City;
  places: Places;
  translator: Translator;
  open: (whistle: string) => void;
  /** The one step that can be taken from the row itself. */
  act: (whistle: string, order: OrderName) => void;
  /** The name of that step for a row, and whether it is on its way already. */
  step: (obligation: Obligation) => { order: OrderName; busy: string | undefined } | undefined;
}

/** One summons in a list: what, where, how it stands, how long is left, and the next step where it calls for one. */
export class DutyRow {
  readonly root: HTMLLIElement;
  readonly #context: RowContext;
  readonly #level = element('span', 'row-level');
  readonly #exercise = element('span', 'row-exercise');
  readonly #matter = element('span', 'duty-matter');
  readonly #round = element('span', 'row-round');
  readonly #place = element('span', 'duty-place');
  readonly #state = element('span', 'duty-state');
  readonly #sign = icon('summoned');
  readonly #stateText = element('span');
  readonly #days = element('span', 'countdown-days');
  readonly #digits = element('span', 'countdown-digits');
  readonly #owed = element('span', 'countdown-owed');
  readonly #countdown: HTMLElement;
  readonly #open: HTMLButtonElement;
  readonly #act = element('button', 'act is-main duty-act');
  #obligation: Obligation | undefined;

  constructor(context: RowContext) {
    this.#context = context;
    this.#state.append(this.#sign, this.#stateText);
    this.#countdown = element('span', 'countdown', element('span', 'countdown-time', this.#days, this.#digits), this.#owed);
    this.#open = element(
      'button',
      'duty-open',
      this.#level,
      element('span', 'duty-body', element('span', 'duty-head', this.#exercise, this.#matter, this.#round), element('span', 'duty-more', this.#place, this.#state)),
      this.#countdown,
    );
    this.#open.type = 'button';
    this.#act.type = 'button';
    this.root = element('li', 'duty', this.#open, this.#act);
    this.#open.addEventListener('click', () => this.#obligation !== undefined && context.open(this.#obligation.whistle.id));
    this.#act.addEventListener('click', () => {
      const step = this.#obligation === undefined ? undefined : context.step(this.#obligation);
      if (step !== undefined && step.busy === undefined) context.act(this.#obligation!.whistle.id, step.order);
    });
  }

  draw(obligation: Obligation, now: number, chosen: boolean): void {
    const { city, places, translator: say } = this.#context;
    const { whistle, summons } = obligation;
    if (this.#obligation?.whistle !== whistle) {
      setData(this.root, 'id', whistle.id);
      setData(this.#open, 'level', whistle.level);
      setData(this.root, 'level', whistle.level);
      const level = city.levels[whistle.level];
      setText(this.#level, level === undefined ? whistle.level : say.text(level));
      setData(this.root, 'exercise', isExercise(whistle) ? 'yes' : 'no');
      setText(this.#exercise, isExercise(whistle) ? say.say('exercise') : '');
      setText(this.#matter, places.matter(whistle.matter));
      setText(this.#round, whistle.round > 1 ? say.say('round', { n: whistle.round }) : '');
      setText(this.#place, places.subdistrict(whistle.subdistrict));
      setData(this.root, 'state', summons.state);
      setData(this.root, 'version', String(whistle.version));
    }
    this.#obligation = obligation;
    this.root.classList.toggle('is-chosen', chosen);
    if (chosen) this.#open.setAttribute('aria-current', 'true');
    else this.#open.removeAttribute('aria-current');
    const sign = summons.role === 'notified' ? 'notified' : isOverdue(summons) ? 'overdue' : summons.state;
    setData(this.#state, 'sign', sign);
    setIcon(this.#sign, sign);
    const words = [
      obligation.call === 'not-departed' ? say.say('call.not-departed') : obligation.call === 'unsigned' ? say.say('call.unsigned') : say.say(`summons.${summons.state}`),
      say.say(summons.role),
    ];
    if (summons.dispute !== undefined && summons.dispute.ruling === undefined) words.push(say.say('done.dispute'));
    setText(this.#stateText, words.join(' · '));
    this.tick(now);
  }

  /** What changes by time alone, or with what is on its way. */
  tick(now: number): void {
    const obligation = this.#obligation;
    if (obligation === undefined) return;
    const say = this.#context.translator;
    const state = stateOf(obligation, now);
    setData(this.root, 'clock', state);
    if (obligation.next === undefined) {
      this.#count('calm', '', '', obligation.summons.role === 'notified' ? agoText(now - obligation.since, say) : stillness(obligation, say));
    } else {
      const { urgency, days, digits, owed } = countedTo(obligation.next, state, now, say);
      this.#count(urgency, days, digits, owed);
    }
    const step = this.#context.step(obligation);
    setHidden(this.#act, step === undefined);
    if (step === undefined) return;
    setText(this.#act, step.busy ?? say.say(`order.${step.order}`));
    this.#act.setAttribute('aria-disabled', String(step.busy !== undefined));
    this.#act.setAttribute('aria-label', `${step.busy ?? say.say(`order.${step.order}`)} · ${this.#matter.textContent} · ${this.#place.textContent}`);
  }

  #count(urgency: string, days: string, digits: string, owed: string): void {
    setData(this.#countdown, 'urgency', urgency);
    setText(this.#days, days);
    setText(this.#digits, digits);
    setText(this.#owed, owed);
  }
}

/** Rows by whistle: made once, moved only where their order changed. */
export class DutyRows {
  readonly #list: HTMLElement;
  readonly #context: RowContext;
  readonly #rows = new Map<string, DutyRow>();

  constructor(list: HTMLElement, context: RowContext) {
    this.#list = list;
    this.#context = context;
  }

  draw(obligations: readonly Obligation[], now: number, chosen: string | undefined): void {
    const focused = document.activeElement;
    const shown = new Set(obligations.map(({ whistle }) => whistle.id));
    for (const [id, row] of this.#rows) {
      if (shown.has(id)) continue;
      row.root.remove();
      this.#rows.delete(id);
    }
    let before: Element | null = this.#list.firstElementChild;
    for (const obligation of obligations) {
      const { id } = obligation.whistle;
      let row = this.#rows.get(id);
      if (row === undefined) {
        row = new DutyRow(this.#context);
        this.#rows.set(id, row);
      }
      row.draw(obligation, now, id === chosen);
      if (row.root === before) before = before.nextElementSibling;
      else this.#list.insertBefore(row.root, before);
    }
    // A row that was moved has lost the focus that somebody had put there.
    if (focused instanceof HTMLElement && focused !== document.activeElement && this.#list.contains(focused)) focused.focus({ preventScroll: true });
  }

  tick(now: number): void {
    for (const row of this.#rows.values()) row.tick(now);
  }
}
