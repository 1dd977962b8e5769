import type { Translator } from '../i18n';
import { element } from '../screen/dom';

/** The server takes at most this many. */
const most = 20;

/** The dated steps of a ledger entry: a row each, as many as are wanted. */
export class MilestoneRows {
  readonly root = element('fieldset', 'milestones');
  readonly #rows = element('div', 'milestone-rows');
  readonly #translator: Translator;

  constructor(translator: Translator) {
    this.#translator = translator;
    const more = element('button', 'act', translator.say('field.oneMoreMilestone'));
    more.type = 'button';
    more.addEventListener('click', () => {
      if (this.#rows.children.length < most) this.#add().focus();
    });
    this.root.append(this.#rows, more);
  }

  /** As JSON; nothing when there is none. Rows that are half empty are not meant. */
  get value(): string {
    const milestones = [...this.#rows.children]
      .map(row => [...row.querySelectorAll('input')].map(({ value }) => value.trim()))
      .filter(([on, text]) => on !== '' && text !== '')
      .map(([on, text]) => ({ on, text }));
    return milestones.length === 0 ? '' : JSON.stringify(milestones);
  }

  #add(): HTMLInputElement {
    const on = Object.assign(element('input'), { type: 'date', name: 'milestone-on' });
    const text = Object.assign(element('input'), { type: 'text', name: 'milestone-text', maxLength: 200 });
    on.setAttribute('aria-label', this.#translator.say('field.dueOn'));
    text.setAttribute('aria-label', this.#translator.say('field.milestone'));
    this.#rows.append(element('div', 'milestone-row', on, text));
    return on;
  }
}
