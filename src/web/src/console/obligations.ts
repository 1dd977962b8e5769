import type { Alert, Summons, Whistle } from '@whistle-actors/live';
import type { Deadline } from '../screen/deadline';
import { isOverdue } from '../screen/standing';
import { owes } from './orderKinds';

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

/**
 * What this department owes, and what waits for its signature. Two paths tell of a summons, the board and the alerts: whichever was first, it is shown; and what the
 * newer of the two says counts.
 *
 * @param news Whether an alert of a whistle that the board does not show is to be believed: one of a broken connection may be over.
 */
export function obligationsOf(department: string, whistles: ReadonlyMap<string, Whistle>, alerts: ReadonlyMap<string, Alert>, news: (alert: Alert) => boolean): Obligation[] {
  const obligations: Obligation[] = [];
  for (const whistle of whistles.values()) {
    if (whistle.stage !== 'open') continue;
    const summons = whistle.summonses.find(s => s.department === department);
    if (summons === undefined || !(owes(summons) || (summons.role === 'notified' && summons.state === 'summoned'))) continue;
    obligations.push(obligationOf(whistle, summons, alerts.get(whistle.id)));
  }
  for (const alert of alerts.values()) if (!whistles.has(alert.whistle) && news(alert)) obligations.push(heardOf(department, alert));
  return obligations.sort(byDeadline);
}

function obligationOf(whistle: Whistle, summons: Summons, alert: Alert | undefined): Obligation {
  const running = runningClocks(whistle, summons);
  const next = running[0];
  const call = callOf(summons, alert);
  const since = Date.parse(call === 'not-departed' ? (summons.signed?.at ?? whistle.blownAt) : whistle.blownAt);
  return { whistle, summons, next: next?.deadline, passed: next?.passed ?? 0, call, since };
}

/** The alert came before the board: what it says of the whistle is enough to sign. */
function heardOf(department: string, alert: Alert): Obligation {
  const officer = { person: '', name: '', organisation: alert.subdistrict, role: '' };
  const summons: Summons = {
    department,
    role: alert.role,
    state: alert.cause === 'unsigned' ? 'summoned' : 'signed',
    ...(alert.signBy === undefined ? {} : { signBy: alert.signBy }),
    ...(alert.checkInBy === undefined ? {} : { checkInBy: alert.checkInBy }),
    vetoes: [],
    clocks: { running: alert.signBy === undefined ? [] : [{ clock: 'sign', due: alert.signBy }] },
  };
  const whistle: Whistle = {
    id: alert.whistle, version: 0, grid: alert.grid, subdistrict: alert.subdistrict, district: '', matter: alert.matter, occasion: 'public-demand', level: alert.level,
    chain: 'management', round: 1, description: alert.description, packVersion: '', stage: 'open', blownAt: alert.since, blownBy: officer, summonses: [summons],
  };
  return obligationOf(whistle, summons, alert);
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

/** What calls, emergencies first, then by deadline. */
export function byUrgency(a: Obligation, b: Obligation): number {
  const emergency = (o: Obligation) => (o.whistle.level === 'emergency' ? 0 : 1);
  return emergency(a) - emergency(b) || byDeadline(a, b);
}
