import type { Translator } from '../i18n';
import { byId, element, setData, setHidden, setText } from '../screen/dom';
import { Tile } from '../screen/tile';
import { Chart, upTo, type Axis } from './chart';
import type { CrewNeed, DepartmentResult, PlanResult, Report } from './contract';
import { DepartmentTable } from './departmentTable';
import { Figures } from './figures';
import type { Names } from './names';
import { binned, sharedBins } from './spread';

type Side = 'before' | 'after';

/** What came of a plan: one sentence, the numbers, before and after side by side, and every department. */
export class Results {
  readonly #translator: Translator;
  readonly #figures: Figures;
  readonly #names: Names;
  readonly #tiles: Record<'onTime' | 'all' | 'p95' | 'wait' | 'used' | 'bottleneck', Tile>;
  readonly #table: DepartmentTable;
  #report: Report | undefined;

  constructor(names: Names, translator: Translator) {
    [this.#translator, this.#figures, this.#names] = [translator, new Figures(translator), names];
    const tile = (name: string, label: Parameters<Translator['say']>[0]) => new Tile(name, translator.say(label));
    this.#tiles = {
      onTime: tile('on-time', 'planner.onTime'),
      all: tile('all', 'planner.allOnTime'),
      p95: tile('p95', 'planner.p95'),
      wait: tile('wait', 'planner.mean'),
      used: tile('used', 'planner.used'),
      bottleneck: tile('bottleneck', 'planner.bottleneckTile'),
    };
    byId('tiles').replaceChildren(...Object.values(this.#tiles).map(({ root }) => root));
    this.#table = new DepartmentTable(names, translator, this.#figures, code => this.#drawTimes(code));
  }

  show(report: Report): void {
    this.#report = report;
    setHidden(byId('nothing'), true);
    setHidden(byId('shown'), false);
    this.stale(false);
    this.#drawVerdict(report);
    this.#drawTiles(report);
    this.#table.show(report);
    this.#drawTimes('*');
    this.#drawQueue(report);
  }

  /** Crews needed come later than the rest. */
  needs(needs: readonly CrewNeed[], searching: boolean): void {
    this.#table.needs(needs, searching);
  }

  /** The plan on the left is not any more the one that was run. */
  stale(stale: boolean): void {
    setData(byId('results'), 'stale', stale ? 'yes' : 'no');
  }

  clear(): void {
    this.#report = undefined;
    setHidden(byId('nothing'), false);
    setHidden(byId('shown'), true);
  }

  #drawVerdict({ plan, against, differences, partial }: Report): void {
    const [say, figures] = [this.#translator, this.#figures];
    const change = differences?.find(({ code }) => code === '*')?.onTime;
    const verdict =
      change === undefined
        ? say.say('planner.verdictSame', { before: figures.share(plan.city.onTime?.mean) })
        : say.say(change.real ? 'planner.verdictReal' : 'planner.verdictNone', {
            before: figures.share(change.before),
            after: figures.share(change.after),
            change: figures.change(change.change),
          });
    setText(byId('verdict'), verdict);
    setData(byId('verdict'), 'change', change === undefined || !change.real ? 'none' : change.change.mean > 0 ? 'better' : 'worse');
    const broken = [...plan.broken, ...(against?.broken ?? [])];
    const done = Math.min(plan.replications, against?.replications ?? plan.replications);
    setHidden(byId('partial'), !partial && broken.length === 0);
    setText(byId('partial'), broken.length > 0 ? say.say('planner.broken.accounts', { fault: broken[0]! }) : say.say('planner.partial', { done, asked: plan.asked }));
  }

  #drawTiles({ plan, against }: Report): void {
    const [say, figures] = [this.#translator, this.#figures];
    const now = against ?? plan;
    const earlier = (text: string) => (against === undefined ? '' : `${say.say('planner.before')} ${text}`);
    const interval = (result: PlanResult, of: (result: PlanResult) => { mean: number; low: number; high: number } | undefined) => {
      const held = of(result);
      return held === undefined ? '–' : `${figures.share(held.mean)} ${figures.half(held)}`;
    };
    const rate = (tile: Tile, of: (result: PlanResult) => { mean: number; low: number; high: number } | undefined) => {
      const held = of(now);
      tile.draw(figures.share(held?.mean), held === undefined ? '' : figures.half(held), earlier(interval(plan, of)));
    };
    rate(this.#tiles.onTime, ({ city }) => city.onTime);
    rate(this.#tiles.all, ({ allOnTime }) => allOnTime);
    rate(this.#tiles.used, ({ city }) => city.utilisation);
    const p95 = (result: PlanResult) => figures.quantile(result.city.quantiles, 0.95);
    this.#tiles.p95.draw(p95(now), '', earlier(p95(plan)));
    const wait = (result: PlanResult) => figures.minutes(result.city.queueMinutes?.mean);
    this.#tiles.wait.draw(wait(now), '', earlier(wait(plan)));
    const bottleneck = (result: PlanResult) => {
      const found = result.departments.find(({ code }) => code === result.bottleneck);
      return found === undefined ? say.say('planner.noBottleneck') : this.#names.of(found);
    };
    this.#tiles.bottleneck.draw(bottleneck(now), '', earlier(bottleneck(plan)));
  }

  #sides(): [Side, PlanResult][] {
    const { plan, against } = this.#report!;
    return against === undefined ? [['before', plan]] : [['before', plan], ['after', against]];
  }

  #drawTimes(code: string): void {
    const say = this.#translator;
    const sides = this.#sides().map(([side, result]) => [side, code === '*' ? result.city : result.departments.find(department => department.code === code)] as const);
    const bins = sharedBins(sides.map(([, result]) => result?.spread ?? []));
    const cut = sides.map(([side, result]) => ({ side, result, ...binned(result?.spread ?? [], bins) }));
    const most = Math.max(...cut.flatMap(({ shares, later }) => [...shares, later]));
    const edge = bins.width * bins.count;
    // The last place on the axis is for those who come later or never.
    const every = Math.ceil(bins.count / 6);
    const x: Axis = {
      most: bins.width * (bins.count + 2),
      ticks: [
        ...Array.from({ length: Math.max(1, Math.ceil((bins.count - 1.5) / every)) }, (_, i) => ({ at: i * every * bins.width, text: this.#figures.number(i * every * bins.width) })),
        { at: bins.width * (bins.count + 1.25), text: say.say('planner.later', { n: edge }), last: true },
      ],
    };
    const y = upTo(100 * most, value => this.#figures.number(value));
    const name = sides.find(([, result]) => result !== undefined)?.[1]?.name;
    setText(byId('times-of'), say.say('planner.timesOf', { department: code === '*' || name === undefined ? say.say('planner.city') : this.#names.of({ code, name }) }));
    byId('times').replaceChildren(
      ...cut.map(({ side, result, shares, later }) => {
        const which = say.say(`planner.${side}`);
        const said = result === undefined ? say.say('planner.noTimes') : say.say('planner.distribution', { which, median: this.#figures.quantile(result.quantiles, 0.5), late: this.#figures.share(later), edge });
        return new Chart(this.#caption(side, result), said, x, y, pen => {
          shares.forEach((share, i) => pen.bar(i * bins.width, (i + 1) * bins.width, 100 * share, `chart-bar is-${side}`));
          pen.bar(bins.width * (bins.count + 0.75), bins.width * (bins.count + 1.75), 100 * later, 'chart-bar is-late');
          const median = result?.quantiles.find(({ share }) => share === 0.5)?.minutes;
          if (median !== undefined && median < edge) pen.upright(median, 'chart-median');
        }).root;
      }),
    );
  }

  #drawQueue({ plan }: Report): void {
    const say = this.#translator;
    const sides = this.#sides();
    const days = Math.max(1, Math.ceil((plan.hours.at(-1)?.hour ?? 0) / 24));
    const x: Axis = {
      most: 24 * days,
      ticks: Array.from({ length: days }, (_, day) => ({ at: 24 * day + 12, text: say.say('planner.axisDay', { n: day + 1 }) })),
    };
    const y = upTo(Math.max(...sides.flatMap(([, { hours }]) => hours.map(({ waiting }) => waiting))), value => this.#figures.number(value));
    byId('queue').replaceChildren(
      ...sides.map(([side, { hours }]) => {
        const peak = hours.reduce((worst, hour) => (hour.waiting > worst.waiting ? hour : worst), hours[0] ?? { hour: 0, waiting: 0 });
        const said = say.say('planner.queueSaid', { which: say.say(`planner.${side}`), most: this.#figures.small(peak.waiting), day: Math.floor(peak.hour / 24) + 1, hour: peak.hour % 24 });
        const caption = element('figcaption', `chart-caption is-${side}`, element('strong', '', say.say(`planner.${side}`)), element('span', '', say.say('planner.peak', { most: this.#figures.small(peak.waiting) })));
        return new Chart(caption, said, x, y, pen => {
          for (let day = 1; day < days; day++) pen.upright(24 * day, 'chart-day');
          pen.area(hours.filter(({ hour }) => hour <= 24 * days).map(({ hour, waiting }) => [hour, waiting] as const), `chart-queue is-${side}`);
        }).root;
      }),
    );
  }

  #caption(side: Side, result: DepartmentResult | undefined): HTMLElement {
    const caption = element('figcaption', `chart-caption is-${side}`, element('strong', '', this.#translator.say(`planner.${side}`)));
    if (result?.onTime !== undefined) caption.append(element('span', '', `${this.#translator.say('planner.onTime')} ${this.#figures.share(result.onTime.mean)} ${this.#figures.half(result.onTime)}`));
    return caption;
  }
}
