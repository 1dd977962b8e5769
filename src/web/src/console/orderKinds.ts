import type { Summons, Whistle } from '@whistle-actors/live';
import type { MessageKey } from '../i18n';

/** What a department's people may order, by the name of the path. */
export type OrderName =
  | 'sign' | 'contact' | 'depart' | 'recall' | 'check-in' | 'measures' | 'outcome' | 'report' | 'dispute' | 'leave'
  | 'extension' | 'suspension' | 'suspension/end' | 'ledger/milestone' | 'ledger/complete' | 'ledger/extension';
export type Role = 'dispatcher' | 'crew';

export interface Field {
  name: string;
  kind: 'line' | 'text' | 'crew' | 'number' | 'department' | 'day' | 'outcome' | 'minutes' | 'hours' | 'clock' | 'present' | 'milestone' | 'milestones';
  label: MessageKey;
  required?: boolean;
  /** Characters, or the largest number. */
  most?: number;
  /** Asked for only when another field has this value. */
  when?: [field: string, value: string];
}

export interface OrderKind {
  name: OrderName;
  label: MessageKey;
  /** Who may give it, as the server has it. */
  roles: readonly Role[];
  /** Whether it fits now. The server decides; this only spares people what it would refuse. */
  fits: (whistle: Whistle, summons: Summons) => boolean;
  fields: readonly Field[];
  /** Given after the whistle was closed too: its ledger entry runs on. */
  afterwards?: boolean;
}

const both: readonly Role[] = ['dispatcher', 'crew'];
const desk: readonly Role[] = ['dispatcher'];

/** Whether the department still owes something under a whistle. */
export function owes(summons: Summons): boolean {
  return summons.role !== 'notified' && summons.state !== 'settled' && summons.state !== 'released';
}

/** Whether its ledger entry is not done, even if all else is over. */
export function isLedgered({ ledger }: Summons): boolean {
  return ledger !== undefined && ledger.endedAt === undefined;
}

/** Milestones of the ledger entry that are not reported as done, with their numbers. */
export function openMilestones({ outcome, ledger }: Summons): { number: number; on: string; text: string }[] {
  const reached = new Set(ledger?.reached.map(({ milestone }) => milestone));
  return (outcome?.ledger?.milestones ?? []).map((milestone, i) => ({ number: i + 1, ...milestone })).filter(({ number }) => !reached.has(number));
}

/** Crews that checked in and have not left. */
export function presentCrews({ checkedIn, furtherCheckIns = [] }: Summons): { number: number; crew: string | undefined }[] {
  return (checkedIn === undefined ? [] : [checkedIn, ...furtherCheckIns]).filter(({ left }) => left === undefined).map(({ number, crew }) => ({ number, crew }));
}

const awaits = (requests: readonly { decision?: unknown }[] | undefined) => requests?.some(({ decision }) => decision === undefined) === true;

const away = ({ state }: Summons) => state === 'summoned' || state === 'signed' || state === 'departed';

