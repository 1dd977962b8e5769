import type { Load, LoadForecast } from '@whistle-actors/live';
import type { Department } from '../api/contract';
import type { Translator } from '../i18n';
import { byId, setData } from '../screen/dom';
import { LoadBar } from '../screen/loadBar';
import { isExercise } from '../screen/standing';
import { Tile } from '../screen/tile';
import { Trend } from '../screen/trend';
import { stateOf, type Obligation } from './obligations';

/** The department's load in five numbers. */
export class LoadTiles {
  readonly #department: Department;
  readonly #translator: Translator;
  readonly #bar = new LoadBar();
  readonly #trend: Trend;
  readonly #open: Tile;
  readonly #unsigned: Tile;
  readonly #near: Tile;
  readonly #overdue: Tile;
  readonly #crews: Tile;

  constructor(department: Department, translator: Translator) {
    const tile = (name: 'open' | 'unsigned' | 'near' | 'overdue' | 'crews') => new Tile(name, translator.say(`loadTile.${name}`));
    this.#department = department;
    this.#translator = translator;
    [this.#unsigned, this.#overdue, this.#near, this.#open, this.#crews] = [tile('unsigned'), tile('overdue'), tile('near'), tile('open'), tile('crews')];
    this.#trend = new Trend(translator);
    this.#open.root.append(this.#bar.root, this.#trend.root);
    byId('load').setAttribute('aria-label', translator.say('load'));
    byId('load').replaceChildren(...[this.#unsigned, this.#overdue, this.#near, this.#open, this.#crews].map(({ root }) => root));
  }

  show(known: Load | undefined, forecast: LoadForecast | undefined, obligations: readonly Obligation[], now: number): void {
    const load = known ?? idle(this.#department);
    const say = this.#translator;
    const n = (value: number) => say.number(value);
    const real = obligations.filter(({ whistle }) => !isExercise(whistle));
    const unsigned = real.filter(({ call }) => call === 'unsigned').length;
    const near = real.filter(obligation => stateOf(obligation, now) === 'near').length;
    this.#unsigned.draw(n(unsigned));
    this.#near.draw(n(near));
    this.#overdue.draw(n(load.overdue));
    this.#open.draw(n(load.open), '', [say.say('loadTile.under-way', { signed: load.signed, departed: load.departed }), say.say('loadTile.spot', { n: load.checkedIn + load.reported })].join(' · '));
    const crews = forecast?.crewsAtWork ?? load.crews;
    this.#crews.draw(n(Math.max(0, crews - load.committed)), say.say('loadTile.ofCrews', { n: crews }), say.say('loadTile.out', { n: load.committed }));
    this.#trend.draw(load.open, forecast);
    this.#bar.draw(load, Math.max(1, load.open, load.crews));
    setData(this.#unsigned.root, 'alarm', unsigned > 0 ? 'yes' : 'no');
    setData(this.#near.root, 'alarm', near > 0 ? 'yes' : 'no');
    setData(this.#overdue.root, 'alarm', load.overdue > 0 ? 'yes' : 'no');
    setData(this.#crews.root, 'alarm', load.committed >= crews && load.open > load.committed ? 'yes' : 'no');
  }
}

/** A department that was never summoned is on no board. */
function idle({ code, crews }: Department): Load {
  return { department: code, version: 0, open: 0, summoned: 0, signed: 0, departed: 0, checkedIn: 0, reported: 0, overdue: 0, crews: crews.length, committed: 0 };
}
