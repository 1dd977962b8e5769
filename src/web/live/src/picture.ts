import { hasEnded, type BoardFrame, type BoardPosition, type CityTotals, type DistrictLoad, type Load, type LoadForecast, type Whistle } from './wire.js';

/** What a frame did to the picture. */
export type Merge =
  /** Merged; the picture that is shown changed, or at least is known to be up to date. */
  | 'shown'
  /** Merged, but there is more to come before anything may be shown. */
  | 'gathering'
  /** Held already. */
  | 'old'
  /** Something between the position held and this frame is missing: follow again from `position`. */
  | 'gap';

/** Which entities differ from the last time that changes were taken. */
export interface Changes {
  /** Everything may have changed, entities may have gone. */
  all: boolean;
  whistles: ReadonlySet<string>;
  departments: ReadonlySet<string>;
  districts: ReadonlySet<string>;
  /** Of departments and districts whose load tends elsewhere now. */
  forecasts: ReadonlySet<string>;
  city: boolean;
}

/**
 * How many whistles are remembered after they left the picture, so that a late older state cannot bring them back.
 * Far more than can end while a frame is under way.
 */
const graveyard = 4096;

class Holding {
  readonly whistles = new Map<string, Whistle>();
  readonly departments = new Map<string, Load>();
  readonly districts = new Map<string, DistrictLoad>();
  readonly forecasts = new Map<string, LoadForecast>();
  /** The version up to which a whistle that left the picture may not come back. */
  readonly ended = new Map<string, number>();
  city: CityTotals | undefined;
  position: BoardPosition;

  constructor(position: BoardPosition) {
    this.position = position;
  }

  merge(frame: BoardFrame, changes: MutableChanges): void {
    for (const whistle of frame.whistles) this.learn(whistle, changes);
    for (const load of frame.departments) if (take(this.departments, load.department, load)) changes.departments.add(load.department);
    for (const load of frame.districts ?? []) if (take(this.districts, load.district, load)) changes.districts.add(load.district);
    for (const forecast of frame.forecasts ?? []) if (take(this.forecasts, forecast.organisation, forecast)) changes.forecasts.add(forecast.organisation);
    if (frame.city !== undefined && (this.city === undefined || frame.city.version > this.city.version)) {
      this.city = frame.city;
      changes.city = true;
    }
    if (frame.to > this.position.sequence) this.position = { epoch: frame.epoch, sequence: frame.to };
  }

  learn(whistle: Whistle, changes: MutableChanges): void {
    const held = this.whistles.get(whistle.id)?.version ?? this.ended.get(whistle.id);
    if (held !== undefined && whistle.version <= held) return;
    this.whistles.set(whistle.id, whistle);
    changes.whistles.add(whistle.id);
  }

  bury(id: string, version: number): void {
    this.whistles.delete(id);
    this.ended.delete(id);
    this.ended.set(id, version);
    if (this.ended.size > graveyard) this.ended.delete(this.ended.keys().next().value!);
  }

  /**
   * A whole snapshot takes the place of what was shown before. What it does not mention is gone; but where it is behind, as the board of
   * another node may be, the newer state that was shown already stays.
   */
  replace(before: Holding): void {
    for (const [id, version] of before.ended) {
      const again = this.whistles.get(id);
      if (again === undefined || again.version <= version) this.bury(id, version);
    }
    for (const [id, shown] of before.whistles) {
      const now = this.whistles.get(id);
      if (now === undefined) {
        // An open one may be missing only because the other board does not have it yet: then the same version may come back.
        this.bury(id, hasEnded(shown) ? shown.version : shown.version - 1);
      } else if (now.version < shown.version) {
        this.whistles.set(id, shown);
      }
    }
    for (const [department, shown] of before.departments) if (this.departments.has(department)) take(this.departments, department, shown);
    for (const [district, shown] of before.districts) if (this.districts.has(district)) take(this.districts, district, shown);
    for (const [organisation, shown] of before.forecasts) if (this.forecasts.has(organisation)) take(this.forecasts, organisation, shown);
    if (before.city !== undefined && (this.city === undefined || this.city.version < before.city.version)) this.city = before.city;
  }
}

