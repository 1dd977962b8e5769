import type { Translator } from '../i18n';
import { byId, element, setData, setHidden, setText } from '../screen/dom';
import type { Outbox, Sent } from './outbox';
import { progressText } from './wording';

interface SentRow {
  root: HTMLElement;
  title: HTMLElement;
  text: HTMLElement;
  now: HTMLButtonElement;
  dismiss: HTMLButtonElement;
}

/** What was sent from here and what became of it: nothing disappears before it is stored or somebody has read why not. */
export class OutboxList {
  readonly #root = byId('outbox');
  readonly #outbox: Outbox;
  readonly #titleOf: (sent: Sent) => string;
  readonly #time: Intl.DateTimeFormat;
  readonly #translator: Translator;
  readonly #rows = new Map<string, SentRow>();

  constructor(outbox: Outbox, titleOf: (sent: Sent) => string, time: Intl.DateTimeFormat, translator: Translator) {
    this.#outbox = outbox;
    this.#titleOf = titleOf;
    this.#time = time;
    this.#translator = translator;
    this.#root.setAttribute('aria-label', translator.say('outbox.title'));
  }

  draw(): void {
    const all = this.#outbox.all;
    setHidden(this.#root, all.length === 0);
    const held = new Set(all.map(({ order }) => order.key));
    for (const [key, row] of this.#rows) {
      if (held.has(key)) continue;
      row.root.remove();
      this.#rows.delete(key);
    }
    for (const sent of all) {
      const { key } = sent.order;
      let row = this.#rows.get(key);
      if (row === undefined) {
        row = this.#make(key);
        this.#rows.set(key, row);
        this.#root.append(row.root);
      }
      const { state } = sent.progress;
      setData(row.root, 'state', state);
      setText(row.title, this.#titleOf(sent));
      setText(row.text, progressText(sent, this.#time, this.#translator));
      setHidden(row.now, state !== 'waiting');
      setHidden(row.dismiss, state !== 'refused' && state !== 'expired');
    }
  }

  #make(key: string): SentRow {
    const title = element('strong', 'sent-title');
    const text = element('span', 'sent-text');
    const now = element('button', 'act', this.#translator.say('outbox.now'));
    const dismiss = element('button', 'act', this.#translator.say('outbox.dismiss'));
    now.type = dismiss.type = 'button';
    now.addEventListener('click', () => this.#outbox.hurry());
    dismiss.addEventListener('click', () => this.#outbox.dismiss(key));
    const root = element('div', 'sent', element('p', '', title, text), now, dismiss);
    root.dataset['key'] = key;
    return { root, title, text, now, dismiss };
  }
}
