import type { Allocation, CrewStanding } from '../api/contract';

// What the server says of contention; see its contract.

export interface Contention {
  at: string;
  /** Those short of crews, the shortest first. */
  departments: ShortDepartment[];
  /** Of other districts, where crews shown here could help: numbers, and nothing of their whistles. */
  elsewhere: ShortElsewhere[];
  /** The departments for whose crews something was ordered that still holds. */
  orders: StandingOrders[];
}

export interface ShortDepartment {
  department: string;
  onDuty: number;
  free: number;
  waiting: number;
  shortage: number;
  holding: HoldingCrew[];
  starved: { whistle: string; level: string; since: string; pressure: number; checkInBy?: string }[];
  spare: SpareCrew[];
}

export interface ShortElsewhere {
  department: string;
  onDuty: number;
  free: number;
  waiting: number;
  shortage: number;
  ours: SpareCrew[];
}

export interface SpareCrew {
  crew: string;
  department: string;
  arrivesAt: string;
}

export interface StandingOrders {
  department: string;
  lent: LentCrew[];
  priorities: { whistle: string; minutes: number }[];
  throttle?: { levels: string[]; until: string; reason: string };
}

export interface LentCrew {
  crew: string;
  to: string;
  until: string;
  reason: string;
}

export interface HoldingCrew extends CrewStanding {
  arrivesAt?: string;
  freeAt?: string;
}

/** The same answer that a department's dispatcher has, with what the command centre reads beside it. */
export interface Advice extends Allocation {
  crews: HoldingCrew[];
  lent: LentCrew[];
  priorities: { whistle: string; minutes: number }[];
}
