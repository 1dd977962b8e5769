import type { LoadForecast } from '@whistle-actors/live';
import type { Translator } from '../i18n';
import { element, setData, setText } from './dom';

/** Where a load tends to in half an hour: an arrow, and how many will be open. Nothing where it stays as it is. */
export class Trend {
  readonly root = element('span', 'trend');
  readonly #translator: Translator;

  constructor(translator: Translator) {
    this.#translator = translator;
  }

  draw(open: number, forecast: LoadForecast | undefined): void {
    const way = wayOf(open, forecast);
    setData(this.root, 'way', way);
    setText(this.root, way === 'same' ? '' : `${way === 'up' ? '↗' : '↘'} ${this.#translator.number(forecast!.openIn30Minutes)}`);
    this.root.title = way === 'same' ? '' : this.#translator.say('trend', { half: forecast!.openIn30Minutes, hour: forecast!.openIn60Minutes });
  }
}

export function wayOf(open: number, forecast: LoadForecast | undefined): 'up' | 'down' | 'same' {
  if (forecast === undefined || forecast.openIn30Minutes === open) return 'same';
  return forecast.openIn30Minutes > open ? 'up' : 'down';
}
