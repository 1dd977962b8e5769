import type { Summons, Whistle } from '@whistle-actors/live';
import type { Department } from '../api/contract';
import type { Translator } from '../i18n';
import { element, setHidden, setText } from '../screen/dom';
import type { Places } from '../screen/places';
import { MilestoneRows } from './milestoneRows';
import { bodyOf, openMilestones, presentCrews, type Field, type OrderKind } from './orderKinds';
import { measurePosition } from './position';
import { labelled } from './signIn';

export interface FormContext {
  places: Places;
  translator: Translator;
  department: Department;
  /** Who else could have been summoned. */
  others: readonly Department[];
  /** Crews that are out, by code. */
  committed: () => ReadonlySet<string>;
  serverNow: () => number;
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | MilestoneRows;

/** Asks for what an order needs. It stays as it is while the picture around it changes. */
export class OrderForm {
  readonly root = element('form', 'order-form');
  readonly kind: OrderKind;
  readonly #context: FormContext;
  readonly #summons: Summons;
  readonly #controls = new Map<string, { field: Field; control: Control; label: HTMLElement }>();
  readonly #way = element('select');
  readonly #witness = element('input');
  readonly #witnessOf = element('select');
  readonly #trouble = element('p', 'order-trouble');
  readonly #send: HTMLButtonElement;

