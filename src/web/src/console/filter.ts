import type { Translator } from '../i18n';
import { byId, element, setData, setText } from '../screen/dom';
import { clockStates, stateOf, type ClockState, type Obligation } from './obligations';

/** Open summonses by the state of their clocks: how many of each, and which to see. */
export class Filter {
  readonly #translator: Translator;
  readonly #buttons = new Map<ClockState | 'all', HTMLButtonElement>();
  #chosen: ClockState | 'all' = 'all';

  constructor(translator: Translator, changed: () => void) {
    this.#translator = translator;
    const root = byId('filter');
    root.setAttribute('aria-label', translator.say('filter'));
    for (const state of ['all', ...clockStates] as const) {
      const button = element('button', 'chip');
      button.type = 'button';
      button.dataset['clock'] = state;
      button.addEventListener('click', () => {
        this.#chosen = this.#chosen === state ? 'all' : state;
        changed();
      });
      this.#buttons.set(state, button);
      root.append(button);
    }
  }

  fits(state: ClockState): boolean {
    return this.#chosen === 'all' || this.#chosen === state;
  }

  show(obligations: readonly Obligation[], now: number): void {
    const counts = new Map<ClockState, number>();
    for (const obligation of obligations) {
      const state = stateOf(obligation, now);
      counts.set(state, (counts.get(state) ?? 0) + 1);
    }
    for (const [state, button] of this.#buttons) {
      const n = state === 'all' ? obligations.length : (counts.get(state) ?? 0);
      setText(button, `${this.#translator.say(`clocks.${state}`)} ${this.#translator.number(n)}`);
      setData(button, 'count', String(n));
      button.setAttribute('aria-pressed', String(this.#chosen === state));
    }
  }
}
