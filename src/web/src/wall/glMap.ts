import 'maplibre-gl/dist/maplibre-gl.css';
import { Map as MapLibre, Marker, setWorkerUrl, type ExpressionSpecification, type GeoJSONSource, type PaddingOptions } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { Gazetteer } from '../api/cityApi';
import type { Translator } from '../i18n';
import { isInside, type Box } from './centre';
import { element, setText } from './dom';
import { crowding, levelSizes, makeLabel, pictureOf, sortOut, symbolOf, wallScale, type DistrictLabel, type MapDrawing, type MapPicture, type MapView } from './mapDrawing';
import { drawSymbols, symbolSize } from './mapSymbols';
import type { Entry } from './openWhistles';
import { districtOpacities, gridOpacities, mapColors, standingColors } from './palette';
import { middleOf, shortDistrict } from './places';
import { isExercise, standings, type Standing } from './standing';

/** Who zoomed in and went away leaves a wall that shows a corner of the city. */
const backToCityAfter = 60_000;

const levelSize: ExpressionSpecification = ['match', ['get', 'level'], 'emergency', levelSizes.emergency, 'campaign', levelSizes.campaign, levelSizes.daily];
const byStanding = (values: Record<Standing, string | number>, otherwise: string | number) =>
  ['match', ['feature-state', 'standing'], ...standings.flatMap(standing => [standing, values[standing]]), otherwise] as unknown as ExpressionSpecification;

interface GlLabel extends DistrictLabel {
  marker: Marker;
}

/** The city's districts and grids in the colour of their worst open whistle, and a mark where each whistle was blown. */
export class GlMap implements MapDrawing {
  readonly #map: MapLibre;
  readonly #view: MapView;
  readonly #gridStandings = new Map<string, Standing>();
  readonly #districtStandings = new Map<string, Standing>();
  readonly #labels = new Map<string, GlLabel>();
  readonly #pulses: { marker: Marker; root: HTMLElement; shown: boolean }[] = [];
  #crowd = 1;
  #ready = false;
  #waiting: readonly Entry[] | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(container: HTMLElement, view: MapView, gazetteer: Gazetteer, translator: Translator) {
    setWorkerUrl(workerUrl);
    this.#view = view;
    this.#map = new MapLibre({
      container,
      style: { version: 8, sources: {}, layers: [{ id: 'ground', type: 'background', paint: { 'background-color': mapColors.ground } }] },
      bounds: view.bounds,
      fitBoundsOptions: { padding: this.#padding() },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      keyboard: false,
      fadeDuration: 0,
      maxZoom: 16,
      locale: { 'Map.Title': translator.say('map') },
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.on('load', () => this.#build(gazetteer, translator));
    this.#map.on('move', () => this.#sortOutLabels());
    for (const begin of ['dragstart', 'zoomstart'] as const)
      this.#map.on(begin, event => {
        if (event.originalEvent !== undefined) this.#backToCityLater();
      });
    // The map keeps its own size; after a change of the page's size the whole city is to be seen again.
    new ResizeObserver(() => this.#showCity(false)).observe(container);
  }

  size(): { width: number; height: number } {
    const { clientWidth, clientHeight } = this.#map.getContainer();
    return { width: clientWidth, height: clientHeight };
  }

  pad(padding: MapView['padding']): void {
    this.#view.padding = padding;
    this.#showCity(false);
  }

  at(x: number, y: number): [number, number] {
    return this.#map.unproject([x, y]).toArray();
  }

