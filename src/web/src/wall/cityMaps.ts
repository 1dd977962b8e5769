import type { Gazetteer } from '../api/cityApi';
import type { Translator } from '../i18n';
import { boundsOf, centreOf, covers, isInside } from './centre';
import { byId, setData, setHidden } from '../screen/dom';
import type { MapDrawing } from './mapDrawing';
import type { Entry } from './openWhistles';

/** The map of the city and, where the city's grids crowd, a second one of its centre in the emptiest corner of the first. */
export class CityMaps {
  readonly #maps: MapDrawing[];

  private constructor(maps: MapDrawing[]) {
    this.#maps = maps;
  }

  static async open(gazetteer: Gazetteer, translator: Translator): Promise<CityMaps> {
    const Drawing = hasGraphicsCard(new URLSearchParams(location.search).get('map')) ? (await import('./glMap')).GlMap : (await import('./flatMap')).FlatMap;
    const city = gazetteer.districts.features.length > 0 ? boundsOf(gazetteer.districts) : gazetteer.city.bounds;
    const centre = centreOf(gazetteer.grids, city);
    const inset = byId('centre');
    setHidden(inset, centre === undefined);
    // On small screens the style sheet takes the second map away; then the first one names every district.
    const shown = centre !== undefined && getComputedStyle(inset).display !== 'none';
    const whole = new Drawing(byId('map'), { bounds: city, padding: { top: 1.5, right: 1.5, bottom: 1.5, left: 1.5 }, names: middle => !shown || !isInside(centre, middle), framed: shown ? centre : undefined }, gazetteer, translator);
    if (!shown) return new CityMaps([whole]);
    const corner = emptiestCorner(whole, inset, gazetteer);
    setData(byId('map-panel'), 'centre', corner);
    // The city moves a little away from the inset.
    whole.pad({ top: 1.5, bottom: 1.5, right: corner.endsWith('right') ? 6 : 1, left: corner.endsWith('left') ? 6 : 1 });
    const detail = new Drawing(byId('centre-map'), { bounds: centre, padding: { top: 0, right: 0, bottom: 0, left: 0 }, names: middle => isInside(centre, middle) }, gazetteer, translator);
    return new CityMaps([whole, detail]);
  }

  show(entries: readonly Entry[]): void {
    for (const map of this.#maps) map.show(entries);
  }
}

/**
 * WebGL without a graphics card is drawn by the processor, and takes more of it than the whole rest of the wall; newer browsers do not
 * offer it at all. The plain map is right for both. `?map=webgl` and `?map=plain` decide otherwise.
 */
function hasGraphicsCard(wish: string | null): boolean {
  if (wish === 'webgl' || wish === 'plain') return wish === 'webgl';
  const context = document.createElement('canvas').getContext('webgl2');
  if (context === null) return false;
  // `failIfMajorPerformanceCaveat` would be the way to ask, but not every Chromium honours it for SwiftShader.
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(context.getParameter(info === null ? context.RENDERER : info.UNMASKED_RENDERER_WEBGL));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return !/swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer);
}

/** Of the corners that are free of words, the one where an inset hides the least of the city. */
function emptiestCorner(whole: MapDrawing, inset: HTMLElement, gazetteer: Gazetteer): string {
  const { width, height } = whole.size();
  const w = inset.offsetWidth;
  const h = inset.offsetHeight;
  const corners = [
    { name: 'bottom-right', x: width - w, y: height - h },
    { name: 'top-right', x: width - w, y: 0 },
    { name: 'bottom-left', x: 0, y: height - h },
  ];
  const samples = 12;
  const hidden = ({ x, y }: { x: number; y: number }) => {
    let count = 0;
    for (let i = 0; i < samples * samples; i++) {
      const [lon, lat] = whole.at(x + ((i % samples) + 0.5) * (w / samples), y + (Math.floor(i / samples) + 0.5) * (h / samples));
      if (covers(gazetteer.districts, lon, lat)) count++;
    }
    return count;
  };
  return corners.map(corner => ({ name: corner.name, count: hidden(corner) })).sort((a, b) => a.count - b.count)[0]!.name;
}
