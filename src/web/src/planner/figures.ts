import type { Translator } from '../i18n';
import type { Interval } from './contract';

/** How numbers are written. */
export class Figures {
  readonly #translator: Translator;
  readonly #one: Intl.NumberFormat;

  constructor(translator: Translator) {
    this.#translator = translator;
    this.#one = new Intl.NumberFormat(translator.tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  }

  share(share: number | undefined): string {
    return share === undefined ? '–' : `${this.#one.format(100 * share)} %`;
  }

  /** Half the width of an interval of shares, in points. */
  half({ low, high }: Interval): string {
    return `± ${this.#one.format(50 * (high - low))}`;
  }

  points(change: number): string {
    return `${change > 0 ? '+' : change < 0 ? '−' : '±'}${this.#one.format(Math.abs(100 * change))}`;
  }

  minutes(minutes: number | undefined): string {
    return minutes === undefined ? '–' : this.#translator.say('planner.minutes', { n: minutes < 10 ? this.#one.format(minutes) : this.#translator.number(Math.round(minutes)) });
  }

  /** What so many came within; never, when so many did not. */
  quantile(quantiles: readonly { share: number; minutes?: number }[], share: number): string {
    const found = quantiles.find(quantile => quantile.share === share);
    return found === undefined ? '–' : found.minutes === undefined ? this.#translator.say('planner.never') : this.minutes(found.minutes);
  }

  number(value: number): string {
    return this.#translator.number(value);
  }

  small(value: number): string {
    return this.#one.format(value);
  }
}