  show(entries: readonly Entry[]): void {
    if (!this.#ready) {
      this.#waiting = entries;
      return;
    }
    const { grids, districts, counts, marks, alarms } = pictureOf(entries);
    const features = marks.map(({ whistle, standing, point }): GeoJSON.Feature<GeoJSON.Point> => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: point },
      properties: { symbol: symbolOf({ whistle, standing }), standing, level: whistle.level, open: whistle.stage === 'open', order: isExercise(whistle) ? 0 : standings.length - standings.indexOf(standing) + (whistle.level === 'emergency' ? 0.5 : 0) },
    }));
    this.#paint('grids', this.#gridStandings, grids);
    this.#paint('districts', this.#districtStandings, districts);
    (this.#map.getSource('whistles') as GeoJSONSource).setData({ type: 'FeatureCollection', features });
    this.#pulse(alarms);
    const crowd = crowding(marks.filter(mark => isInside(this.#view.bounds, mark.point)).length);
    if (crowd !== this.#crowd) {
      this.#crowd = crowd;
      this.#map.setLayoutProperty('whistle', 'icon-size', this.#iconSize());
    }
    for (const [code, label] of this.#labels) {
      const count = counts.get(code) ?? 0;
      setText(label.count, count === 0 ? '' : String(count));
      label.root.dataset['standing'] = districts.get(code) ?? '';
    }
    this.#sortOutLabels();
  }

  #build(gazetteer: Gazetteer, translator: Translator): void {
    const map = this.#map;
    for (const [symbol, image] of drawSymbols()) map.addImage(symbol, image, { pixelRatio: 2 });
    // In the order of their importance: on a weak machine thousands of grids take seconds.
    map.addSource('whistles', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
    map.addSource('districts', { type: 'geojson', data: gazetteer.districts, promoteId: 'code', tolerance: 0.2 });
    map.addSource('grids', { type: 'geojson', data: gazetteer.grids, promoteId: 'code', tolerance: 0.2 });

    map.addLayer({ id: 'land', type: 'fill', source: 'districts', paint: { 'fill-color': mapColors.land } });
    map.addLayer({
      id: 'district-tint',
      type: 'fill',
      source: 'districts',
      paint: {
        'fill-color': byStanding(standingColors, mapColors.land),
        'fill-opacity': byStanding(districtOpacities, 0),
      },
    });
    map.addLayer({
      id: 'grid-fill',
      type: 'fill',
      source: 'grids',
      paint: {
        'fill-color': byStanding(standingColors, mapColors.land),
        'fill-opacity': byStanding(gridOpacities, 0),
      },
    });
    map.addLayer({
      id: 'grid-line',
      type: 'line',
      source: 'grids',
      paint: { 'line-color': mapColors.gridLine, 'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.5, 12, 1], 'line-opacity': ['interpolate', ['linear'], ['zoom'], 8, 0.75, 11, 1] },
    });
    map.addLayer({ id: 'district-line', type: 'line', source: 'districts', layout: { 'line-join': 'round' }, paint: { 'line-color': mapColors.districtLine, 'line-width': 1.4 * wallScale() } });
    if (this.#view.framed !== undefined) {
      map.addSource('framed', { type: 'geojson', data: outlineOf(this.#view.framed) });
      map.addLayer({ id: 'framed', type: 'line', source: 'framed', paint: { 'line-color': mapColors.frame, 'line-width': 1.4 * wallScale(), 'line-dasharray': [3, 2] } });
    }
    map.addLayer({
      id: 'whistle',
      type: 'symbol',
      source: 'whistles',
      layout: {
        'icon-image': ['get', 'symbol'],
        'icon-size': this.#iconSize(),
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': ['get', 'order'],
      },
      paint: { 'icon-opacity': ['case', ['!', ['get', 'open']], 0.35, ['==', ['get', 'standing'], 'on-spot'], 0.8, 1] },
    });

    for (const feature of gazetteer.districts.features) {
      const district = gazetteer.city.districts.find(d => d.code === feature.properties.code);
      const middle = middleOf(feature.geometry);
      if (district === undefined || !this.#view.names(middle)) continue;
      const label = makeLabel(shortDistrict(translator.text(district.name)), middle);
      const marker = new Marker({ element: label.root, anchor: 'center' }).setLngLat(middle).addTo(map);
      // The library takes every marker for a button.
      label.root.removeAttribute('role');
      label.root.removeAttribute('aria-label');
      this.#labels.set(district.code, { ...label, marker });
    }
    this.#ready = true;
    if (this.#waiting !== undefined) this.show(this.#waiting);
    this.#waiting = undefined;
  }

  #paint(source: string, before: Map<string, Standing>, now: Map<string, Standing>): void {
    for (const id of before.keys())
      if (!now.has(id)) {
        this.#map.removeFeatureState({ source, id });
        before.delete(id);
      }
    for (const [id, standing] of now) {
      if (before.get(id) === standing) continue;
      this.#map.setFeatureState({ source, id }, { standing });
      before.set(id, standing);
    }
  }

  #pulse(alarms: MapPicture['alarms']): void {
    alarms.forEach((entry, i) => {
      let pulse = this.#pulses[i];
      if (pulse === undefined) {
        const root = element('div', 'pulse', element('i'));
        pulse = { root, marker: new Marker({ element: root, anchor: 'center' }), shown: false };
        this.#pulses.push(pulse);
      }
      const at = pulse.marker.getLngLat() as { lng: number; lat: number } | undefined;
      if (at === undefined || at.lng !== entry.point[0] || at.lat !== entry.point[1]) pulse.marker.setLngLat(entry.point);
      if (!pulse.shown) {
        pulse.marker.addTo(this.#map);
        pulse.root.removeAttribute('role');
        pulse.root.removeAttribute('aria-label');
        pulse.root.setAttribute('aria-hidden', 'true');
        pulse.shown = true;
      }
      pulse.root.dataset['standing'] = entry.standing;
      pulse.root.dataset['level'] = entry.whistle.level;
    });
    for (const pulse of this.#pulses.slice(alarms.length))
      if (pulse.shown) {
        pulse.marker.remove();
        pulse.shown = false;
      }
  }

  #sortOutLabels(): void {
    sortOut(
      this.#labels.values(),
      place => this.#map.project(place),
      (label, down) => {
        if (label.marker.getOffset().y !== down) label.marker.setOffset([0, down]);
      },
    );
  }

  #showCity(slowly: boolean): void {
    this.#map.resize();
    this.#map.fitBounds(this.#view.bounds, { padding: this.#padding(), animate: slowly });
    if (!this.#ready) return;
    this.#map.setLayoutProperty('whistle', 'icon-size', this.#iconSize());
    this.#map.setPaintProperty('district-line', 'line-width', 1.4 * wallScale());
  }

  #backToCityLater(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#showCity(true), backToCityAfter);
  }

  #iconSize(): ExpressionSpecification {
    // 20 pixels of a 1080p wall for the size that counts as one; the picture is twice as dense as it is shown.
    const unit = (20 * wallScale() * this.#crowd) / (symbolSize / 2);
    return ['interpolate', ['linear'], ['zoom'], 8, ['*', unit, levelSize], 13, ['*', 1.8 * unit, levelSize]];
  }

  #padding(): PaddingOptions {
    const rem = 16 * wallScale();
    const { top, right, bottom, left } = this.#view.padding;
    return { top: top * rem, right: right * rem, bottom: bottom * rem, left: left * rem };
  }
}

function outlineOf([west, south, east, north]: Box): GeoJSON.Feature<GeoJSON.LineString> {
  const coordinates = [[west, south], [east, south], [east, north], [west, north], [west, south]];
  return { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } };
}
