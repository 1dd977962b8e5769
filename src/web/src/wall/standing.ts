import type { Summons, SummonsState, Whistle } from '@whistle-actors/live';
import { urgency, type Deadline } from './deadline';

/** How a whistle stands, worst first. Districts and grids take the worst of their open whistles. */
export const standings = ['overdue', 'due', 'called', 'under-way', 'on-spot'] as const;
export type Standing = (typeof standings)[number];

export function isWorse(a: Standing, b: Standing): boolean {
  return standings.indexOf(a) < standings.indexOf(b);
}

export function standingOf(whistle: Whistle, next: Deadline | undefined, now: number): Standing {
  if (whistle.summonses.some(isOverdue)) return 'overdue';
  if (next !== undefined) {
    const urgent = urgency(next, now);
    if (urgent === 'over') return 'overdue';
    if (urgent === 'near') return 'due';
  }
  let worst: Standing = 'on-spot';
  for (const summons of whistle.summonses) {
    if (summons.role === 'notified') continue;
    if (summons.state === 'summoned') return 'called';
    if (summons.state === 'signed' || summons.state === 'departed') worst = 'under-way';
  }
  return worst;
}

export function isOverdue(summons: Summons): boolean {
  return summons.state === 'returned' || (summons.overdue !== undefined && summons.state !== 'settled' && summons.state !== 'released');
}

/** One department's mark in a row: overdue replaces its state, late stands beside it. */
export interface Mark {
  department: string;
  role: Summons['role'];
  sign: SummonsState | 'overdue';
  late: boolean;
}

const order = { lead: 0, cooperating: 1, notified: 2 } as const;

export function marksOf(whistle: Whistle): Mark[] {
  return whistle.summonses
    .map(summons => ({
      department: summons.department,
      role: summons.role,
      sign: isOverdue(summons) ? ('overdue' as const) : summons.state,
      late: summons.checkedIn?.late === true,
    }))
    .sort((a, b) => order[a.role] - order[b.role]);
}

/** An exercise (演练) is shown as what it is, and in nothing as the real thing. */
export function isExercise(whistle: Whistle): boolean {
  return whistle.exercise === true;
}

/** The real before exercises, emergencies first, then what runs out or ran out first, then what owes nothing more, newest first. */
export interface Rank {
  exercise: boolean;
  emergency: boolean;
  due: number;
  blownAt: number;
  id: string;
}

export function rankOf(whistle: Whistle, next: Deadline | undefined): Rank {
  return {
    exercise: isExercise(whistle),
    emergency: whistle.level === 'emergency',
    due: next?.at ?? Number.POSITIVE_INFINITY,
    blownAt: Date.parse(whistle.blownAt),
    id: whistle.id,
  };
}

export function compareRanks(a: Rank, b: Rank): number {
  if (a.exercise !== b.exercise) return a.exercise ? 1 : -1;
  if (a.emergency !== b.emergency) return a.emergency ? -1 : 1;
  if (a.due !== b.due) return a.due < b.due ? -1 : 1;
  if (a.blownAt !== b.blownAt) return b.blownAt - a.blownAt;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** What the city's numbers are made of. */
export interface CityNow {
  open: number;
  emergencies: number;
  /** Summonses that oblige to come, of open whistles. */
  summoned: number;
  /** Of those, how many are on the spot or have finished there. */
  arrived: number;
  overdue: number;
}

export function cityNow(whistles: Iterable<Whistle>): CityNow {
  const city: CityNow = { open: 0, emergencies: 0, summoned: 0, arrived: 0, overdue: 0 };
  for (const whistle of whistles) {
    if (whistle.stage !== 'open' || isExercise(whistle)) continue;
    city.open++;
    if (whistle.level === 'emergency') city.emergencies++;
    for (const summons of whistle.summonses) {
      if (isOverdue(summons)) city.overdue++;
      if (summons.role === 'notified' || summons.state === 'released') continue;
      city.summoned++;
      if (summons.state === 'checked-in' || summons.state === 'reported' || summons.state === 'settled') city.arrived++;
    }
  }
  return city;
}
