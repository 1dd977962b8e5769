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
 * @param most Rows and columns; what is left out is less hot than what is shown. Columns that are left over go to the districts that have the most crews to spare.
 * @returns Undefined where everybody who waits can have a crew.
 */
export function heatmapOf(loads: Iterable<Load>, departments: ReadonlyMap<string, Department>, most: { bureaus: number; districts: number }): Heatmap | undefined {
  const known = new Map([...loads].map(load => [load.department, load]));
  const cells = new Map<string, Contention>();
  const bureaus = new Map<string, number>();
  const districts = new Map<string | undefined, number>();
  for (const { code, bureau, district, crews } of departments.values()) {
    // Who was never summoned has all its crews; of a department without crews in the city pack nobody can say.
    const load = known.get(code) ?? { crews: crews.length, committed: 0, queue: 0 };
    if (load.crews === 0) continue;
    const queue = load.queue ?? 0;
    const free = Math.max(0, load.crews - load.committed);
    const short = Math.max(0, queue - free);
    const key = cellKey(bureau, district);
    const cell = cells.get(key) ?? { bureau, district, queue: 0, free: 0, heat: 'calm' };
    cell.queue += queue;
    cell.free += free;
    if (short > 0) cell.heat = cell.heat === 'starved' || short >= 2 * load.crews ? 'starved' : 'short';
    cells.set(key, cell);
    bureaus.set(bureau, (bureaus.get(bureau) ?? 0) + short);
    districts.set(district, (districts.get(district) ?? 0) + short);
  }
  const worst = { bureaus: largest(bureaus, most.bureaus), districts: largest(districts, most.districts) };
  if (worst.bureaus.length === 0) return undefined;

  const spare = new Map<string | undefined, number>();
  for (const { bureau, district, queue, free } of cells.values())
    if (district !== undefined && worst.bureaus.includes(bureau) && !worst.districts.includes(district)) spare.set(district, (spare.get(district) ?? 0) + Math.max(0, free - queue));
  return { ...worst, districts: [...worst.districts, ...largest(spare, most.districts - worst.districts.length)], cells };
}

function largest<K extends string | undefined>(numbers: Map<K, number>, count: number): K[] {
  return [...numbers]
    .filter(([, number]) => number > 0)
    .sort(([a, of], [b, than]) => than - of || ((a ?? '') < (b ?? '') ? -1 : 1))
    .slice(0, count)
    .map(([key]) => key);
}
