// What /hubs/live sends, as the server's contract writes it: camelCase names, kebab-case values, nothing where a value is null.

/** RFC 3339 with offset. */
export type Instant = string;
/** YYYY-MM-DD. */
export type Day = string;

export interface Text {
  zh: string;
  en: string;
}

export interface LonLat {
  lon: number;
  lat: number;
}

export type Occasion = 'public-demand' | 'key-work' | 'joint-enforcement' | 'emergency';
export type Level = 'daily' | 'campaign' | 'emergency';
export type Chain = 'enforcement' | 'management' | 'service' | 'development';
export type DutyRole = 'lead' | 'cooperating' | 'notified';
export type WhistleStage = 'open' | 'closed' | 'withdrawn' | 'voided' | 'proposed' | 'rejected' | 'merged';
/** True once nothing is left of it to show. One that waits for its approval has not sounded yet, and has not ended. */
export const hasEnded = (whistle: Whistle): boolean => whistle.stage !== 'open' && whistle.stage !== 'proposed';
export type SummonsState = 'summoned' | 'signed' | 'departed' | 'checked-in' | 'reported' | 'settled' | 'released' | 'returned';
export type Clock = 'sign' | 'contact' | 'check-in' | 'measures' | 'disposal' | 'report';
export type OutcomeKind = 'resolved' | 'ledgered';

export interface Officer {
  person: string;
  name: string;
  organisation: string;
  role: string;
}

export interface Summons {
  department: string;
  role: DutyRole;
  state: SummonsState;
  /** The clock that ran out and is still not answered, of several the last in the order of life. */
  overdue?: Clock;
  /** Absent for a notified department, which owes nothing; so is `checkInBy`. */
  signBy?: Instant;
  checkInBy?: Instant;
  signed?: { at: Instant; by: Officer; late: boolean };
  departed?: { at: Instant; by: Officer; crew?: string; arrivesAt?: Instant };
  checkedIn?: {
    at: Instant;
    by: Officer;
    late: boolean;
    crew?: string;
    headcount?: number;
    place?: LonLat;
    accuracyMetres?: number;
    distanceMetres?: number;
    witness?: { name: string; organisation: string };
    number: number;
    left?: { at: Instant };
    released?: { at: Instant };
  };
  outcome?: {
    at: Instant;
    by: Officer;
    kind: OutcomeKind;
    note: string;
    ledger?: { reason: string; dueOn: Day; responsible: string; milestones: { on: Day; text: string }[] };
    accepted?: { at: Instant; by: Officer };
  };
  vetoes: { at: Instant; by: Officer; reason: string; refusedKind: OutcomeKind; refusedNote: string }[];
  released?: { at: Instant; by: Officer; reason?: string };
  /** Absent for a notified department. */
  clocks?: SummonsClocks;
  /** Its accepted ledger entry on its way. */
  ledger?: Ledger;
  furtherCheckIns?: { at: Instant; by: Officer; number: number; crew?: string; headcount?: number; left?: { at: Instant }; released?: { at: Instant } }[];
  /** The last time that the department said "not ours". */
  dispute?: { at: Instant; by: Officer; round: number; reason: string; instead?: string; ruling?: { at: Instant; kind: 'upheld' | 'reassigned' | 'referred'; text: string } };
}

/** What was decided about a request. */
export interface Decision {
  at: Instant;
  by: Officer;
  approved: boolean;
  reason?: string;
}

export interface Ledger {
  /** The day by whose end it is done. */
  dueOn: Day;
  /** Milestones that were reported as done, by their number in the entry from 1 on. */
  reached: { milestone: number; at: Instant; note: string }[];
  /** The department says that it is done. */
  completed?: { at: Instant; by: Officer; note: string };
  extensions?: { at: Instant; dueOn: Day; until: Day; reason: string; decision?: Decision }[];
  /** When its day passed. */
  returnedAt?: Instant;
  /** When it was confirmed as done, or the department was let go. */
  endedAt?: Instant;
}

