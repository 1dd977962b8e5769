import type { City, Department, DistrictFeatures, GridFeatures, Matter, Subdistrict } from './contract';
import type { Session } from './session';

/** What stays the same while one version of the city pack is in force. */
export interface Gazetteer {
  city: City;
  districts: DistrictFeatures;
  grids: GridFeatures;
  subdistricts: Subdistrict[];
  matters: Matter[];
  departments: Department[];
}

export async function fetchCity(session: Session): Promise<City> {
  return session.get<City>('/api/v1/city');
}

export async function fetchGazetteer(session: Session): Promise<Gazetteer> {
  const [city, districts, grids, subdistricts, matters, departments] = await Promise.all([
    fetchCity(session),
    session.get<DistrictFeatures>('/api/v1/city/districts.geojson'),
    session.get<GridFeatures>('/api/v1/city/grids.geojson'),
    session.get<Subdistrict[]>('/api/v1/city/subdistricts'),
    session.get<Matter[]>('/api/v1/city/matters'),
    session.get<Department[]>('/api/v1/departments'),
  ]);
  return { city, districts, grids, subdistricts, matters, departments };
}
