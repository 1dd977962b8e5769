import { describe, expect, it } from 'vitest';
import { measurePosition } from './position';

type Success = (position: GeolocationPosition) => void;
type Failure = (error: GeolocationPositionError) => void;
const device = (measure: (success: Success, failure: Failure) => void) => ({ getCurrentPosition: measure }) as unknown as Geolocation;
const coords = { longitude: 116.4, latitude: 39.9, accuracy: 12.4 };

describe('a measured position', () => {
  it('tells its time by the server\'s clock, however wrong the device\'s is', async () => {
    const server = Date.parse('2026-01-01T08:00:00Z');
    const fix = await measurePosition(() => server, device(success => success({ coords, timestamp: Date.now() - 3_000 } as GeolocationPosition)));
    expect(fix).toMatchObject({ lon: 116.4, lat: 39.9, datum: 'wgs84', accuracyMetres: 12 });
    expect(server - Date.parse((fix as { measuredAt: string }).measuredAt)).toBeGreaterThanOrEqual(3_000);
    expect(server - Date.parse((fix as { measuredAt: string }).measuredAt)).toBeLessThan(4_000);
  });

  it('is never of the future', async () => {
    const fix = await measurePosition(() => 1_000, device(success => success({ coords, timestamp: Date.now() + 60_000 } as GeolocationPosition)));
    expect((fix as { measuredAt: string }).measuredAt).toBe(new Date(1_000).toISOString());
  });

  it('that cannot be had says why', async () => {
    const fails = (code: number) => measurePosition(() => 0, device((_, failure) => failure({ code, PERMISSION_DENIED: 1, POSITION_UNAVAILABLE: 2, TIMEOUT: 3 } as GeolocationPositionError)));
    expect([await fails(1), await fails(2), await fails(3)]).toEqual(['denied', 'unavailable', 'timeout']);
    expect(await measurePosition(() => 0, undefined)).toBe('unsupported');
  });
});