/** The clocks of a summons that are not answered, and what answered the others. */
export interface SummonsClocks {
  /** In the order of life: clocks that run, and clocks that ran out. `passed`: 50, 80 (yellow) or 100 (red) per cent of its time, once noticed. */
  running: { clock: Clock; due: Instant; passed?: number }[];
  overdue?: Clock[];
  contacted?: { at: Instant; by: Officer; late: boolean; note?: string };
  measures?: { at: Instant; by: Officer; late: boolean; text: string; document?: string }[];
  report?: { at: Instant; by: Officer; late: boolean; text: string };
  /** Every extension and suspension that was asked for, in order; one without a decision awaits it. */
  extensions?: { clock: Clock; at: Instant; due: Instant; until: Instant; reason: string; decision?: Decision }[];
  suspensions?: { at: Instant; until: Day; reason: string; decision?: Decision; endedAt?: Instant }[];
  /** The last day through which all clocks stand still. */
  suspendedUntil?: Day;
}

/** The whole public state of a whistle at one version. */
export interface Whistle {
  id: string;
  version: number;
  grid: string;
  subdistrict: string;
  district: string;
  matter: string;
  occasion: Occasion;
  level: Level;
  chain: Chain;
  round: number;
  description: string;
  place?: LonLat;
  packVersion: string;
  changedProposal?: string;
  stage: WhistleStage;
  blownAt: Instant;
  blownBy: Officer;
  endedAt?: Instant;
  endedBy?: Officer;
  reason?: string;
  summonses: Summons[];
  /** Who blew it: the grid's subdistrict, or a department. */
  initiator?: string;
  /** An exercise (演练): never to be taken for the real thing. */
  exercise?: boolean;
}

/** How many whistles want a department now, against the crews it has. */
export interface Load {
  department: string;
  version: number;
  open: number;
  summoned: number;
  signed: number;
  departed: number;
  checkedIn: number;
  reported: number;
  overdue: number;
  crews: number;
  committed: number;
  /** Summonses whose ledger entry was not done in time. */
  returned?: number;
  /** Open summonses without a crew on the way or on the spot. */
  queue?: number;
}

/** The sums over the departments that a district has; city-wide ones are in none. */
export interface DistrictLoad extends Omit<Load, 'department'> {
  district: string;
  departments: number;
}

/** Where the load of a department or a district tends to, if the last half hour goes on: a trend, told once a minute where it changed. */
export interface LoadForecast {
  /** The code of the department or the district. */
  organisation: string;
  version: number;
  openIn30Minutes: number;
  openIn60Minutes: number;
  /** Crews at work for it now, with those that it borrowed and without those that it lent. Servers before it was counted leave it out. */
  crewsAtWork?: number;
}

/** What happened in the city on one of its calendar days. */
export interface CityTotals {
  version: number;
  day: Day;
  blown: number;
  closed: number;
  withdrawn: number;
  checkInsOnTime: number;
  checkInsLate: number;
  overdue: number;
}

/** How far a board was followed. Meaningful only together with the epoch that it came from. */
export interface BoardPosition {
  epoch: string;
  sequence: number;
}

/**
 * The entities that changed after `from` up to `to`, each with its whole state. One with nothing in it is a heartbeat.
 * `reset` opens a snapshot; `complete` says that `to` had reached the board's head, so that the picture may be shown.
 */
export interface BoardFrame {
  epoch: string;
  from: number;
  to: number;
  head: number;
  reset: boolean;
  complete: boolean;
  /** The server's time. */
  at: Instant;
  whistles: Whistle[];
  departments: Load[];
  districts?: DistrictLoad[];
  forecasts?: LoadForecast[];
  city?: CityTotals;
  /** While the node turns away some of what it is asked: at which of its gates. */
  saturated?: string[];
}

/** A summons that waits for its department. */
export interface Alert {
  whistle: string;
  /** The whistle's version that this tells of. */
  version: number;
  cause: 'unsigned' | 'not-departed';
  since: Instant;
  role: DutyRole;
  level: Level;
  grid: string;
  subdistrict: string;
  matter: string;
  description: string;
  signBy?: Instant;
  checkInBy?: Instant;
}

/** What `/hubs/alerts` sends: all that waits first (`reset`), in parts when it is much (`complete` ends them), then what changes. */
export interface AlertFrame {
  department: string;
  at: Instant;
  reset: boolean;
  complete: boolean;
  /** How many summonses wait for a signature in all. */
  unsigned: number;
  /** What began or changed. */
  alerts: Alert[];
  /** Whistles that wait for the department no more. */
  over: string[];
}
