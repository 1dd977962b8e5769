import { describe, expect, it } from 'vitest';
import type { Summons, Whistle } from '@whistle-actors/live';
import { clockText, countdown, nextDeadline, urgency } from './deadline';
import { cityNow, compareRanks, marksOf, rankOf, standingOf } from './standing';

const blown = Date.parse('2026-01-01T08:00:00Z');
const minutes = (n: number) => blown + n * 60_000;
const at = (n: number) => new Date(minutes(n)).toISOString();
const by = { person: 'p', name: 'n', organisation: 'o', role: 'crew' };

function summons(more: Partial<Summons> = {}): Summons {
  return { department: 'd1', role: 'lead', state: 'summoned', signBy: at(10), checkInBy: at(30), vetoes: [], ...more };
}

function whistle(summonses: Summons[], more: Partial<Whistle> = {}): Whistle {
  return {
    id: 'w', version: 1, stage: 'open', grid: 'g', subdistrict: 's', district: 'd', matter: 'm', occasion: 'key-work', level: 'daily', chain: 'service',
    round: 1, description: '', packVersion: '1', blownAt: at(0), blownBy: by, summonses, ...more,
  };
}

const standing = (w: Whistle, now: number) => standingOf(w, nextDeadline(w), now);

describe('the countdown', () => {
  it('counts to signing first, and to checking in once that is answered', () => {
    expect(nextDeadline(whistle([summons()]))).toMatchObject({ clock: 'sign', at: minutes(10) });
    expect(nextDeadline(whistle([summons({ state: 'signed' })]))).toMatchObject({ clock: 'check-in', at: minutes(30) });
    expect(nextDeadline(whistle([summons({ state: 'departed' })]))).toMatchObject({ clock: 'check-in' });
  });

  it('takes the department that is due first', () => {
    const w = whistle([summons({ state: 'signed' }), summons({ department: 'd2', role: 'cooperating', state: 'signed', checkInBy: at(20) })]);
    expect(nextDeadline(w)).toMatchObject({ department: 'd2', at: minutes(20) });
  });

  it('asks nothing of the notified, of those on the spot, and of an ended whistle', () => {
    const { signBy: _, checkInBy: __, ...owesNothing } = summons({ role: 'notified' });
    expect(nextDeadline(whistle([owesNothing]))).toBeUndefined();
    expect(nextDeadline(whistle([summons({ state: 'checked-in', checkedIn: { at: at(9), by, late: false, number: 1 } })]))).toBeUndefined();
    expect(nextDeadline(whistle([summons({ state: 'released' })]))).toBeUndefined();
    expect(nextDeadline(whistle([summons()], { stage: 'closed' }))).toBeUndefined();
  });

  it('turns near with a fifth of the time left and over at the very instant', () => {
    const next = nextDeadline(whistle([summons({ state: 'signed' })]))!;
    expect(urgency(next, minutes(24) - 1)).toBe('calm');
    expect(urgency(next, minutes(24))).toBe('near');
    expect(urgency(next, minutes(30) - 1)).toBe('near');
    expect(urgency(next, minutes(30))).toBe('over');
  });

  it('shows a second as long as it lasts, then counts up', () => {
    const next = nextDeadline(whistle([summons()]))!;
    expect(countdown(next, minutes(10) - 1).text).toBe('00:01');
    expect(countdown(next, minutes(10)).text).toBe('00:00');
    expect(countdown(next, minutes(10) + 61_500).text).toBe('01:01');
  });

  it.each([
    [0, 0, '00:00'],
    [59 * 60_000 + 59_000, 0, '59:59'],
    [3_600_000, 0, '1:00:00'],
    [47 * 3_600_000, 0, '47:00:00'],
    [49 * 3_600_000, 2, '01:00'],
  ])('writes %i ms as %i days and %s', (milliseconds, days, text) => {
    expect(clockText(milliseconds)).toEqual({ days, text });
  });
});

describe('the standing of a whistle', () => {
  it('is the worst of its departments', () => {
    const w = whistle([summons({ state: 'checked-in' }), summons({ state: 'departed', role: 'cooperating' })]);
    expect(standing(w, minutes(5))).toBe('under-way');
    expect(standing(whistle([...w.summonses, summons({ role: 'cooperating' })]), minutes(5))).toBe('called');
    expect(standing(whistle([summons({ state: 'checked-in' })]), minutes(5))).toBe('on-spot');
  });

  it('becomes due and overdue by time alone, and overdue when the server says so', () => {
    const w = whistle([summons()]);
    expect(standing(w, minutes(8))).toBe('due');
    expect(standing(w, minutes(11))).toBe('overdue');
    expect(standing(whistle([summons({ overdue: 'sign' })]), minutes(1))).toBe('overdue');
  });

  it('is not spoilt by a notified department or by one that was released', () => {
    expect(standing(whistle([summons({ state: 'checked-in' }), summons({ role: 'notified' })]), minutes(5))).toBe('on-spot');
    expect(standing(whistle([summons({ state: 'released', overdue: 'check-in' })]), minutes(50))).toBe('on-spot');
  });

  it('orders emergencies first, then by the time left, then newest first', () => {
    const rank = (w: Whistle) => rankOf(w, nextDeadline(w));
    const emergency = rank(whistle([summons({ state: 'checked-in' })], { id: 'e', level: 'emergency' }));
    const overdue = rank(whistle([summons({ signBy: at(-5) })], { id: 'o' }));
    const soon = rank(whistle([summons()], { id: 's' }));
    const old = rank(whistle([], { id: 'b', blownAt: at(-60) }));
    const young = rank(whistle([], { id: 'y', blownAt: at(-1) }));
    expect([old, soon, young, overdue, emergency].sort(compareRanks).map(r => r.id)).toEqual(['e', 'o', 's', 'y', 'b']);
  });

  it('marks the lead first and late arrivals beside their state', () => {
    const marks = marksOf(
      whistle([
        summons({ department: 'n', role: 'notified' }),
        summons({ department: 'c', role: 'cooperating', state: 'checked-in', checkedIn: { at: at(40), by, late: true, number: 1 } }),
        summons({ department: 'l', overdue: 'check-in', state: 'signed' }),
      ]),
    );
    expect(marks.map(m => [m.department, m.sign, m.late])).toEqual([['l', 'overdue', false], ['c', 'checked-in', true], ['n', 'summoned', false]]);
  });

  it('counts the city from open whistles alone', () => {
    const city = cityNow([
      whistle([summons({ state: 'checked-in' }), summons({ role: 'cooperating', overdue: 'sign' }), summons({ role: 'notified' })], { level: 'emergency' }),
      whistle([summons({ state: 'settled' })]),
      whistle([summons({ overdue: 'sign' })], { stage: 'withdrawn' }),
    ]);
    expect(city).toEqual({ open: 2, emergencies: 1, summoned: 3, arrived: 2, overdue: 1 });
  });
});
