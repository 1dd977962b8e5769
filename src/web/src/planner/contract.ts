import type { Text } from '@whistle-actors/live';
import type { Problem } from '../api/contract';

// What the planner asks for over HTTP; see WhistleActors.Contract/Plans.

export interface Scenario {
  id: string;
  /** Absent when the file cannot be used. */
  name?: Text;
  start?: string;
  days: number;
  whistles: number;
  replications: number;
  target: number;
  errors?: NonNullable<Problem['errors']>;
}

export interface PlannedDepartment {
  code: string;
  name: Text;
  shortName: Text;
  district?: string;
  crews: number;
  /** Expected in one replication. */
  summonses: number;
  bureau: string;
}

export interface PlanCrew {
  code: string;
  name: Text;
  size: number;
  home?: { lon: number; lat: number };
  /** The subdistrict that it is posted to. */
  postedTo?: string;
  /** Where the scenario itself sends it: it cannot be sent a second time. */
  sentTo?: string;
}

/** A department whose crews may be sent elsewhere. */
export interface Lender {
  code: string;
  name: Text;
  shortName: Text;
  bureau: string;
  district?: string;
  crews: PlanCrew[];
}

export interface PlannedPlace {
  code: string;
  name: Text;
  district: string;
  /** Expected in one replication. */
  whistles: number;
}

export interface ScenarioDetail {
  scenario: Scenario;
  departments: PlannedDepartment[];
  crews: Lender[];
  /** Where crews may be posted. */
  places: PlannedPlace[];
}

export interface Shift {
  from: string;
  to: string;
}

export interface CrewChange {
  department: string;
  count?: number;
  /** Empty for day and night. */
  shifts?: Shift[];
}

/** A crew that is elsewhere than the city pack says. */
export interface CrewMove {
  crew: string;
  /** A subdistrict for a posting, a department for a loan. */
  to: string;
}

export interface Changes {
  name?: Text;
  replications?: number;
  crews?: CrewChange[];
  postings?: CrewMove[];
  loans?: CrewMove[];
  limits?: { level: string; 'check-in': string }[];
}

export interface PlanRequest {
  scenario: string;
  changes?: Changes;
  against?: { changes: Changes };
  need?: string[];
}

/** A mean with its 95 % interval. */
export interface Interval {
  mean: number;
  low: number;
  high: number;
}

export interface SpreadPoint {
  minutes: number;
  /** Of all summonses, met within so many minutes. */
  share: number;
}

export interface DepartmentResult {
  code: string;
  name: Text;
  crews: number;
  summonses: number;
  onTime?: Interval;
  never: number;
  checkInMinutes?: Interval;
  quantiles: { share: number; minutes?: number }[];
  queueMinutes?: Interval;
  queued?: Interval;
  utilisation?: Interval;
  longestQueue: number;
  /** Crews on their way that an emergency took from something less. */
  taken?: Interval;
  spread: SpreadPoint[];
}

export interface HourResult {
  hour: number;
  summonses: number;
  waiting: number;
  busy: number;
  onTime?: number;
}

export interface PlanResult {
  name: Text;
  replications: number;
  asked: number;
  whistles: number;
  city: DepartmentResult;
  allOnTime?: Interval;
  bottleneck?: string;
  departments: DepartmentResult[];
  hours: HourResult[];
  broken: string[];
}

export interface Difference {
  before: number;
  after: number;
  change: Interval;
  real: boolean;
}

export interface CrewNeed {
  department: string;
  has: number;
  needs?: number;
  then?: Interval;
}

export interface Report {
  plan: PlanResult;
  against?: PlanResult;
  differences?: { code: string; name: Text; onTime?: Difference; checkInMinutes?: Difference }[];
  target: number;
  needs: CrewNeed[];
  partial: boolean;
}

export interface Plan {
  id: string;
  state: 'running' | 'done' | 'stopped' | 'failed';
  stoppedBecause?: 'asked' | 'abandoned' | 'time-limit';
  done: number;
  of: number;
  report?: Report;
}