  constructor(kind: OrderKind, whistle: Whistle, summons: Summons, context: FormContext, give: (body: object) => void, close: () => void) {
    this.kind = kind;
    this.#context = context;
    this.#summons = summons;
    const say = context.translator;
    this.root.setAttribute('aria-label', say.say(kind.label));
    this.root.append(element('h3', 'order-title', say.say(kind.label)));
    if (kind.name === 'leave') this.root.append(element('p', 'order-hint', say.say('order.leaveHint')));
    if (kind.name === 'dispute') this.root.append(element('p', 'order-hint', say.say('order.disputeHint')));
    if (kind.name === 'check-in') this.#askPlace(whistle, summons);
    for (const field of kind.fields) this.#ask(field);
    this.#send = element('button', 'act is-main', say.say(kind.name === 'check-in' || kind.name === 'depart' ? kind.label : 'order.send'));
    const cancel = element('button', 'act', say.say('order.cancel'));
    cancel.type = 'button';
    cancel.addEventListener('click', close);
    this.#trouble.setAttribute('role', 'alert');
    this.root.append(this.#trouble, element('div', 'order-buttons', this.#send, cancel));
    this.root.addEventListener('change', () => this.#fit());
    this.root.addEventListener('keydown', event => event.key === 'Escape' && close());
    this.root.addEventListener('submit', event => {
      event.preventDefault();
      void this.#submit(give);
    });
    this.#fit();
  }

  focus(): void {
    (this.root.querySelector<HTMLElement>('textarea, input, select') ?? this.#send).focus();
  }

  async #submit(give: (body: object) => void): Promise<void> {
    if (this.#send.disabled) return;
    const say = this.#context.translator;
    const values = new Map([...this.#controls].map(([name, { control }]) => [name, control.value]));
    const body = bodyOf(this.kind, values, this.#context.serverNow(), this.#summons);
    if (this.kind.name !== 'check-in') {
      give(body);
      return;
    }
    if (this.#way.value === 'witness') {
      give({ ...body, witness: { name: this.#witness.value.trim(), organisation: this.#witnessOf.value } });
      return;
    }
    this.#send.disabled = true;
    setText(this.#trouble, say.say('position.measuring'));
    const fix = await measurePosition(this.#context.serverNow, navigator.geolocation);
    this.#send.disabled = false;
    if (typeof fix === 'string') {
      setText(this.#trouble, say.say(`position.${fix}`));
      return;
    }
    setText(this.#trouble, '');
    give({ ...body, position: fix });
  }

  #ask(field: Field): void {
    const say = this.#context.translator;
    const control = this.#control(field);
    const text = say.say(field.label) + (field.required === true ? ` (${say.say('field.required')})` : '');
    if (control instanceof MilestoneRows) {
      this.#controls.set(field.name, { field, control, label: control.root });
      control.root.prepend(element('legend', 'field-label', text));
      this.root.append(control.root);
      return;
    }
    control.name = field.name;
    control.required = field.required === true;
    const label = labelled(text, control);
    this.#controls.set(field.name, { field, control, label });
    this.root.append(label);
  }

  #control(field: Field): Control {
    const { translator: say, department, others, places } = this.#context;
    switch (field.kind) {
      case 'text':
        return Object.assign(element('textarea'), { rows: 3, maxLength: field.most ?? 500 });
      case 'line':
        return Object.assign(element('input'), { type: 'text', maxLength: field.most ?? 100 });
      case 'number':
      case 'hours':
      case 'minutes':
        return Object.assign(element('input'), { type: 'number', inputMode: 'numeric', min: '1', max: String(field.most ?? 1000), step: '1' });
      case 'day':
        return Object.assign(element('input'), { type: 'date' });
      case 'clock':
        return element('select', '', ...(this.#summons.clocks?.running ?? []).map(({ clock }) => new Option(say.say(`clock.${clock}`), clock)));
      case 'present': {
        const name = (code: string | undefined, number: number) => department.crews.find(crew => crew.code === code)?.name ?? { zh: `第 ${number} 次报到`, en: `Check-in ${number}` };
        return element('select', '', ...presentCrews(this.#summons).map(({ number, crew }) => new Option(say.text(name(crew, number)), String(number))));
      }
      case 'milestone':
        return element('select', '', ...openMilestones(this.#summons).map(({ number, on, text }) => new Option(`${on} ${text}`, String(number))));
      case 'milestones':
        return new MilestoneRows(say);
      case 'outcome':
        return element('select', '', new Option(say.say('field.resolved'), 'resolved'), new Option(say.say('field.ledgered'), 'ledgered'));
      case 'crew': {
        const out = this.#context.committed();
        const crews = [...department.crews].sort((a, b) => Number(out.has(a.code)) - Number(out.has(b.code)));
        return element('select', '', new Option(say.say('field.noCrew'), ''), ...crews.map(({ code, name }) => new Option(say.text(name) + (out.has(code) ? ` · ${say.say('field.committed')}` : ''), code)));
      }
      case 'department':
        return element('select', '', new Option(say.say('field.nobody'), ''), ...others.map(({ code }) => new Option(places.departmentName(code), code)));
    }
  }

  #askPlace(whistle: Whistle, summons: Summons): void {
    const { translator: say, places } = this.#context;
    this.#way.append(new Option(say.say('position.use'), 'position'), new Option(say.say('position.witness'), 'witness'));
    const organisations = [whistle.initiator ?? whistle.blownBy.organisation, ...whistle.summonses.map(({ department }) => department).filter(code => code !== summons.department)];
    this.#witness.maxLength = 50;
    this.#witnessOf.append(...[...new Set(organisations)].map(code => new Option(places.organisation(code), code)));
    this.root.append(
      labelled(say.say('field.way'), this.#way),
      element('p', 'order-hint', say.say('position.hint')),
      labelled(say.say('field.witnessName'), this.#witness),
      labelled(say.say('field.witnessOrganisation'), this.#witnessOf),
    );
  }

  /** Only what has to be filled in is asked. */
  #fit(): void {
    for (const { field, control, label } of this.#controls.values()) {
      const asked = field.when === undefined || this.#controls.get(field.when[0])?.control.value === field.when[1];
      setHidden(label, !asked);
      if (!(control instanceof MilestoneRows)) control.required = asked && field.required === true;
    }
    if (this.kind.name !== 'check-in') return;
    const witnessed = this.#way.value === 'witness';
    this.#witness.required = witnessed;
    for (const control of [this.#witness, this.#witnessOf]) setHidden(control.parentElement!, !witnessed);
  }
}
