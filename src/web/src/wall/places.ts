import type { Gazetteer } from '../api/cityApi';
import type { Department, District, Matter, Subdistrict } from '../api/contract';
import type { Translator } from '../i18n';
import type { Whistle } from '@whistle-actors/live';

/** Names by code, and where the grids are. A code that the city pack does not know is shown as it is. */
export class Places {
  readonly #translator: Translator;
  readonly #districts: Map<string, District>;
  readonly #subdistricts: Map<string, Subdistrict>;
  readonly #matters: Map<string, Matter>;
  readonly #departments: Map<string, Department>;
  readonly #gridPoints: Map<string, [number, number]>;

  constructor(gazetteer: Gazetteer, translator: Translator) {
    this.#translator = translator;
    this.#districts = new Map(gazetteer.city.districts.map(district => [district.code, district]));
    this.#subdistricts = new Map(gazetteer.subdistricts.map(subdistrict => [subdistrict.code, subdistrict]));
    this.#matters = new Map(gazetteer.matters.map(matter => [matter.code, matter]));
    this.#departments = new Map(gazetteer.departments.map(department => [department.code, department]));
    this.#gridPoints = new Map(gazetteer.grids.features.map(grid => [grid.properties.code, middleOf(grid.geometry)]));
  }

  district(code: string | undefined): string {
    const district = code === undefined ? undefined : this.#districts.get(code);
    return district === undefined ? (code ?? '') : shortDistrict(this.#translator.text(district.name));
  }

  subdistrict(code: string): string {
    const subdistrict = this.#subdistricts.get(code);
    return subdistrict === undefined ? code : this.#translator.text(subdistrict.name);
  }

  matter(code: string): string {
    const matter = this.#matters.get(code);
    return matter === undefined ? this.#translator.say('unknownMatter', { code }) : this.#translator.text(matter.name);
  }

  /** Of a department, or of a subdistrict that a department called. */
  departmentShort(code: string): string {
    const department = this.#departments.get(code);
    return department === undefined ? this.subdistrict(code) : this.#translator.text(department.shortName);
  }

  departmentName(code: string): string {
    const department = this.#departments.get(code);
    return department === undefined ? this.subdistrict(code) : this.#translator.text(department.name);
  }

  /** The district that a department serves; empty when it serves the whole city. */
  departmentDistrict(code: string): string {
    const district = this.#departments.get(code)?.district;
    return district === undefined ? '' : this.district(district);
  }

  /** The exact spot, or a point in the grid, or nothing when the grid is not of this city pack. */
  pointOf(whistle: Whistle): [number, number] | undefined {
    if (whistle.place !== undefined) return [whistle.place.lon, whistle.place.lat];
    return this.#gridPoints.get(whistle.grid);
  }
}

/** English names repeat the word that everybody on the wall knows anyway; Chinese names need their last character. */
export function shortDistrict(name: string): string {
  return name.replace(/ District$/, '');
}

/** Centroid of the largest part; good enough to stand a marker on. */
export function middleOf(geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon): [number, number] {
  return largestPart(geometry).middle;
}

/** Of the largest part, in square degrees: to compare neighbours by, not to measure. */
export function areaOf(geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon): number {
  return largestPart(geometry).area;
}

function largestPart(geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon): { area: number; middle: [number, number] } {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  let largest: { area: number; middle: [number, number] } = { area: -1, middle: [0, 0] };
  for (const polygon of polygons) {
    const ring = polygon[0];
    if (ring === undefined || ring.length < 3) continue;
    // Relative to the first corner, or the products of large numbers would eat the digits of a small grid.
    const [x0 = 0, y0 = 0] = ring[0]!;
    let twice = 0;
    let x = 0;
    let y = 0;
    for (let i = 0; i < ring.length - 1; i++) {
      const [ax = 0, ay = 0] = ring[i]!;
      const [bx = 0, by = 0] = ring[i + 1]!;
      const cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
      twice += cross;
      x += (ax + bx - 2 * x0) * cross;
      y += (ay + by - 2 * y0) * cross;
    }
    const area = Math.abs(twice) / 2;
    if (area <= largest.area) continue;
    largest = { area, middle: twice === 0 ? [x0, y0] : [x0 + x / (3 * twice), y0 + y / (3 * twice)] };
  }
  return largest;
}
