import { Refused } from '../api/session';
import type { Translator } from '../i18n';
import { byId, element, setText } from '../screen/dom';
import { refusalText } from '../screen/refusal';
import { fieldsOf, orderOf, type Act, type Field, type Order } from './acts';

export interface OrderContext {
  translator: Translator;
  /** What a value of a field is called. */
  nameOf: (field: Field['name'], value: string) => string;
  /** What an act is about: a department, a crew, a whistle. */
  aboutOf: (act: Act) => string;
  give: (act: Act, order: Order) => Promise<void>;
  serverNow: () => number;
}

/** Asks what an act needs, always with a reason, and stays open until the server took it. */
export class OrderDialog {
  readonly #context: OrderContext;
  readonly #dialog = byId<HTMLDialogElement>('order');

  constructor(context: OrderContext) {
    this.#context = context;
  }

  ask(act: Act): void {
    const { translator: say, nameOf, aboutOf, give, serverNow } = this.#context;
    const fields = fieldsOf(act).map(field => (field.kind === 'one' ? one(field, nameOf) : some(field, nameOf)));
    const reason = element('textarea');
    Object.assign(reason, { name: 'reason', rows: 3, maxLength: 500, required: true });
    const trouble = element('p', 'trouble');
    trouble.setAttribute('role', 'alert');
    const send = element('button', 'act is-main', say.say(`act.${act.kind}`));
    const cancel = element('button', 'act', say.say('order.cancel'));
    cancel.type = 'button';
    cancel.addEventListener('click', () => this.#dialog.close());
    const form = element(
      'form',
      'order-form',
      element('h2', 'order-title', say.say(`act.${act.kind}`)),
      element('p', 'order-about', aboutOf(act)),
      element('p', 'order-hint', say.say(`act.${act.kind}Hint`)),
      ...fields.map(({ field, control }) => labelled(say.say(field.label), control, field.kind)),
      labelled(`${say.say('field.reason')} (${say.say('field.required')})`, reason, 'one'),
      trouble,
      element('div', 'order-buttons', send, cancel),
    );
    form.addEventListener('submit', async event => {
      event.preventDefault();
      // What only looks filled in is not.
      if (reason.value.trim() === '') {
        reason.value = '';
        reason.reportValidity();
        return;
      }
      const filled = new Map(fields.map(({ field, value }) => [field.name, value()] as const));
      // To hold back nothing is another act.
      if ([...filled.values()].some(({ length }) => length === 0)) {
        setText(trouble, say.say('act.chooseOne'));
        return;
      }
      send.disabled = true;
      setText(trouble, '');
      try {
        await give(act, orderOf(act, filled, reason.value.trim(), serverNow()));
        this.#dialog.close();
      } catch (error) {
        setText(trouble, error instanceof Refused ? refusalText(error, say) : say.say('dispatch.noAnswer'));
      }
      send.disabled = false;
    });
    this.#dialog.setAttribute('aria-label', say.say(`act.${act.kind}`));
    this.#dialog.replaceChildren(form);
    this.#dialog.showModal();
    (form.querySelector<HTMLElement>('select, input, textarea') ?? send).focus();
  }
}

interface Asked {
  field: Field;
  control: HTMLElement;
  value: () => string | string[];
}

function one(field: Field, nameOf: OrderContext['nameOf']): Asked {
  const control = element('select', '', ...field.values.map(value => new Option(nameOf(field.name, value), value, value === field.chosen, value === field.chosen)));
  control.name = field.name;
  return { field, control, value: () => control.value };
}

function some(field: Field, nameOf: OrderContext['nameOf']): Asked {
  const boxes = field.values.map(value => Object.assign(element('input'), { type: 'checkbox', name: field.name, value, checked: value === field.chosen }));
  const control = element('span', 'choices', ...boxes.map(box => element('label', 'choice', box, nameOf(field.name, box.value))));
  return { field, control, value: () => boxes.filter(({ checked }) => checked).map(({ value }) => value) };
}

function labelled(text: string, control: HTMLElement, kind: Field['kind']): HTMLElement {
  return element(kind === 'one' ? 'label' : 'fieldset', 'field', element(kind === 'one' ? 'span' : 'legend', 'field-label', text), control);
}
