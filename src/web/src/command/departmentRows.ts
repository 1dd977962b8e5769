import type { Load, LoadForecast } from '@whistle-actors/live';
import type { Department } from '../api/contract';
import type { Contention } from './contract';

/** How a department stands: what waits for its crews, and what was ordered of them. */
export interface DepartmentRow {
  code: string;
  /** Summonses without a crew. */
  waiting: number;
  free: number;
  /** How many of those who wait are left when each free crew is sent. */
  shortage: number;
  lent: number;
  throttled: boolean;
}

/**
 * The departments to look at, the shortest of crews first, then those for which most wait.
 *
 * @param idle Whether those are shown too for which nobody waits and nothing is ordered: their crews can be lent.
 */
export function rowsOf(departments: readonly Department[], picture: { departments: ReadonlyMap<string, Load>; forecasts: ReadonlyMap<string, LoadForecast> }, contention: Contention, idle: boolean): DepartmentRow[] {
  const short = new Map(contention.departments.map(each => [each.department, each]));
  const orders = new Map(contention.orders.map(each => [each.department, each]));
  return departments
    .filter(({ crews }) => crews.length > 0)
    .map(({ code, crews }) => {
      const { queue = 0, committed } = picture.departments.get(code) ?? { committed: 0 };
      const atWork = picture.forecasts.get(code)?.crewsAtWork ?? crews.length;
      const { waiting, free, shortage } = short.get(code) ?? { waiting: queue, free: Math.max(0, atWork - committed), shortage: 0 };
      const ordered = orders.get(code);
      return { code, waiting, free, shortage, lent: ordered?.lent.length ?? 0, throttled: ordered?.throttle !== undefined };
    })
    .filter(row => idle || row.waiting > 0 || row.lent > 0 || row.throttled)
    .sort((a, b) => b.shortage - a.shortage || b.waiting - a.waiting || (a.code < b.code ? -1 : 1));
}

/** The loads by which the heat is drawn: those that are shown, and of other districts what help is wanted for. */
export function heatLoads(loads: Iterable<Load>, contention: Contention): Load[] {
  const wanted = contention.elsewhere.map(({ department, onDuty, free, waiting }) => ({
    department, version: 0, open: waiting, summoned: waiting, signed: 0, departed: 0, checkedIn: 0, reported: 0, overdue: 0, crews: onDuty, committed: onDuty - free, queue: waiting,
  }));
  return [...loads, ...wanted];
}
