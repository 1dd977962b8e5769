import type { GridFeatures } from '../api/contract';
import { areaOf, middleOf } from '../screen/places';

/** West, south, east, north. */
export type Box = [number, number, number, number];

/** Only when the centre is this much smaller than the city, in both directions, does a picture of its own help. */
const smallEnough = 0.3;

/**
 * Where the city is finest cut: the box around most of the smallest quarter of its grids. A big city's centre is a few
 * millimetres on a map of the whole, and that is where most whistles are blown. Undefined when the city has no such place.
 */
export function centreOf(grids: GridFeatures, city: Box): Box | undefined {
  const smallest = grids.features
    .map(grid => ({ area: areaOf(grid.geometry), middle: middleOf(grid.geometry) }))
    .sort((a, b) => a.area - b.area)
    .slice(0, Math.ceil(grids.features.length / 4));
  if (smallest.length < 20) return undefined;
  const [west, east] = spread(smallest.map(grid => grid.middle[0]));
  const [south, north] = spread(smallest.map(grid => grid.middle[1]));
  if (east - west > smallEnough * (city[2] - city[0]) || north - south > smallEnough * (city[3] - city[1])) return undefined;
  return [west, south, east, north];
}

/** Without the outermost tenth on either side. */
function spread(values: number[]): [number, number] {
  values.sort((a, b) => a - b);
  const at = (share: number) => values[Math.round(share * (values.length - 1))]!;
  return [at(0.1), at(0.9)];
}

/** Around all of it; what the shapes say is what is drawn. */
export function boundsOf(features: { features: { geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon }[] }): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of ringsOf(features))
    for (const [x = 0, y = 0] of ring) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  return box;
}

/** Whether a point is in any of the shapes (holes count as outside). */
export function covers(features: { features: { geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon }[] }, x: number, y: number): boolean {
  return features.features.some(({ geometry }) => {
    let inside = false;
    for (const ring of ringsOf({ features: [{ geometry }] }))
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [ax = 0, ay = 0] = ring[i]!;
        const [bx = 0, by = 0] = ring[j]!;
        if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      }
    return inside;
  });
}

function ringsOf(features: { features: { geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon }[] }): GeoJSON.Position[][] {
  return features.features.flatMap(({ geometry }) => (geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()));
}

export function isInside(box: Box, [x, y]: [number, number]): boolean {
  return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
}
