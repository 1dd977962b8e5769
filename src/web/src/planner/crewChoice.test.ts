import { describe, expect, it } from 'vitest';
import type { Lender, ScenarioDetail } from './contract';
import { found, moveAt, targets } from './crewChoice';

const districts = new Map([['1', '东城区'], ['2', '西城区']]);
const lender = (code: string, bureau: string, district: string, crews: number): Lender => ({
  code, bureau, district,
  name: { zh: `${bureau}局`, en: `${bureau} bureau` }, shortName: { zh: bureau, en: bureau },
  crews: Array.from({ length: crews }, (_, i) => ({ code: `${code}-${i + 1}`, name: { zh: `第${i + 1}组`, en: `Crew ${i + 1}` }, size: 4 })),
});
const planned = (code: string, bureau: string, district: string) => ({ code, bureau, district, name: { zh: code, en: code }, shortName: { zh: code, en: code }, crews: 1, summonses: 9 });
const detail = {
  departments: [planned('1-water', 'water', '1'), planned('1-roads', 'roads', '1')],
  crews: [lender('1-water', 'water', '1', 40), lender('1-roads', 'roads', '1', 30), lender('2-roads', 'roads', '2', 3)],
  places: [{ code: '201', name: { zh: '乙', en: 'B' }, district: '2', whistles: 9 }, { code: '101', name: { zh: '甲', en: 'A' }, district: '1', whistles: 3 }],
} as unknown as ScenarioDetail;
const codes = (text: string) => found(detail, districts, text).groups.flatMap(({ crews }) => crews.map(({ code }) => code));

describe('crews to choose from', () => {
  it('are department by department, and no more than can be looked through; it is said how many there are beyond', () => {
    const { groups, more } = found(detail, districts, '');
    expect(groups.map(({ lender: { code }, crews }) => [code, crews.length])).toEqual([['1-water', 40], ['1-roads', 20]]);
    expect(more).toBe(13);
  });

  it('are found by words of either language, of the district, or by their code, whatever is not shown of all', () => {
    expect(codes('西城 roads')).toEqual(['2-roads-1', '2-roads-2', '2-roads-3']);
    expect(codes('roads局 第3组')).toEqual(['1-roads-3', '2-roads-3']);
    expect(codes(' 2-ROADS-2 ')).toEqual(['2-roads-2']);
    expect(found(detail, districts, '消防')).toEqual({ groups: [], more: 0 });
  });

  it('go where the server lets them, to their own bureau and in their own district first', () => {
    const [water, , elsewhere] = detail.crews as [Lender, Lender, Lender];
    expect(targets(detail, water).borrowers.map(({ code }) => code)).toEqual(['1-roads']);
    expect(targets(detail, elsewhere).borrowers.map(({ code }) => code)).toEqual(['1-roads', '1-water']);
    expect(targets(detail, water).places.map(({ code }) => code)).toEqual(['101', '201']);
    expect(targets(detail, elsewhere).places.map(({ code }) => code)).toEqual(['201', '101']);
  });
});

it('a fault of the server’s is about the posting or the loan to which it points', () => {
  expect(moveAt('/against/changes/loans/12/to')).toEqual({ list: 'loans', index: 12 });
  expect(moveAt('/changes/postings/0/crew')).toEqual({ list: 'postings', index: 0 });
  expect(moveAt('/changes/crews/0/count')).toBeUndefined();
  expect(moveAt('/plan/loans/0/to')).toBeUndefined();
});
