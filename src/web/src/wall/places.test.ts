import { describe, expect, it } from 'vitest';
import { boundsOf, centreOf, covers } from './centre';
import { heaviest } from './loadList';
import { areaOf, middleOf, shortDistrict } from '../screen/places';
import { rateText } from './totals';

const square = (x: number, y: number, side: number): GeoJSON.Polygon => ({
  type: 'Polygon',
  coordinates: [[[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]],
});
const feature = (geometry: GeoJSON.Polygon) => ({ type: 'Feature' as const, geometry, properties: { code: '', subdistrict: '', community: '', district: '' } });

describe('places', () => {
  it('find the middle of a shape, of the largest when there are several', () => {
    expect(middleOf(square(116, 39, 2))).toEqual([117, 40]);
    expect(middleOf({ type: 'MultiPolygon', coordinates: [square(0, 0, 1).coordinates, square(10, 10, 4).coordinates] })).toEqual([12, 12]);
    expect(areaOf(square(116, 39, 2))).toBeCloseTo(4);
  });

  it('tell the bounds and what lies inside', () => {
    const shapes = { features: [feature(square(0, 0, 2)), feature(square(5, 5, 1))] };
    expect(boundsOf(shapes)).toEqual([0, 0, 6, 6]);
    expect(covers(shapes, 1, 1)).toBe(true);
    expect(covers(shapes, 4, 4)).toBe(false);
  });

  it('find the centre where the grids are small, and none in an even city', () => {
    const coarse = Array.from({ length: 90 }, (_, i) => feature(square(i % 10, Math.floor(i / 10), 1)));
    const fine = Array.from({ length: 100 }, (_, i) => feature(square(4 + (i % 10) / 10, 4 + Math.floor(i / 10) / 10, 0.1)));
    const [west, south, east, north] = centreOf({ type: 'FeatureCollection', features: [...coarse, ...fine] }, [0, 0, 10, 9])!;
    expect(Math.min(west, south)).toBeGreaterThanOrEqual(4);
    expect(Math.max(east, north)).toBeLessThanOrEqual(5);
    expect(centreOf({ type: 'FeatureCollection', features: coarse }, [0, 0, 10, 9])).toBeUndefined();
  });

  it('shorten English district names only', () => {
    expect([shortDistrict('Dongcheng District'), shortDistrict('东城区'), shortDistrict('Bronx')]).toEqual(['Dongcheng', '东城区', 'Bronx']);
  });
});

describe('numbers', () => {
  it('put the department with the most open summonses for each crew first', () => {
    const load = (department: string, open: number, crews: number, overdue = 0) => ({
      department, open, crews, overdue, version: 1, summoned: 0, signed: 0, departed: 0, checkedIn: 0, reported: 0, committed: 0,
    });
    const top = heaviest([load('idle', 0, 1), load('big', 20, 10), load('small', 6, 2), load('none', 2, 0), load('tied', 20, 10, 3)], 4);
    expect(top.map(l => l.department)).toEqual(['none', 'small', 'tied', 'big']);
  });

  it('do not round a missed check-in away', () => {
    expect([rateText(100), rateText(99.97), rateText(90.66), rateText(0.01), rateText(0)]).toEqual(['100', '99.9', '90.7', '0.1', '0']);
  });
});
