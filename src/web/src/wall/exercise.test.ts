import { describe, expect, it } from 'vitest';
import type { Summons, Whistle } from '@whistle-actors/live';
import { pictureOf, symbolOf } from './mapDrawing';
import type { Entry } from './openWhistles';
import { cityNow, compareRanks, rankOf } from './standing';

const summons: Summons = { department: 'd', role: 'lead', state: 'summoned', overdue: 'sign', vetoes: [] };

function whistle(id: string, exercise: boolean, level: Whistle['level'] = 'emergency'): Whistle {
  return {
    id, exercise, level, version: 1, stage: 'open', grid: 'g', subdistrict: 's', district: 'd', matter: 'm', occasion: 'emergency', chain: 'service', round: 1,
    description: '', packVersion: '1', blownAt: '2026-01-01T00:00:00Z', blownBy: { person: 'p', name: 'n', organisation: 'o', role: 'r' }, summonses: [summons],
  };
}

const entry = (of: Whistle): Entry => ({ whistle: of, next: undefined, standing: 'overdue', rank: rankOf(of, undefined), point: [1, 2], leavesAt: undefined });

describe('an exercise', () => {
  it('counts in none of the numbers of the city', () => {
    const now = cityNow([whistle('real', false), whistle('drill', true), whistle('drill-2', true)]);
    expect(now).toEqual({ open: 1, emergencies: 1, summoned: 1, arrived: 0, overdue: 1 });
  });

  it('stands after everything real, however urgent it pretends to be', () => {
    const [drill, calm] = [whistle('drill', true, 'emergency'), whistle('calm', false, 'daily')];
    expect(compareRanks(rankOf(drill, { at: 0, clock: 'sign', department: 'd', from: 0 }), rankOf(calm, undefined))).toBe(1);
  });

  it('has a mark of its own on the map, alarms nobody and tints nothing', () => {
    const picture = pictureOf([entry(whistle('drill', true))]);
    expect(picture.marks.map(symbolOf)).toEqual(['exercise']);
    expect([picture.alarms.length, picture.grids.size, picture.districts.size, picture.counts.size]).toEqual([0, 0, 0, 0]);
    expect(symbolOf(entry(whistle('real', false)))).toBe('overdue');
  });
});
