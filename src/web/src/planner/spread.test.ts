import { describe, expect, it } from 'vitest';
import { binned, shareWithin, sharedBins, ticksTo } from './spread';

const spread = [
  { minutes: 10, share: 0.2 },
  { minutes: 20, share: 0.6 },
  { minutes: 60, share: 0.9 },
];

describe('a distribution', () => {
  it('is read between its points on straight lines, and stays where it ends', () => {
    expect(shareWithin(spread, 5)).toBeCloseTo(0.1);
    expect(shareWithin(spread, 15)).toBeCloseTo(0.4);
    expect(shareWithin(spread, 60)).toBeCloseTo(0.9);
    expect(shareWithin(spread, 6000)).toBeCloseTo(0.9);
    expect(shareWithin([], 10)).toBe(0);
  });

  it('is cut into bins that hold everybody once', () => {
    const bins = sharedBins([spread]);
    const { shares, later } = binned(spread, bins);
    expect(bins.width * bins.count).toBeGreaterThanOrEqual(60);
    expect(later).toBeCloseTo(0.1);
    expect(shares.reduce((sum, share) => sum + share, later)).toBeCloseTo(1);
  });

  it('shares its bins with one that is much longer, and leaves its last few to the end', () => {
    const long = [{ minutes: 500, share: 0.97 }, { minutes: 1000, share: 0.985 }, { minutes: 20_000, share: 1 }];
    const bins = sharedBins([spread, long]);
    expect(bins).toEqual({ width: 60, count: 17 });
    expect(binned(long, bins).later).toBeCloseTo(0.015, 2);
  });

  it('does not let those who wait for days flatten the rest', () => {
    const tail = [{ minutes: 30, share: 0.6 }, { minutes: 9000, share: 1 }];
    const bins = sharedBins([tail]);
    expect(bins.width * bins.count).toBe(240);
    expect(binned(tail, bins).later).toBeGreaterThan(0.35);
  });

  it('needs none of them to be there', () => {
    expect(sharedBins([[]])).toEqual({ width: 1, count: 1 });
    expect(binned([], sharedBins([[]]))).toEqual({ shares: [0], later: 1 });
  });
});

it('ticks are round, begin at 0 and reach the top', () => {
  expect(ticksTo(37)).toEqual([0, 10, 20, 30, 40]);
  expect(ticksTo(0.9)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(ticksTo(0)).toEqual([0, 1]);
  expect(ticksTo(Number.NaN)).toEqual([0, 1]);
});
