import { describe, expect, it } from 'vitest';
import { Ringing } from './ringing';

const calm = (key: string) => ({ key, emergency: false });
const urgent = (key: string) => ({ key, emergency: true });

describe('the bell', () => {
  it('rings at once for what is new, and again as long as anything calls', () => {
    const bell = new Ringing();
    expect(bell.next([calm('a')], 0)).toBe('calm');
    expect(bell.next([calm('a')], 29_000)).toBeUndefined();
    expect(bell.next([calm('a')], 30_000)).toBe('calm');
    expect(bell.next([], 60_000)).toBeUndefined();
  });

  it('rings more often, and differently, for an emergency', () => {
    const bell = new Ringing();
    bell.next([calm('a')], 0);
    expect(bell.next([calm('a'), urgent('b')], 5_000)).toBe('urgent');
    expect(bell.next([calm('a'), urgent('b')], 17_000)).toBe('urgent');
    expect(bell.next([calm('a')], 29_000)).toBeUndefined();
  });

  it('does not rattle in a storm, and forgets nothing of it', () => {
    const bell = new Ringing();
    const all: { key: string; emergency: boolean }[] = [];
    let rings = 0;
    for (let now = 0; now < 60_000; now += 120) {
      all.push(calm(String(now)));
      if (bell.next(all, now) !== undefined) rings++;
    }
    expect(rings).toBeLessThanOrEqual(15);
    bell.next(all, 70_000);
    expect(bell.next([...all, calm('one more')], 71_000)).toBeUndefined();
    expect(bell.next([...all, calm('one more')], 74_000)).toBe('calm');
  });

  it('rings for one that calls again', () => {
    const bell = new Ringing();
    bell.next([calm('a unsigned')], 0);
    bell.next([], 1_000);
    expect(bell.next([calm('a not-departed')], 10_000)).toBe('calm');
  });
});
