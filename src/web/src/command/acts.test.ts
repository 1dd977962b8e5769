import { describe, expect, it } from 'vitest';
import { fieldsOf, orderOf, type Act } from './acts';

const now = Date.parse('2026-01-01T08:00:00Z');
const department = '110101-urban-enforcement';

describe('an act of the command centre', () => {
  it('lends a crew for so many hours from now', () => {
    const act: Act = { kind: 'lend', department, crews: ['c-1', 'c-2'], to: ['110102-urban-enforcement'] };
    expect(fieldsOf(act).map(({ name }) => name)).toEqual(['crew', 'to', 'hours']);
    expect(orderOf(act, new Map([['crew', 'c-2'], ['to', '110102-urban-enforcement'], ['hours', '8']]), '暴雨', now)).toEqual({
      method: 'POST', path: `departments/${department}/crews/c-2/lend`, body: { to: '110102-urban-enforcement', until: '2026-01-01T16:00:00.000Z', reason: '暴雨' },
    });
  });

  it('calls it back, and lets levels go, with nothing but a reason', () => {
    expect(fieldsOf({ kind: 'return', department, crew: 'c-1' })).toEqual([]);
    expect(orderOf({ kind: 'return', department, crew: 'c-1' }, new Map(), '回来', now)).toEqual({ method: 'POST', path: `departments/${department}/crews/c-1/return`, body: { reason: '回来' } });
    expect(orderOf({ kind: 'unthrottle', department }, new Map(), '雨停', now)).toEqual({ method: 'PUT', path: `departments/${department}/throttle`, body: { levels: [], reason: '雨停' } });
  });

  it('holds levels back, never an emergency', () => {
    const act: Act = { kind: 'throttle', department, levels: [] };
    const levels = fieldsOf(act).find(({ name }) => name === 'levels')!;
    expect(levels).toMatchObject({ kind: 'some', values: ['daily', 'campaign'], chosen: 'daily' });
    expect(orderOf(act, new Map<string, string | string[]>([['levels', ['daily', 'campaign']], ['hours', '1']]), '暴雨', now)).toEqual({
      method: 'PUT', path: `departments/${department}/throttle`, body: { levels: ['daily', 'campaign'], until: '2026-01-01T09:00:00.000Z', reason: '暴雨' },
    });
  });

  it('calls the substitute of a department for one whistle', () => {
    const act: Act = { kind: 'substitute', department, whistle: 'w-1', substitute: '110101-water' };
    expect(fieldsOf(act)).toEqual([]);
    expect(orderOf(act, new Map(), '力量不足', now)).toEqual({ method: 'POST', path: `whistles/w-1/summonses/${department}/substitute`, body: { reason: '力量不足' } });
  });

  it('offers the priority that a whistle has, whatever it is, within what the server takes', () => {
    const [field] = fieldsOf({ kind: 'prioritise', department, whistle: 'w', minutes: 90 });
    expect(field).toMatchObject({ values: ['240', '120', '90', '60', '30', '0', '-30', '-60', '-120', '-240'], chosen: '90' });
    expect(orderOf({ kind: 'prioritise', department, whistle: 'w', minutes: 90 }, new Map([['minutes', '-30']]), '已临时处置', now).body).toEqual({ whistle: 'w', minutes: -30, reason: '已临时处置' });
  });
});
