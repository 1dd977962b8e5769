import type { MessageKey } from '../i18n';

/** What a command centre may order of a department. Each goes with a reason. */
export type Act =
  | { kind: 'lend'; department: string; crews: readonly string[]; to: readonly string[] }
  | { kind: 'return'; department: string; crew: string }
  | { kind: 'prioritise'; department: string; whistle: string; minutes: number }
  | { kind: 'throttle'; department: string; levels: readonly string[] }
  | { kind: 'unthrottle'; department: string }
  | { kind: 'substitute'; department: string; whistle: string; substitute: string };

/** What was filled in, by the name of the field. */
export type Filled = ReadonlyMap<string, string | readonly string[]>;

/** One thing that is asked. */
export interface Field {
  name: 'crew' | 'to' | 'minutes' | 'levels' | 'hours';
  label: MessageKey;
  kind: 'one' | 'some';
  values: readonly string[];
  chosen?: string;
}

export interface Order {
  method: 'POST' | 'PUT';
  /** Below `/api/v1/`. */
  path: string;
  body: object;
}

const hours: Field = { name: 'hours', label: 'act.hours', kind: 'one', values: ['1', '2', '4', '8', '12', '24', '72'], chosen: '4' };
/** What can be chosen; the server takes up to 240 either way. */
const minutes = [240, 120, 60, 30, 0, -30, -60, -120, -240];

export function fieldsOf(act: Act): Field[] {
  switch (act.kind) {
    case 'lend':
      return [{ name: 'crew', label: 'field.crew', kind: 'one', values: act.crews }, { name: 'to', label: 'act.to', kind: 'one', values: act.to }, hours];
    case 'prioritise':
      return [{ name: 'minutes', label: 'act.minutes', kind: 'one', values: [...new Set([...minutes, act.minutes])].sort((a, b) => b - a).map(String), chosen: String(act.minutes === 0 ? 60 : act.minutes) }];
    case 'throttle':
      return [{ name: 'levels', label: 'act.levels', kind: 'some', values: ['daily', 'campaign'], chosen: act.levels[0] ?? 'daily' }, hours];
    default:
      return [];
  }
}

/** @param now The server's time, milliseconds since 1970. */
export function orderOf(act: Act, filled: Filled, reason: string, now: number): Order {
  const one = (name: Field['name']) => filled.get(name) as string;
  const departments = `departments/${act.department}`;
  const until = () => new Date(now + Number(one('hours')) * 3_600_000).toISOString();
  switch (act.kind) {
    case 'lend':
      return { method: 'POST', path: `${departments}/crews/${one('crew')}/lend`, body: { to: one('to'), until: until(), reason } };
    case 'return':
      return { method: 'POST', path: `${departments}/crews/${act.crew}/return`, body: { reason } };
    case 'prioritise':
      return { method: 'POST', path: `${departments}/priorities`, body: { whistle: act.whistle, minutes: Number(one('minutes')), reason } };
    case 'throttle':
      return { method: 'PUT', path: `${departments}/throttle`, body: { levels: filled.get('levels'), until: until(), reason } };
    case 'unthrottle':
      return { method: 'PUT', path: `${departments}/throttle`, body: { levels: [], reason } };
    case 'substitute':
      return { method: 'POST', path: `whistles/${act.whistle}/summonses/${act.department}/substitute`, body: { reason } };
  }
}
