import { describe, expect, it } from 'vitest';
import type { Load } from '@whistle-actors/live';
import type { Department } from '../api/contract';
import { cellKey, heatmapOf } from './contention';

const name = { zh: '', en: '' };
const department = (bureau: string, district?: string, crews = 0): [string, Department] => {
  const code = `${district ?? 'city'}-${bureau}`;
  return [code, { code, bureau, name, shortName: name, kind: 'bureau', crews: Array.from({ length: crews }, (_, i) => ({ code: `${code}-${i}`, name, size: 3 })), ...(district === undefined ? {} : { district }) }];
};
const departments = new Map([department('urban', 'a'), department('urban', 'b'), department('water', 'a'), department('power'), department('urban', 'c')]);
const load = (code: string, queue: number, crews: number, committed: number): Load => ({
  department: code, version: 1, open: queue + committed, summoned: queue, signed: 0, departed: committed, checkedIn: 0, reported: 0, overdue: 0, crews, committed, queue,
});
const most = { bureaus: 6, districts: 8 };

describe('contention', () => {
  it('is nowhere while everybody who waits can have a crew', () => {
    expect(heatmapOf([load('a-urban', 2, 5, 3), load('city-power', 0, 1, 1)], departments, most)).toBeUndefined();
  });

  it('puts the bureaus and districts that are shortest of crews first', () => {
    const map = heatmapOf([load('a-urban', 3, 2, 1), load('b-urban', 9, 2, 2), load('a-water', 5, 1, 1), load('city-power', 1, 1, 0)], departments, most)!;
    expect(map.bureaus).toEqual(['urban', 'water']);
    expect(map.districts).toEqual(['b', 'a']);
    expect(map.cells.get(cellKey('urban', 'b'))).toEqual({ bureau: 'urban', district: 'b', queue: 9, free: 0, heat: 'starved' });
    expect(map.cells.get(cellKey('urban', 'a'))).toEqual({ bureau: 'urban', district: 'a', queue: 3, free: 1, heat: 'short' });
    expect(map.cells.get(cellKey('power', undefined))?.heat).toBe('calm');
  });

  it('leaves out what is unknown, has no crews in the city pack, or is beyond the screen', () => {
    const map = heatmapOf([load('a-urban', 2, 1, 0), load('b-urban', 4, 1, 1), load('a-water', 7, 0, 0), load('gone', 9, 1, 1)], departments, { bureaus: 1, districts: 1 })!;
    expect([map.bureaus, map.districts]).toEqual([['urban'], ['b']]);
    expect(map.cells.has(cellKey('water', 'a'))).toBe(false);
  });

  it('shows beside them where the same bureaus have crews to spare, also where nobody was ever summoned', () => {
    const idle = new Map([...departments, department('urban', 'd', 2), department('urban', 'e', 5), department('water', 'f', 9)]);
    const map = heatmapOf([load('a-urban', 3, 1, 1), load('b-urban', 1, 4, 0)], idle, most)!;
    expect(map.districts).toEqual(['a', 'e', 'b', 'd']);
    expect(map.cells.get(cellKey('urban', 'e'))).toMatchObject({ queue: 0, free: 5, heat: 'calm' });
    expect(heatmapOf([load('a-urban', 3, 1, 1)], idle, { bureaus: 6, districts: 2 })!.districts).toEqual(['a', 'e']);
  });

  it('counts departments of one bureau that serve the same district together', () => {
    const twice = new Map([...departments, ['a-urban-2', { ...departments.get('a-urban')!, code: 'a-urban-2' }] as const]);
    const map = heatmapOf([load('a-urban', 3, 1, 1), load('a-urban-2', 0, 4, 0)], twice, most)!;
    expect(map.cells.get(cellKey('urban', 'a'))).toMatchObject({ queue: 3, free: 4, heat: 'starved' });
  });
});
