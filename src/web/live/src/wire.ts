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
  city?: CityTotals;
}
