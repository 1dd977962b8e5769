import type { Text } from '@whistle-actors/live';

// What the pages ask for over HTTP; see the server's contract.

export interface City {
  pack: string;
  packVersion: string;
  name: Text;
  provenance: Text;
  /** IANA name. */
  timeZone: string;
  /** West, south, east, north in degrees WGS-84. */
  bounds: [number, number, number, number];
  occasions: Record<string, Text>;
  levels: Record<string, Text>;
  chains: Record<string, Text>;
  districts: District[];
  subdistricts: number;
  communities: number;
  grids: number;
  departments: number;
}

export interface District {
  code: string;
  name: Text;
  /** Longitude and latitude. */
  seat: [number, number];
}

export interface Subdistrict {
  code: string;
  district: string;
  name: Text;
  kind: string;
}

export interface Matter {
  code: string;
  name: Text;
  category: Text;
}

export interface Department {
  code: string;
  bureau: string;
  name: Text;
  shortName: Text;
  kind: string;
  /** Absent when it serves the whole city. */
  district?: string;
  crews: { code: string; name: Text; size: number }[];
}

export interface SignInAnswer {
  token: string;
  expiresAt: string;
}

/** RFC 9457, with a stable `code` and texts in both languages. */
export interface Problem {
  title: string;
  status: number;
  code: string;
  detail: string;
  detailZh: string;
  /** What would be right. */
  remedy?: string;
  remedyZh?: string;
  /** The single fields at fault. */
  errors?: { pointer: string; code: string; detail: string; detailZh: string }[];
}

/** A grid, as far as the pages read it. */
export interface Grid {
  code: string;
  name: Text;
  communityName: Text;
}

export type GridFeatures = GeoJSON.FeatureCollection<
  GeoJSON.Polygon | GeoJSON.MultiPolygon,
  { code: string; subdistrict: string; community: string; district: string }
>;
export type DistrictFeatures = GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon, { code: string }>;

/** Which crew of a department should go where, and what waits for how long. */
export interface Allocation {
  automatic: boolean;
  crews: CrewStanding[];
  /** `takenFrom`: the lower whistle that an emergency takes the crew from. `onTheSameTrip`: other whistles that wait near by, which the crew could serve after it. */
  assignments: { whistle: string; crew: string; expectedAt: string; inTime: boolean; takenFrom?: string; onTheSameTrip?: string[] }[];
  queue: { whistle: string; expectedAt?: string; inTime: boolean; held?: boolean; substitute?: string }[];
  throttle?: { levels: string[]; until: string; reason: string };
}

export interface CrewStanding {
  crew: string;
  state: 'free' | 'assigned' | 'on-the-way' | 'on-scene' | 'off-duty';
  whistle?: string;
  /** Where it goes from there, in order. */
  then?: string[];
  /** The department that it belongs to, where it is borrowed. */
  from?: string;
}
