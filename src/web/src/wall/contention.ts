import type { Load } from '@whistle-actors/live';
import type { Department } from '../api/contract';

/** How short of crews the departments of one bureau are in one district. */
export interface Contention {
  bureau: string;
  /** Undefined for bureaus that serve the whole city. */
  district: string | undefined;
  /** Summonses without a crew. */
  queue: number;
  free: number;
  heat: Heat;
}

/** Calm: everybody who waits can have a crew. Short: some cannot. Starved: twice as many wait as there are crews at all. */
export type Heat = 'calm' | 'short' | 'starved';

export interface Heatmap {
  /** The bureaus, the worst first. */
  bureaus: string[];
  /** The districts, the worst first. */
  districts: (string | undefined)[];
  /** By bureau and district. */
  cells: Map<string, Contention>;
}

export const cellKey = (bureau: string, district: string | undefined) => `${bureau} ${district ?? ''}`;

/**
 * Where whistles want the same crews: bureau by district.
 *
 * @param most Rows and columns; what is left out is less hot than what is shown.
 * @returns Undefined where everybody who waits can have a crew.
 */
export function heatmapOf(loads: Iterable<Load>, departments: ReadonlyMap<string, Department>, most: { bureaus: number; districts: number }): Heatmap | undefined {
  const cells = new Map<string, Contention>();
  const bureaus = new Map<string, number>();
  const districts = new Map<string | undefined, number>();
  let hot = false;
  for (const load of loads) {
    const department = departments.get(load.department);
    // Of a department without crews in the city pack nobody can say.
    if (department === undefined || load.crews === 0) continue;
    const { bureau, district } = department;
    const key = cellKey(bureau, district);
    const cell = cells.get(key) ?? { bureau, district, queue: 0, free: 0, heat: 'calm' };
    const short = Math.max(0, (load.queue ?? 0) - Math.max(0, load.crews - load.committed));
    cell.queue += load.queue ?? 0;
    cell.free += Math.max(0, load.crews - load.committed);
    if (short > 0) cell.heat = cell.heat === 'starved' || short >= 2 * load.crews ? 'starved' : 'short';
    cells.set(key, cell);
    hot ||= short > 0;
    bureaus.set(bureau, (bureaus.get(bureau) ?? 0) + short);
    districts.set(district, (districts.get(district) ?? 0) + short);
  }
  if (!hot) return undefined;
  return { bureaus: worst(bureaus, most.bureaus), districts: worst(districts, most.districts), cells };
}

function worst<K extends string | undefined>(shortages: Map<K, number>, count: number): K[] {
  return [...shortages]
    .filter(([, short]) => short > 0)
    .sort(([a, of], [b, than]) => than - of || ((a ?? '') < (b ?? '') ? -1 : 1))
    .slice(0, count)
    .map(([key]) => key);
}
