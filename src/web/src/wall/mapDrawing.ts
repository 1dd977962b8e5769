import type { Box } from './centre';
import { element } from './dom';
import type { Entry } from './openWhistles';
import type { Symbol } from './mapSymbols';
import { isExercise, isWorse, type Standing } from './standing';

export interface MapView {
  /** What is seen when nobody has moved the map. */
  bounds: Box;
  /** Free space around it, in rem. */
  padding: { top: number; right: number; bottom: number; left: number };
  /** Which districts are named here. */
  names: (middle: [number, number]) => boolean;
  /** A part that another map shows in detail. */
  framed?: Box | undefined;
}

/** A way to draw the city: with the graphics card, or without. */
export interface MapDrawing {
  show(entries: readonly Entry[]): void;
  size(): { width: number; height: number };
  /** Longitude and latitude at a pixel. */
  at(x: number, y: number): [number, number];
  /** Leaves other space free around the city from now on. */
  pad(padding: MapView['padding']): void;
}

/** What a map shows of the open whistles. */
export interface MapPicture {
  grids: Map<string, Standing>;
  districts: Map<string, Standing>;
  counts: Map<string, number>;
  marks: (Entry & { point: [number, number] })[];
  /** Marks that call for attention, the most urgent first. */
  alarms: (Entry & { point: [number, number] })[];
}

/** More pulses than this would be noise. */
const mostAlarms = 30;

export function pictureOf(entries: readonly Entry[]): MapPicture {
  const picture: MapPicture = { grids: new Map(), districts: new Map(), counts: new Map(), marks: [], alarms: [] };
  for (const entry of entries) {
    const { whistle, standing, point } = entry;
    const open = whistle.stage === 'open';
    const real = !isExercise(whistle);
    if (open && real) {
      worsen(picture.grids, whistle.grid, standing);
      worsen(picture.districts, whistle.district, standing);
      picture.counts.set(whistle.district, (picture.counts.get(whistle.district) ?? 0) + 1);
    }
    if (point === undefined) continue;
    const mark = { ...entry, point };
    picture.marks.push(mark);
    if (open && real && picture.alarms.length < mostAlarms && (standing === 'overdue' || (whistle.level === 'emergency' && standing !== 'on-spot'))) picture.alarms.push(mark);
  }
  return picture;
}

/** The mark of a whistle: an exercise looks like no standing of a real one. */
export function symbolOf({ whistle, standing }: Pick<Entry, 'whistle' | 'standing'>): Symbol {
  return isExercise(whistle) ? 'exercise' : standing;
}

function worsen(worst: Map<string, Standing>, place: string, standing: Standing): void {
  const held = worst.get(place);
  if (held === undefined || isWorse(standing, held)) worst.set(place, standing);
}

export const levelSizes = { emergency: 1.35, campaign: 1.05, daily: 0.8 } as const;

/** The more marks there are, the smaller they get, in a few steps. */
export function crowding(count: number): number {
  return count <= 150 ? 1 : count <= 400 ? 0.85 : count <= 1000 ? 0.72 : 0.62;
}

/** Pixels of a rem of the 1080p wall. */
export function wallScale(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

/** A district's name and the number of its open whistles. */
export interface DistrictLabel {
  root: HTMLElement;
  count: HTMLElement;
  place: [number, number];
}

export function makeLabel(name: string, place: [number, number]): DistrictLabel {
  const count = element('span', 'district-count');
  return { root: element('div', 'district', element('span', 'district-name', name), count), count, place };
}

/** Labels that would cover one another step aside; if there is no room, the one with more open whistles stays. */
export function sortOut<T extends DistrictLabel>(labels: Iterable<T>, project: (place: [number, number]) => { x: number; y: number }, move: (label: T, down: number) => void): void {
  const taken: { x: number; y: number; w: number; h: number }[] = [];
  for (const label of [...labels].sort((a, b) => Number(b.count.textContent) - Number(a.count.textContent))) {
    const { x, y } = project(label.place);
    const w = label.root.offsetWidth || 60;
    const h = label.root.offsetHeight || 24;
    const step = [0, h, -h].find(down =>
      taken.every(other => Math.abs(other.x - x) * 2 > other.w + w || Math.abs(other.y - y - down) * 2 > other.h + h - 2),
    );
    label.root.style.visibility = step === undefined ? 'hidden' : 'visible';
    if (step === undefined) continue;
    taken.push({ x, y: y + step, w, h });
    move(label, step);
  }
}