export const orderKinds: readonly OrderKind[] = [
  { name: 'sign', label: 'order.sign', roles: desk, fits: (_, s) => s.state === 'summoned', fields: [] },
  {
    name: 'depart', label: 'order.depart', roles: both, fits: (_, s) => owes(s) && (s.state === 'summoned' || s.state === 'signed'),
    fields: [{ name: 'crew', kind: 'crew', label: 'field.crew' }, { name: 'arrivesAt', kind: 'minutes', label: 'field.arrivesIn', most: 1440 }],
  },
  {
    name: 'recall', label: 'order.recall', roles: desk, fits: (_, s) => owes(s) && s.state === 'departed',
    fields: [{ name: 'reason', kind: 'text', label: 'field.reason', required: true, most: 500 }],
  },
  {
    name: 'check-in', label: 'order.check-in', roles: both, fits: (_, s) => owes(s) && s.outcome === undefined,
    fields: [{ name: 'crew', kind: 'crew', label: 'field.crew' }, { name: 'headcount', kind: 'number', label: 'field.headcount', most: 10_000 }],
  },
  {
    name: 'contact', label: 'order.contact', roles: both, fits: (_, s) => owes(s) && away(s) && s.clocks?.contacted === undefined,
    fields: [{ name: 'note', kind: 'text', label: 'field.contactNote', most: 500 }],
  },
  {
    name: 'measures', label: 'order.measures', roles: both, fits: (_, s) => owes(s) && s.checkedIn !== undefined,
    fields: [{ name: 'text', kind: 'text', label: 'field.measure', required: true, most: 2000 }, { name: 'document', kind: 'line', label: 'field.document', most: 100 }],
  },
  {
    name: 'outcome', label: 'order.outcome', roles: desk, fits: (_, s) => s.state === 'checked-in',
    fields: [
      { name: 'kind', kind: 'outcome', label: 'field.outcome', required: true },
      { name: 'note', kind: 'text', label: 'field.outcomeNote', required: true, most: 2000 },
      { name: 'reason', kind: 'text', label: 'field.ledgerReason', required: true, most: 2000, when: ['kind', 'ledgered'] },
      { name: 'dueOn', kind: 'day', label: 'field.dueOn', required: true, when: ['kind', 'ledgered'] },
      { name: 'responsible', kind: 'line', label: 'field.responsible', required: true, most: 100, when: ['kind', 'ledgered'] },
      { name: 'milestones', kind: 'milestones', label: 'field.milestones', when: ['kind', 'ledgered'] },
    ],
  },
  {
    name: 'report', label: 'order.report', roles: desk, fits: (_, s) => s.role !== 'notified' && s.checkedIn !== undefined && s.clocks !== undefined && s.clocks.report === undefined,
    fields: [{ name: 'text', kind: 'text', label: 'field.report', required: true, most: 2000 }],
  },
  {
    name: 'dispute', label: 'order.dispute', roles: desk, fits: (w, s) => owes(s) && s.outcome === undefined && s.dispute?.round !== w.round,
    fields: [{ name: 'reason', kind: 'text', label: 'field.reason', required: true, most: 500 }, { name: 'instead', kind: 'department', label: 'field.instead' }],
  },
  {
    name: 'leave', label: 'order.leave', roles: both, fits: (_, s) => presentCrews(s).length > 0,
    fields: [{ name: 'checkIn', kind: 'present', label: 'field.who' }, { name: 'reason', kind: 'text', label: 'field.reason', most: 500 }],
  },
  {
    name: 'extension', label: 'order.extension', roles: desk,
    fits: (_, s) => owes(s) && (s.clocks?.running.length ?? 0) > 0 && s.clocks?.suspendedUntil === undefined && !awaits(s.clocks?.extensions),
    fields: [
      { name: 'clock', kind: 'clock', label: 'field.clock', required: true },
      { name: 'until', kind: 'hours', label: 'field.moreHours', required: true, most: 720 },
      { name: 'reason', kind: 'text', label: 'field.reason', required: true, most: 2000 },
    ],
  },
  {
    name: 'suspension', label: 'order.suspension', roles: desk,
    fits: (_, s) => owes(s) && !isLedgered(s) && s.clocks !== undefined && s.clocks.suspendedUntil === undefined && !awaits(s.clocks.suspensions),
    fields: [{ name: 'until', kind: 'day', label: 'field.lastDay', required: true }, { name: 'reason', kind: 'text', label: 'field.reason', required: true, most: 2000 }],
  },
  {
    name: 'suspension/end', label: 'order.suspension/end', roles: desk, fits: (_, s) => s.clocks?.suspendedUntil !== undefined,
    fields: [{ name: 'reason', kind: 'text', label: 'field.reason', most: 2000 }],
  },
  {
    name: 'ledger/milestone', label: 'order.ledger/milestone', roles: desk, afterwards: true, fits: (_, s) => isLedgered(s) && openMilestones(s).length > 0,
    fields: [{ name: 'milestone', kind: 'milestone', label: 'field.milestone', required: true }, { name: 'note', kind: 'text', label: 'field.outcomeNote', required: true, most: 2000 }],
  },
  {
    name: 'ledger/complete', label: 'order.ledger/complete', roles: desk, afterwards: true, fits: (_, s) => isLedgered(s) && s.ledger?.completed === undefined,
    fields: [{ name: 'note', kind: 'text', label: 'field.outcomeNote', required: true, most: 2000 }],
  },
  {
    name: 'ledger/extension', label: 'order.ledger/extension', roles: desk, afterwards: true,
    fits: (_, s) => isLedgered(s) && s.ledger?.completed === undefined && !awaits(s.ledger?.extensions),
    fields: [{ name: 'until', kind: 'day', label: 'field.dueOn', required: true }, { name: 'reason', kind: 'text', label: 'field.reason', required: true, most: 2000 }],
  },
];

/** What somebody in this role may do under a whistle now, the most natural next step first. */
export function ordersFor(role: Role, whistle: Whistle, summons: Summons): OrderKind[] {
  const open = whistle.stage === 'open';
  return orderKinds.filter(kind => (open || (kind.afterwards === true && whistle.stage === 'closed')) && kind.roles.includes(role) && kind.fits(whistle, summons));
}

/** The body of the request, from what was filled in. Empty fields are left out. */
export function bodyOf(kind: OrderKind, values: ReadonlyMap<string, string>, serverNow: number, summons?: Summons): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of kind.fields) {
    if (field.when !== undefined && values.get(field.when[0]) !== field.when[1]) continue;
    const value = values.get(field.name)?.trim() ?? '';
    if (value === '') continue;
    if (field.kind === 'number' || field.kind === 'present' || field.kind === 'milestone') body[field.name] = Number(value);
    else if (field.kind === 'hours') body[field.name] = new Date(Math.max(serverNow, dueOf(summons, values.get('clock'))) + 3_600_000 * Number(value)).toISOString();
    else if (field.kind === 'milestones') body[field.name] = JSON.parse(value) as unknown;
    else if (field.kind === 'minutes') body[field.name] = new Date(serverNow + 60_000 * Number(value)).toISOString();
    else body[field.name] = value;
  }
  if (kind.name !== 'outcome' || body['kind'] !== 'ledgered') return body;
  const { reason, dueOn, responsible, milestones = [], ...rest } = body;
  return { ...rest, ledger: { reason, dueOn, responsible, milestones } };
}

function dueOf(summons: Summons | undefined, clock: string | undefined): number {
  const running = summons?.clocks?.running.find(each => each.clock === clock);
  return running === undefined ? 0 : Date.parse(running.due);
}
