import type { City, Department, DistrictFeatures, GridFeatures, Matter, Subdistrict } from './contract';
import type { Session } from './session';

/** Names, which stay the same while one version of the city pack is in force. */
export interface Names {
  city: City;
  subdistricts: Subdistrict[];
  matters: Matter[];
  departments: Department[];
}

/** Names and shapes; the shapes are large. */
export interface Gazetteer extends Names {
  districts: DistrictFeatures;
  grids: GridFeatures;
}

export async function fetchCity(session: Session): Promise<City> {
  return session.get<City>('/api/v1/city');
}

export async function fetchNames(session: Session): Promise<Names> {
  const [city, subdistricts, matters, departments] = await Promise.all([
    fetchCity(session),
    session.get<Subdistrict[]>('/api/v1/city/subdistricts'),
    session.get<Matter[]>('/api/v1/city/matters'),
    session.get<Department[]>('/api/v1/departments'),
  ]);
  return { city, subdistricts, matters, departments };
}

export async function fetchGazetteer(session: Session): Promise<Gazetteer> {
  const [names, districts, grids] = await Promise.all([
    fetchNames(session),
    session.get<DistrictFeatures>('/api/v1/city/districts.geojson'),
    session.get<GridFeatures>('/api/v1/city/grids.geojson'),
  ]);
  return { ...names, districts, grids };
}
