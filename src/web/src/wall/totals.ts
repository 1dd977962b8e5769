import type { MessageKey, Translator } from '../i18n';
import type { CityTotals } from '@whistle-actors/live';
import { byId, element, setData, setText } from '../screen/dom';
import type { CityNow } from '../screen/standing';

const tiles = ['open', 'spot', 'overdue', 'blown', 'closed', 'onTime'] as const;
type Tile = (typeof tiles)[number];

const labels: Record<Tile, MessageKey> = {
  open: 'openWhistles',
  spot: 'onSpot',
  overdue: 'overdueNow',
  blown: 'blownToday',
  closed: 'closedToday',
  onTime: 'onTimeToday',
};

interface TileView {
  root: HTMLElement;
  value: HTMLElement;
  of: HTMLElement;
  note: HTMLElement;
}

/** The city in six numbers. */
export class Totals {
  readonly #translator: Translator;
  readonly #views: Record<Tile, TileView>;

  constructor(translator: Translator) {
    this.#translator = translator;
    const made = tiles.map(tile => {
      const value = element('span', 'tile-value');
      const of = element('span', 'tile-of');
      const note = element('p', 'tile-note');
      const root = element('div', 'tile', element('h2', 'tile-label', translator.say(labels[tile])), element('p', 'tile-number', value, of), note);
      root.dataset['tile'] = tile;
      return [tile, { root, value, of, note }] as const;
    });
    this.#views = Object.fromEntries(made) as unknown as Record<Tile, TileView>;
    byId('totals').replaceChildren(...made.map(([, view]) => view.root));
  }

  show(now: CityNow, today: CityTotals | undefined): void {
    const say = this.#translator;
    const n = (value: number) => say.number(value);
    this.#draw('open', n(now.open), '', now.emergencies > 0 ? say.say('emergencies', { n: now.emergencies }) : '');
    this.#draw('spot', n(now.arrived), `/ ${n(now.summoned)}`, say.say('onSpotHint'));
    this.#draw('overdue', n(now.overdue), '', today === undefined ? '' : say.say('overdueToday', { n: today.overdue }));
    this.#draw('blown', today === undefined ? '–' : n(today.blown), '', '');
    this.#draw('closed', today === undefined ? '–' : n(today.closed), '', today !== undefined && today.withdrawn > 0 ? say.say('withdrawnToday', { n: today.withdrawn }) : '');
    const arrivals = today === undefined ? 0 : today.checkInsOnTime + today.checkInsLate;
    const rate = arrivals === 0 ? undefined : (100 * today!.checkInsOnTime) / arrivals;
    this.#draw('onTime', rate === undefined ? '–' : rateText(rate), rate === undefined ? '' : '%', arrivals === 0 ? '' : say.say('lateToday', { n: today!.checkInsLate }));
    setData(this.#views.overdue.root, 'alarm', now.overdue > 0 ? 'yes' : 'no');
    setData(this.#views.open.root, 'alarm', now.emergencies > 0 ? 'yes' : 'no');
  }

  #draw(tile: Tile, value: string, of: string, note: string): void {
    const view = this.#views[tile];
    setText(view.value, value);
    setText(view.of, of);
    setText(view.note, note);
  }
}

/** 99.96 must not read as 100: whole numbers only when they are. */
export function rateText(rate: number): string {
  if (rate === 100 || rate === 0) return String(rate);
  return Math.min(99.9, Math.max(0.1, rate)).toFixed(1);
}
