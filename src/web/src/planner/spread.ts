import type { SpreadPoint } from './contract';

/** The share that was met within so many minutes, on straight lines between the points. */
export function shareWithin(spread: readonly SpreadPoint[], minutes: number): number {
  let before: SpreadPoint = { minutes: 0, share: 0 };
  for (const point of spread) {
    if (point.minutes >= minutes) return before.share + ((point.share - before.share) * (minutes - before.minutes)) / (point.minutes - before.minutes || 1);
    before = point;
  }
  return before.share;
}

const widths = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14_400];
const mostBins = 24;
/** What is later than this share of all, or many times later than the middle, is one bin at the end: those who wait for days would flatten the rest. */
const shown = 0.98;
const timesMedian = 8;

/** Bins that suit several distributions at once, so that they can be laid side by side. */
export function sharedBins(spreads: readonly (readonly SpreadPoint[])[]): { width: number; count: number } {
  const within = (spread: readonly SpreadPoint[], share: number) => (spread.find(point => point.share >= share) ?? spread.at(-1))?.minutes ?? 0;
  const span = Math.max(1, ...spreads.map(spread => Math.min(within(spread, shown), timesMedian * Math.max(5, within(spread, 0.5)))));
  const width = widths.find(wide => span / wide <= mostBins) ?? widths.at(-1)!;
  return { width, count: Math.min(mostBins, Math.ceil(span / width)) };
}

/** The share in each bin, and of those later than the last or never. */
export function binned(spread: readonly SpreadPoint[], { width, count }: { width: number; count: number }): { shares: number[]; later: number } {
  const within = Array.from({ length: count + 1 }, (_, i) => shareWithin(spread, i * width));
  return { shares: within.slice(1).map((share, i) => Math.max(0, share - within[i]!)), later: Math.max(0, 1 - within[count]!) };
}

/** Round numbers from 0 to at least `most`. */
export function ticksTo(most: number, about = 4): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map(factor => factor * power).find(size => size >= rough)!;
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, i) => i * step);
}