/** Takes an entity in unless one as new is held. */
function take<T extends { version: number }>(held: Map<string, T>, key: string, entity: T): boolean {
  if ((held.get(key)?.version ?? -Infinity) >= entity.version) return false;
  held.set(key, entity);
  return true;
}

class MutableChanges implements Changes {
  all = false;
  city = false;
  readonly whistles = new Set<string>();
  readonly departments = new Set<string>();
  readonly districts = new Set<string>();
  readonly forecasts = new Set<string>();
}

/**
 * A board as one client holds it. Frames may be lost, doubled, late or out of order: the picture that is shown is never a part
 * of a snapshot and never goes back to an older state of an entity, whichever node it came from.
 */
export class BoardPicture {
  #shown: Holding | undefined;
  #gathering: Holding | undefined;
  #changes = new MutableChanges();
  #saturated: readonly string[] = [];

  /** Open whistles, and ended ones until they are taken down. */
  get whistles(): ReadonlyMap<string, Whistle> {
    return this.#shown?.whistles ?? new Map();
  }

  get departments(): ReadonlyMap<string, Load> {
    return this.#shown?.departments ?? new Map();
  }

  get districts(): ReadonlyMap<string, DistrictLoad> {
    return this.#shown?.districts ?? new Map();
  }

  /** Where the loads tend to, by department and district. */
  get forecasts(): ReadonlyMap<string, LoadForecast> {
    return this.#shown?.forecasts ?? new Map();
  }

  get city(): CityTotals | undefined {
    return this.#shown?.city;
  }

  /** At which gates the node turned somebody away when it made the newest frame; mostly none. */
  get saturated(): readonly string[] {
    return this.#saturated;
  }

  /** Where to resume. Half a snapshot is nowhere: then it is where the shown picture stands. */
  get position(): BoardPosition | undefined {
    return this.#shown?.position;
  }

  /** True once there is something to show. */
  get ready(): boolean {
    return this.#shown !== undefined;
  }

  merge(frame: BoardFrame): Merge {
    this.#saturated = frame.saturated ?? [];
    if (frame.reset) {
      this.#gathering = new Holding({ epoch: frame.epoch, sequence: frame.to });
      this.#gathering.merge(frame, new MutableChanges());
      return this.#showWhenComplete(frame);
    }
    if (this.#gathering !== undefined) {
      const merge = follows(this.#gathering.position, frame);
      if (merge !== 'shown') return merge;
      this.#gathering.merge(frame, new MutableChanges());
      return this.#showWhenComplete(frame);
    }
    if (this.#shown === undefined) return 'gap';
    const merge = follows(this.#shown.position, frame);
    if (merge !== 'shown') return merge;
    this.#shown.merge(frame, this.#changes);
    return frame.complete ? 'shown' : 'gathering';
  }

  /** Learns of a whistle by another way, such as the answer to a command: newer than what is shown, it takes its place. */
  learn(whistle: Whistle): void {
    this.#shown?.learn(whistle, this.#changes);
  }

  /** A new stream begins: half a snapshot of the last one is worth nothing. */
  abandonSnapshot(): void {
    this.#gathering = undefined;
  }

  /** Takes an ended whistle out of the picture for good. */
  takeDown(id: string): void {
    const whistle = this.#shown?.whistles.get(id);
    if (whistle === undefined || !hasEnded(whistle)) return;
    this.#shown!.bury(id, whistle.version);
    this.#changes.whistles.add(id);
  }

  /** What changed since the last call. */
  takeChanges(): Changes {
    const changes = this.#changes;
    this.#changes = new MutableChanges();
    return changes;
  }

  #showWhenComplete(frame: BoardFrame): Merge {
    if (!frame.complete) return 'gathering';
    if (this.#shown !== undefined) this.#gathering?.replace(this.#shown);
    this.#shown = this.#gathering;
    this.#gathering = undefined;
    this.#changes.all = true;
    this.#changes.city = true;
    return 'shown';
  }
}

/** A frame may overlap what is held (it then repeats newer states), but must not leave a hole. */
function follows(position: BoardPosition, frame: BoardFrame): 'shown' | 'old' | 'gap' {
  if (frame.epoch !== position.epoch || frame.from > position.sequence) return 'gap';
  return frame.to < position.sequence ? 'old' : 'shown';
}
