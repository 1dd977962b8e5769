import { describe, expect, it } from 'vitest';
import type { Load, LoadForecast } from '@whistle-actors/live';
import type { Department } from '../api/contract';
import type { Contention } from './contract';
import { heatLoads, rowsOf } from './departmentRows';

const name = { zh: '', en: '' };
const department = (code: string, crews: number): Department => ({ code, bureau: code, name, shortName: name, kind: 'bureau', district: 'd', crews: Array.from({ length: crews }, (_, i) => ({ code: `${code}-${i}`, name, size: 3 })) });
const load = (code: string, queue: number, crews: number, committed: number): [string, Load] => [
  code, { department: code, version: 1, open: queue + committed, summoned: queue, signed: 0, departed: committed, checkedIn: 0, reported: 0, overdue: 0, crews, committed, queue },
];
const calm: Contention = { at: '2026-01-01T08:00:00Z', departments: [], elsewhere: [], orders: [] };
const short = (code: string, shortage: number) => ({ department: code, onDuty: 3, free: 1, waiting: shortage + 1, shortage, holding: [], starved: [], spare: [] });

describe('the list of departments', () => {
  const departments = [department('a', 2), department('b', 2), department('c', 3), department('none', 0)];
  const forecasts = new Map<string, LoadForecast>();
  const picture = { departments: new Map([load('a', 1, 2, 1), load('b', 5, 2, 2)]), forecasts };

  it('has the shortest of crews first, then who most wait for, and all who have crews', () => {
    const rows = rowsOf(departments, picture, { ...calm, departments: [short('c', 2)] }, true);
    expect(rows.map(({ code, waiting, free, shortage }) => [code, waiting, free, shortage])).toEqual([['c', 3, 1, 2], ['b', 5, 0, 0], ['a', 1, 1, 0]]);
  });

  it('believes the server where it says how many are free', () => {
    expect(rowsOf(departments, picture, { ...calm, departments: [short('a', 7)] }, true)[0]).toMatchObject({ code: 'a', waiting: 8, free: 1, shortage: 7 });
  });

  it('counts as free only who is at work', () => {
    const forecast = { organisation: 'c', version: 1, openIn30Minutes: 0, openIn60Minutes: 0, crewsAtWork: 1 };
    const rows = rowsOf(departments, { ...picture, forecasts: new Map([['c', forecast]]) }, calm, true);
    expect(rows.find(({ code }) => code === 'c')?.free).toBe(1);
  });

  it('leaves out in the whole city those for whom nothing waits and nothing is ordered', () => {
    expect(rowsOf(departments, picture, calm, false).map(({ code }) => code)).toEqual(['b', 'a']);
    const orders = [{ department: 'c', lent: [{ crew: 'c-0', to: 'x', until: calm.at, reason: '' }], priorities: [], throttle: { levels: ['daily'], until: calm.at, reason: '' } }];
    expect(rowsOf(departments, picture, { ...calm, orders }, false).find(({ code }) => code === 'c')).toMatchObject({ lent: 1, throttled: true });
  });
});

describe('the heat', () => {
  it('has beside what is seen the departments of other districts that want help, in numbers', () => {
    const loads = heatLoads([load('a', 1, 2, 1)[1]], { ...calm, elsewhere: [{ department: 'far', onDuty: 4, free: 1, waiting: 6, shortage: 5, ours: [] }] });
    expect(loads.map(({ department: of, queue, crews, committed }) => [of, queue, crews, committed])).toEqual([['a', 1, 2, 1], ['far', 6, 4, 3]]);
  });
});
