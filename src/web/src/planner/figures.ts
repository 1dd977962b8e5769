import type { Translator } from '../i18n';
import type { Interval } from './contract';

/** How numbers are written. */
export class Figures {
  readonly #translator: Translator;
  readonly #one: Intl.NumberFormat;
  readonly #two: Intl.NumberFormat;

  constructor(translator: Translator) {
    this.#translator = translator;
    this.#one = new Intl.NumberFormat(translator.tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    this.#two = new Intl.NumberFormat(translator.tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  }

  share(share: number | undefined): string {
    return share === undefined ? '–' : `${this.#one.format(100 * share)} %`;
  }

  /** Half the width of an interval of shares, in points. */
  half({ low, high }: Interval): string {
    return `± ${this.#one.format(50 * (high - low))}`;
  }

  /** A change in points with half of its interval; small ones more finely, so that a real one is never shown as 0. */
  change({ mean, low, high }: Interval): string {
    const write = Math.abs(mean) < 0.01 && (mean !== 0 || high > low) ? this.#two : this.#one;
    return `${mean > 0 ? '+' : mean < 0 ? '−' : '±'}${write.format(Math.abs(100 * mean))} ± ${write.format(50 * (high - low))}`;
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
