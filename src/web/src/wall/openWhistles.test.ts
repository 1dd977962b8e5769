import { describe, expect, it } from 'vitest';
import type { Changes, Whistle } from '@whistle-actors/live';
import { OpenWhistles } from './openWhistles';

function whistle(id: string, stage: Whistle['stage'] = 'open', version = 1): Whistle {
  return {
    id, version, stage, grid: 'g', subdistrict: 's', district: 'd', matter: 'm', occasion: 'key-work', level: 'daily', chain: 'service', round: 1,
    description: '', packVersion: '1', blownAt: '2026-01-01T00:00:00Z', blownBy: { person: 'p', name: 'n', organisation: 'o', role: 'r' }, summonses: [],
  };
}

const changed = (...ids: string[]): Changes => ({ all: false, city: false, whistles: new Set(ids), departments: new Set(), districts: new Set(), forecasts: new Set() });
const everything: Changes = { ...changed(), all: true };
const held = (...whistles: Whistle[]) => new Map(whistles.map(w => [w.id, w]));

describe('OpenWhistles', () => {
  it('lets an ended whistle say farewell in its place, then take itself down', () => {
    const wall = new OpenWhistles(() => [0, 0]);
    wall.update(held(whistle('a'), whistle('b'), whistle('c')), everything, 0);
    wall.update(held(whistle('a'), whistle('b', 'closed', 2), whistle('c')), changed('b'), 1000);
    expect(wall.ordered().map(e => e.whistle.id)).toEqual(['a', 'b', 'c']);
    expect(wall.tick(6000)).toEqual({ changed: false, left: [] });
    expect(wall.tick(7000)).toEqual({ changed: true, left: ['b'] });
    expect(wall.size).toBe(2);
  });

  it('takes one that ended unseen down at once', () => {
    const wall = new OpenWhistles(() => undefined);
    wall.update(held(whistle('a', 'withdrawn')), changed('a'), 1000);
    expect(wall.tick(1000).left).toEqual(['a']);
  });

  it('forgets what a new snapshot does not hold', () => {
    const wall = new OpenWhistles(() => undefined);
    wall.update(held(whistle('a'), whistle('b')), everything, 0);
    wall.update(held(whistle('b')), everything, 0);
    expect(wall.ordered().map(e => e.whistle.id)).toEqual(['b']);
  });
});
