/** Where this device is, as a check-in states it. */
export interface Fix {
  lon: number;
  lat: number;
  datum: 'wgs84';
  accuracyMetres: number;
  measuredAt: string;
}

export type NoFix = 'denied' | 'unavailable' | 'timeout' | 'unsupported';

/** Measures anew; browsers give WGS-84. The device's clock may be wrong, so the age of the measurement is taken off the server's time. */
export function measurePosition(serverNow: () => number, geolocation: Geolocation | undefined): Promise<Fix | NoFix> {
  if (geolocation === undefined) return Promise.resolve('unsupported');
  return new Promise(resolve =>
    geolocation.getCurrentPosition(
      ({ coords, timestamp }) =>
        resolve({
          lon: coords.longitude,
          lat: coords.latitude,
          datum: 'wgs84',
          accuracyMetres: Math.round(coords.accuracy),
          measuredAt: new Date(serverNow() - Math.max(0, Date.now() - timestamp)).toISOString(),
        }),
      error => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : error.code === error.TIMEOUT ? 'timeout' : 'unavailable'),
      { enableHighAccuracy: true, maximumAge: 0, timeout: 20_000 },
    ),
  );
}
