import type { Alert, Summons, Whistle } from '@whistle-actors/live';
import type { Deadline } from '../screen/deadline';
import { isExercise, isOverdue } from '../screen/standing';
import { isLedgered, owes } from './orderKinds';

/** How the clocks of a summons stand, worst first: red, yellow, in time, and none that runs. */
export const clockStates = ['overdue', 'near', 'running', 'still'] as const;
export type ClockState = (typeof clockStates)[number];

/** Why it calls for somebody at this desk now. */
export type Call = 'unsigned' | 'not-departed';

/** One summons of this department, with what it takes to show it. */
export interface Obligation {
  whistle: Whistle;
  summons: Summons;
  /** The clock that runs out next, or ran out first. */
  next: Deadline | undefined;
  /** Per cent of that clock's time that is over, as far as the server gave notice. */
  passed: number;
  call: Call | undefined;
  /** Since when it calls. */
  since: number;
}

/** Yellow from here on; the server gives notice at 80 per cent of the working time or of the time, as the clock counts. */
const yellow = 80;
const yellowShare = 0.2;

/** What this department owes, and what waits for its signature, the next deadline first. Where board and alerts differ, the state of the summons counts. */
export function obligationsOf(department: string, whistles: ReadonlyMap<string, Whistle>, alerts: ReadonlyMap<string, Alert>): Obligation[] {
  const obligations: Obligation[] = [];
  for (const whistle of whistles.values()) {
    const summons = whistle.summonses.find(s => s.department === department);
    if (summons === undefined || !(whistle.stage === 'open' || (whistle.stage === 'closed' && isLedgered(summons)))) continue;
    if (!(owes(summons) || isLedgered(summons) || (summons.role === 'notified' && summons.state === 'summoned'))) continue;
    obligations.push(obligationOf(whistle, summons, alerts.get(whistle.id)));
  }
  return obligations.sort(byDeadline);
}

function obligationOf(whistle: Whistle, summons: Summons, alert: Alert | undefined): Obligation {
  const running = runningClocks(whistle, summons);
  const next = running[0];
  const call = callOf(summons, alert);
  const since = Date.parse(call === 'not-departed' ? (summons.signed?.at ?? whistle.blownAt) : whistle.blownAt);
  return { whistle, summons, next: next?.deadline, passed: next?.passed ?? 0, call, since };
}

/** Only the alerts know when a signature counts as forgotten: the city says how long. */
function callOf(summons: Summons, alert: Alert | undefined): Call | undefined {
  if (summons.state === 'summoned') return 'unsigned';
  return summons.state === 'signed' && alert?.cause === 'not-departed' ? 'not-departed' : undefined;
}

/** The clocks of a summons that run or ran out, the first to run out first. While it is suspended none runs. */
export function runningClocks(whistle: Whistle, summons: Summons): { deadline: Deadline; passed: number }[] {
  if (summons.clocks?.suspendedUntil !== undefined) return [];
  const from = Date.parse(whistle.blownAt);
  return (summons.clocks?.running ?? [])
    .map(({ clock, due, passed }) => ({ deadline: { clock, department: summons.department, from, at: Date.parse(due) }, passed: passed ?? 0 }))
    .sort((a, b) => a.deadline.at - b.deadline.at);
}

/** Red once it ran out; yellow from 80 per cent on. Minutes are counted here too, so that yellow does not wait for the notice. */
export function clockState(next: Deadline | undefined, passed: number, now: number): ClockState {
  if (next === undefined) return 'still';
  if (next.at <= now || passed >= 100) return 'overdue';
  const short = next.at - next.from <= 4 * 3_600_000;
  return passed >= yellow || (short && next.at - now <= yellowShare * (next.at - next.from)) ? 'near' : 'running';
}

export function stateOf(obligation: Obligation, now: number): ClockState {
  return isOverdue(obligation.summons) ? 'overdue' : clockState(obligation.next, obligation.passed, now);
}

/** What is next to run out first; what owes nothing by a time last, the newest first. */
export function byDeadline(a: Obligation, b: Obligation): number {
  const [one, other] = [a.next?.at ?? Number.POSITIVE_INFINITY, b.next?.at ?? Number.POSITIVE_INFINITY];
  if (one !== other) return one < other ? -1 : 1;
  const [blown, otherBlown] = [Date.parse(a.whistle.blownAt), Date.parse(b.whistle.blownAt)];
  if (blown !== otherBlown) return otherBlown - blown;
  return a.whistle.id < b.whistle.id ? -1 : 1;
}

/** What calls: the real before exercises, emergencies first, then by deadline. */
export function byUrgency(a: Obligation, b: Obligation): number {
  const rank = ({ whistle }: Obligation) => (isExercise(whistle) ? 2 : isEmergency(whistle) ? 0 : 1);
  return rank(a) - rank(b) || byDeadline(a, b);
}

/** An exercise alarms nobody as an emergency does. */
export function isEmergency(whistle: Whistle): boolean {
  return whistle.level === 'emergency' && !isExercise(whistle);
}
