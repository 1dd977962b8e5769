import type { MessageKey, Translator } from '../i18n';
import type { CityTotals } from '@whistle-actors/live';
import { byId, setData } from '../screen/dom';
import { Tile } from '../screen/tile';
import type { CityNow } from '../screen/standing';

const tiles = ['open', 'spot', 'overdue', 'blown', 'closed', 'onTime'] as const;
type Name = (typeof tiles)[number];

const labels: Record<Name, MessageKey> = {
  open: 'openWhistles',
  spot: 'onSpot',
  overdue: 'overdueNow',
  blown: 'blownToday',
  closed: 'closedToday',
  onTime: 'onTimeToday',
};

/** The city in six numbers. */
export class Totals {
  readonly #translator: Translator;
  readonly #views: Record<Name, Tile>;

  constructor(translator: Translator) {
    this.#translator = translator;
    const made = tiles.map(name => [name, new Tile(name, translator.say(labels[name]))] as const);
    this.#views = Object.fromEntries(made) as unknown as Record<Name, Tile>;
    byId('totals').replaceChildren(...made.map(([, view]) => view.root));
  }

  show(now: CityNow, today: CityTotals | undefined): void {
    const say = this.#translator;
    const n = (value: number) => say.number(value);
    this.#views.open.draw(n(now.open), '', now.emergencies > 0 ? say.say('emergencies', { n: now.emergencies }) : '');
    this.#views.spot.draw(n(now.arrived), `/ ${n(now.summoned)}`, say.say('onSpotHint'));
    this.#views.overdue.draw(n(now.overdue), '', today === undefined ? '' : say.say('overdueToday', { n: today.overdue }));
    this.#views.blown.draw(today === undefined ? '–' : n(today.blown), '', '');
    this.#views.closed.draw(today === undefined ? '–' : n(today.closed), '', today !== undefined && today.withdrawn > 0 ? say.say('withdrawnToday', { n: today.withdrawn }) : '');
    const arrivals = today === undefined ? 0 : today.checkInsOnTime + today.checkInsLate;
    const rate = arrivals === 0 ? undefined : (100 * today!.checkInsOnTime) / arrivals;
    this.#views.onTime.draw(rate === undefined ? '–' : rateText(rate), rate === undefined ? '' : '%', arrivals === 0 ? '' : say.say('lateToday', { n: today!.checkInsLate }));
    setData(this.#views.overdue.root, 'alarm', now.overdue > 0 ? 'yes' : 'no');
    setData(this.#views.open.root, 'alarm', now.emergencies > 0 ? 'yes' : 'no');
  }
}

/** 99.96 must not read as 100: whole numbers only when they are. */
export function rateText(rate: number): string {
  if (rate === 100 || rate === 0) return String(rate);
  return Math.min(99.9, Math.max(0.1, rate)).toFixed(1);
}
