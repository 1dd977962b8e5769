import type { Summons, Whistle } from '@whistle-actors/live';
import type { MessageKey } from '../i18n';

/** What a department's people may order, by the name of the path. */
export type OrderName = 'sign' | 'contact' | 'depart' | 'check-in' | 'measures' | 'outcome' | 'report' | 'dispute';
export type Role = 'dispatcher' | 'crew';

export interface Field {
  name: string;
  kind: 'line' | 'text' | 'crew' | 'number' | 'department' | 'day' | 'outcome' | 'minutes';
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
}

const both: readonly Role[] = ['dispatcher', 'crew'];
const desk: readonly Role[] = ['dispatcher'];

/** Whether the department still owes something under a whistle. */
export function owes(summons: Summons): boolean {
  return summons.role !== 'notified' && summons.state !== 'settled' && summons.state !== 'released';
}

const away = ({ state }: Summons) => state === 'summoned' || state === 'signed' || state === 'departed';

export const orderKinds: readonly OrderKind[] = [
  { name: 'sign', label: 'order.sign', roles: desk, fits: (_, s) => s.state === 'summoned', fields: [] },
  {
    name: 'depart', label: 'order.depart', roles: both, fits: (_, s) => owes(s) && (s.state === 'summoned' || s.state === 'signed'),
    fields: [{ name: 'crew', kind: 'crew', label: 'field.crew' }, { name: 'arrivesAt', kind: 'minutes', label: 'field.arrivesIn', most: 1440 }],
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
];

/** What somebody in this role may do under a whistle now, the most natural next step first. */
export function ordersFor(role: Role, whistle: Whistle, summons: Summons): OrderKind[] {
  if (whistle.stage !== 'open') return [];
  return orderKinds.filter(kind => kind.roles.includes(role) && kind.fits(whistle, summons));
}

/** The body of the request, from what was filled in. Empty fields are left out. */
export function bodyOf(kind: OrderKind, values: ReadonlyMap<string, string>, serverNow: number): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of kind.fields) {
    if (field.when !== undefined && values.get(field.when[0]) !== field.when[1]) continue;
    const value = values.get(field.name)?.trim() ?? '';
    if (value === '') continue;
    if (field.kind === 'number') body[field.name] = Number(value);
    else if (field.kind === 'minutes') body[field.name] = new Date(serverNow + 60_000 * Number(value)).toISOString();
    else body[field.name] = value;
  }
  if (kind.name !== 'outcome' || body['kind'] !== 'ledgered') return body;
  const { reason, dueOn, responsible, ...rest } = body;
  return { ...rest, ledger: { reason, dueOn, responsible, milestones: [] } };
}
