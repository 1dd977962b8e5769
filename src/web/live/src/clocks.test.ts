import { describe, expect, it } from 'vitest';
import { Backoff } from './backoff.js';
import { Freshness } from './freshness.js';
import { ServerClock } from './serverClock.js';

describe('ServerClock', () => {
  it('believes the least delayed frame', () => {
    let local = 1000;
    const clock = new ServerClock(() => local);
    const server = Date.parse('2026-01-01T00:00:00.000Z');
    clock.observe(new Date(server - 400).toISOString());
    clock.observe(new Date(server - 20).toISOString());
    clock.observe(new Date(server - 900).toISOString());
    expect(clock.now()).toBe(server - 20);
    local += 5000;
    expect(clock.now()).toBe(server + 4980);
  });

  it('follows a server whose clock was set back, after a while', () => {
    const clock = new ServerClock(() => 0, 3);
    for (const at of ['2026-01-01T00:00:20Z', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z']) clock.observe(at);
    expect(new Date(clock.now()).toISOString()).toBe('2026-01-01T00:00:00.000Z');
  });

  it('follows one whose clock was set back by more than a frame can be late at once', () => {
    const clock = new ServerClock(() => 0);
    for (const at of ['2026-01-01T01:00:00Z', '2026-01-01T00:00:00Z']) clock.observe(at);
    expect(new Date(clock.now()).toISOString()).toBe('2026-01-01T00:00:00.000Z');
  });

  it('ignores what is not a time', () => {
    const clock = new ServerClock(() => 0);
    clock.observe('yesterday');
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
  });
});

describe('Freshness', () => {
  it('believes the clock that makes the picture older, so that neither sleep nor a set clock hides age', () => {
    const time = { steady: 0, wall: 0 };
    const freshness = new Freshness({ steady: () => time.steady, wall: () => time.wall });
    expect(freshness.age()).toBeUndefined();
    freshness.confirm();
    time.wall += 60_000;
    expect(freshness.age()).toBe(60_000);
    freshness.confirm();
    time.steady += 3_000;
    time.wall -= 3_600_000;
    expect(freshness.age()).toBe(3_000);
  });
});

describe('Backoff', () => {
  it('grows to its limit, differs at random, and starts over', () => {
    const full = new Backoff(250, 5000, () => 1);
    expect([1, 2, 3, 4, 5, 6, 7].map(() => full.next())).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
    full.reset();
    expect(full.next()).toBe(250);
    expect(new Backoff(250, 5000, () => 0).next()).toBe(125);
  });
});
