import type { Clock, Summons, Whistle } from '@whistle-actors/live';

/** A clock that is not answered yet. Times are milliseconds since 1970. */
export interface Deadline {
  clock: Clock;
  department: string;
  /** When the clock began to run. */
  from: number;
  at: number;
}

export type Urgency = 'calm' | 'near' | 'over';

/** Near means that a fifth of the time or less is left. */
const nearShare = 0.2;

/** The clocks of one summons that run, or ran out, and are not answered. */
export function openDeadlines(whistle: Whistle, summons: Summons): Deadline[] {
  if (summons.role === 'notified') return [];
  const deadlines: Deadline[] = [];
  const from = Date.parse(whistle.blownAt);
  if (summons.signBy !== undefined && summons.state === 'summoned')
    deadlines.push({ clock: 'sign', department: summons.department, from, at: Date.parse(summons.signBy) });
  if (summons.checkInBy !== undefined && owesCheckIn(summons))
    deadlines.push({ clock: 'check-in', department: summons.department, from, at: Date.parse(summons.checkInBy) });
  return deadlines;
}

export function owesCheckIn(summons: Summons): boolean {
  return (
    summons.role !== 'notified' &&
    summons.checkedIn === undefined &&
    (summons.state === 'summoned' || summons.state === 'signed' || summons.state === 'departed')
  );
}

/** The one that the wall counts to: the first to run out, or the one that ran out first. */
export function nextDeadline(whistle: Whistle): Deadline | undefined {
  if (whistle.stage !== 'open') return undefined;
  let next: Deadline | undefined;
  for (const summons of whistle.summonses)
    for (const deadline of openDeadlines(whistle, summons)) if (next === undefined || deadline.at < next.at) next = deadline;
  return next;
}

export function urgency(deadline: Deadline, now: number): Urgency {
  const left = deadline.at - now;
  if (left <= 0) return 'over';
  return left <= nearShare * (deadline.at - deadline.from) ? 'near' : 'calm';
}

/** `mm:ss`, `h:mm:ss` from an hour on; from two days on whole days are split off for the caller to name. */
export function clockText(milliseconds: number): { days: number; text: string } {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const days = seconds >= 2 * 86_400 ? Math.floor(seconds / 86_400) : 0;
  const rest = seconds - days * 86_400;
  const h = Math.floor(rest / 3600);
  const mm = String(Math.floor((rest % 3600) / 60)).padStart(2, '0');
  const ss = String(rest % 60).padStart(2, '0');
  if (days > 0) return { days, text: `${String(h).padStart(2, '0')}:${mm}` };
  return { days, text: h > 0 ? `${h}:${mm}:${ss}` : `${mm}:${ss}` };
}

/** What the countdown shows: up to the full second that is still left, from the first full second over. */
export function countdown(deadline: Deadline, now: number): { days: number; text: string } {
  const left = deadline.at - now;
  return clockText(left > 0 ? Math.ceil(left / 1000) * 1000 : left);
}
