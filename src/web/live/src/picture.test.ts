import { describe, expect, it } from 'vitest';
import { BoardPicture } from './picture.js';
import type { BoardFrame, Whistle } from './wire.js';

function whistle(id: string, version: number, stage: Whistle['stage'] = 'open'): Whistle {
  return {
    id, version, stage, grid: 'g', subdistrict: 's', district: 'd', matter: 'm', occasion: 'key-work', level: 'daily', chain: 'service', round: 1,
    description: '', packVersion: '1', blownAt: '2026-01-01T00:00:00Z', blownBy: { person: 'p', name: 'n', organisation: 'o', role: 'r' }, summonses: [],
  };
}

function frame(from: number, to: number, whistles: Whistle[], more: Partial<BoardFrame> = {}): BoardFrame {
  return { epoch: 'a', from, to, head: to, reset: false, complete: true, at: '2026-01-01T00:00:00Z', whistles, departments: [], ...more };
}

const reset = { reset: true };
const versions = (picture: BoardPicture) => Object.fromEntries([...picture.whistles].map(([id, w]) => [id, w.version]));

describe('BoardPicture', () => {
  it('shows nothing of a snapshot before it is complete', () => {
    const picture = new BoardPicture();
    expect(picture.merge(frame(0, 5, [whistle('x', 1)], { ...reset, complete: false }))).toBe('gathering');
    expect(picture.ready).toBe(false);
    expect(picture.position).toBeUndefined();
    expect(picture.merge(frame(5, 9, [whistle('y', 1)]))).toBe('shown');
    expect(versions(picture)).toEqual({ x: 1, y: 1 });
    expect(picture.position).toEqual({ epoch: 'a', sequence: 9 });
  });

  it('keeps showing the old picture while a new snapshot is gathered, and forgets it after', () => {
    const picture = new BoardPicture();
    picture.merge(frame(0, 5, [whistle('x', 3)], reset));
    picture.merge(frame(0, 2, [whistle('y', 1)], { ...reset, epoch: 'b', complete: false }));
    expect(versions(picture)).toEqual({ x: 3 });
    picture.merge(frame(2, 3, [], { epoch: 'b' }));
    expect(versions(picture)).toEqual({ y: 1 });
    expect(picture.position).toEqual({ epoch: 'b', sequence: 3 });
  });

  it('resumes from the shown picture when half a snapshot was all that came', () => {
    const picture = new BoardPicture();
    picture.merge(frame(0, 5, [whistle('x', 3)], reset));
    picture.merge(frame(0, 2, [whistle('y', 1)], { ...reset, epoch: 'b', complete: false }));
    picture.abandonSnapshot();
    expect(picture.position).toEqual({ epoch: 'a', sequence: 5 });
    expect(picture.merge(frame(5, 6, [whistle('x', 4)]))).toBe('shown');
    expect(versions(picture)).toEqual({ x: 4 });
  });

  it('drops a version that is not newer than the one held', () => {
    const picture = new BoardPicture();
    picture.merge(frame(0, 5, [whistle('x', 3)], reset));
    picture.merge(frame(5, 6, [whistle('x', 2)]));
    expect(versions(picture)).toEqual({ x: 3 });
  });

  it.each([
    ['a frame after a hole', frame(7, 8, [])],
    ['a frame of another epoch', frame(5, 6, [], { epoch: 'b' })],
  ])('sees a gap in %s and does not move', (_, late) => {
    const picture = new BoardPicture();
    picture.merge(frame(0, 5, [], reset));
    expect(picture.merge(late)).toBe('gap');
    expect(picture.position).toEqual({ epoch: 'a', sequence: 5 });
  });

  it('sees a gap in updates that come before any snapshot', () => {
    expect(new BoardPicture().merge(frame(0, 1, []))).toBe('gap');
  });

  it('takes repeated frames as old and overlapping ones as news', () => {
    const picture = new BoardPicture();
    picture.merge(frame(0, 5, [whistle('x', 1)], reset));
    expect(picture.merge(frame(2, 4, [whistle('x', 1)]))).toBe('old');
    expect(picture.merge(frame(3, 7, [whistle('x', 2)]))).toBe('shown');
    expect(picture.position).toEqual({ epoch: 'a', sequence: 7 });
  });

  it('takes a heartbeat as proof that the picture is up to date, unless the board is ahead', () => {
    const picture = new BoardPicture();
    picture.merge(frame(0, 5, [], reset));
    expect(picture.merge(frame(5, 5, []))).toBe('shown');
    expect(picture.merge(frame(5, 5, [], { head: 9, complete: false }))).toBe('gathering');
  });

  it('does not let an ended whistle come back after it was taken down', () => {
    const picture = new BoardPicture();
    picture.merge(frame(0, 5, [whistle('x', 3)], reset));
    picture.merge(frame(5, 6, [whistle('x', 4, 'closed')]));
    picture.takeDown('x');
    expect(picture.whistles.size).toBe(0);
    picture.merge(frame(4, 7, [whistle('x', 3), whistle('x', 4, 'closed')]));
    expect(picture.whistles.size).toBe(0);
  });

  it('does not take down a whistle that is open', () => {
    const picture = new BoardPicture();
    picture.merge(frame(0, 5, [whistle('x', 3)], reset));
    picture.takeDown('x');
    expect(picture.whistles.size).toBe(1);
  });

  it('does not go back when another node, which lags behind, sends its snapshot', () => {
    const picture = new BoardPicture();
    picture.merge(frame(0, 5, [whistle('x', 3), whistle('y', 1), whistle('z', 2)], reset));
    picture.merge(frame(5, 6, [whistle('z', 3, 'closed')]));
    picture.takeDown('z');
    picture.merge(frame(0, 3, [whistle('x', 2), whistle('z', 2)], { ...reset, epoch: 'b' }));
    expect(versions(picture)).toEqual({ x: 3 });
    picture.merge(frame(3, 5, [whistle('x', 3), whistle('y', 1), whistle('z', 3, 'closed')], { epoch: 'b' }));
    expect(versions(picture)).toEqual({ x: 3, y: 1 });
  });

  it('keeps the newer load and the newer totals over a snapshot', () => {
    const district = (version: number) => ({ ...load(version), district: 'x', departments: 2, returned: 0, queue: 0 });
    const load = (version: number) => ({ department: 'd', version, open: version, summoned: 0, signed: 0, departed: 0, checkedIn: 0, reported: 0, overdue: 0, crews: 1, committed: 0 });
    const city = (version: number) => ({ version, day: '2026-01-01', blown: version, closed: 0, withdrawn: 0, checkInsOnTime: 0, checkInsLate: 0, overdue: 0 });
    const forecast = (version: number) => ({ organisation: 'd', version, openIn30Minutes: version, openIn60Minutes: version });
    const picture = new BoardPicture();
    picture.merge(frame(0, 5, [], { ...reset, departments: [load(7)], districts: [district(7)], forecasts: [forecast(7)], city: city(9) }));
    picture.merge(frame(0, 3, [], { ...reset, epoch: 'b', departments: [load(6)], districts: [district(6)], forecasts: [forecast(6)], city: city(8) }));
    expect([picture.departments.get('d')?.version, picture.districts.get('x')?.version, picture.forecasts.get('d')?.version, picture.city?.version]).toEqual([7, 7, 7, 9]);
    picture.takeChanges();
    picture.merge(frame(3, 4, [], { epoch: 'b', forecasts: [forecast(8)] }));
    expect([...picture.takeChanges().forecasts]).toEqual(['d']);
    picture.merge(frame(0, 5, [], { ...reset, epoch: 'c' }));
    expect(picture.forecasts.size).toBe(0);
  });

  it('says that the server turns some away for as long as the newest frame says so', () => {
    const picture = new BoardPicture();
    picture.merge(frame(0, 5, [whistle('x', 3)], reset));
    expect(picture.saturated).toEqual([]);
    picture.merge(frame(5, 5, [], { saturated: ['grids'] }));
    expect(picture.saturated).toEqual(['grids']);
    picture.merge(frame(5, 5, []));
    expect(picture.saturated).toEqual([]);
  });

  it('says what changed, once', () => {
    const picture = new BoardPicture();
    picture.merge(frame(0, 5, [whistle('x', 3)], reset));
    expect(picture.takeChanges()).toMatchObject({ all: true, city: true });
    picture.merge(frame(5, 6, [whistle('x', 4), whistle('y', 1)]));
    expect([...picture.takeChanges().whistles]).toEqual(['x', 'y']);
    const nothing = picture.takeChanges();
    expect(nothing).toMatchObject({ all: false, city: false });
    expect(nothing.whistles.size + nothing.departments.size).toBe(0);
  });

  it('learns of a whistle by another way, and never goes back for it', () => {
    const picture = new BoardPicture();
    picture.merge(frame(0, 5, [whistle('x', 3)], reset));
    picture.takeChanges();
    picture.learn(whistle('x', 5));
    expect([...picture.takeChanges().whistles]).toEqual(['x']);
    picture.learn(whistle('x', 4));
    picture.merge(frame(5, 6, [whistle('x', 4)]));
    expect(versions(picture)).toEqual({ x: 5 });
    expect(picture.position).toEqual({ epoch: 'a', sequence: 6 });
  });
});
