import type { Gazetteer } from '../api/cityApi';
import type { Translator } from '../i18n';
import { isInside, type Box } from './centre';
import { element, setText } from './dom';
import { crowding, levelSizes, makeLabel, pictureOf, sortOut, symbolOf, wallScale, type DistrictLabel, type MapDrawing, type MapPicture, type MapView } from './mapDrawing';
import { symbolCanvas, symbols, type Symbol } from './mapSymbols';
import type { Entry } from './openWhistles';
import { gridOpacities, mapColors, standingColors, districtOpacities } from './palette';
import { middleOf, shortDistrict } from './places';
import { standings, type Standing } from './standing';

interface Fit {
  scale: number;
  left: number;
  top: number;
}

type Shape = GeoJSON.Polygon | GeoJSON.MultiPolygon;

/** The same map on a plain canvas, for machines whose browser has no WebGL. It cannot be moved. */
export class FlatMap implements MapDrawing {
  readonly #container: HTMLElement;
  readonly #canvas = element('canvas', 'flat-map');
  /** The empty city, drawn once for each size. */
  readonly #ground = element('canvas');
  readonly #view: MapView;
  readonly #grids: Map<string, Shape>;
  readonly #districts: Map<string, Shape>;
  readonly #labels = new Map<string, DistrictLabel>();
  readonly #symbols = new Map<Symbol, HTMLCanvasElement>(symbols.map(symbol => [symbol, symbolCanvas(symbol)]));
  #picture: MapPicture = pictureOf([]);
  #resizing = false;
  /** Asking the page for sizes is dear, and thousands of marks ask. */
  #fitted: Fit | undefined;

  constructor(container: HTMLElement, view: MapView, gazetteer: Gazetteer, translator: Translator) {
    this.#container = container;
    this.#view = view;
    this.#grids = new Map(gazetteer.grids.features.map(grid => [grid.properties.code, grid.geometry]));
    this.#districts = new Map(gazetteer.districts.features.map(district => [district.properties.code, district.geometry]));
    container.append(this.#canvas);
    for (const { code, name } of gazetteer.city.districts) {
      const shape = this.#districts.get(code);
      const middle = shape && middleOf(shape);
      if (middle === undefined || !view.names(middle)) continue;
      const label = makeLabel(shortDistrict(translator.text(name)), middle);
      this.#labels.set(code, label);
      container.append(label.root);
    }
    // Tells the first size too. The empty city takes a while to draw, so it is drawn once for all that changed in a moment.
    new ResizeObserver(() => this.#resizeSoon()).observe(container);
  }

  show(entries: readonly Entry[]): void {
    this.#picture = pictureOf(entries);
    if (!this.#resizing) this.#draw();
  }

  size(): { width: number; height: number } {
    return { width: this.#container.clientWidth, height: this.#container.clientHeight };
  }

  at(x: number, y: number): [number, number] {
    const { scale, left, top } = this.#fit();
    return [(x - left) / scale, unmercator((top - y) / scale)];
  }

  pad(padding: MapView['padding']): void {
    this.#view.padding = padding;
    this.#resizeSoon();
  }

  /** Pixels for a degree of longitude, and where longitude 0 and the equator would be. */
  #fit(): Fit {
    if (this.#fitted !== undefined) return this.#fitted;
    const { width, height } = this.size();
    const rem = 16 * wallScale();
    const { top, right, bottom, left } = this.#view.padding;
    const [west, south, east, north] = this.#view.bounds;
    const w = width - (left + right) * rem;
    const h = height - (top + bottom) * rem;
    const scale = Math.max(1e-6, Math.min(w / (east - west), h / (mercator(north) - mercator(south))));
    this.#fitted = {
      scale,
      left: left * rem + w / 2 - (scale * (west + east)) / 2,
      top: top * rem + h / 2 + (scale * (mercator(north) + mercator(south))) / 2,
    };
    return this.#fitted;
  }

  #project([lon, lat]: [number, number]): { x: number; y: number } {
    const { scale, left, top } = this.#fit();
    return { x: left + scale * lon, y: top - scale * mercator(lat) };
  }

  #resizeSoon(): void {
    this.#fitted = undefined;
    if (this.#resizing) return;
    this.#resizing = true;
    setTimeout(() => {
      this.#resizing = false;
      this.#resize();
    });
  }

  #resize(): void {
    const { width, height } = this.size();
    if (width === 0 || height === 0) return;
    for (const canvas of [this.#canvas, this.#ground]) {
      canvas.width = Math.round(width * devicePixelRatio);
      canvas.height = Math.round(height * devicePixelRatio);
    }
    const context = this.#ground.getContext('2d')!;
    context.scale(devicePixelRatio, devicePixelRatio);
    const districts = this.#path(this.#districts.values());
    context.fillStyle = mapColors.land;
    context.fill(districts, 'evenodd');
    context.strokeStyle = mapColors.gridLine;
    context.lineWidth = 0.5;
    context.stroke(this.#path(this.#grids.values()));
    context.strokeStyle = mapColors.districtLine;
    context.lineWidth = 1.4 * wallScale();
    context.lineJoin = 'round';
    context.stroke(districts);
    if (this.#view.framed !== undefined) this.#frame(context, this.#view.framed);
    this.#draw();
  }

  #draw(): void {
    const { width, height } = this.size();
    if (this.#ground.width === 0 || this.#ground.height === 0) return;
    const { grids, districts, counts, marks, alarms } = this.#picture;
    const context = this.#canvas.getContext('2d')!;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.drawImage(this.#ground, 0, 0, width, height);
    for (const standing of standings) {
      context.fillStyle = standingColors[standing];
      context.globalAlpha = districtOpacities[standing];
      context.fill(this.#path(shapesOf(districts, standing, this.#districts)));
      context.globalAlpha = gridOpacities[standing];
      context.fill(this.#path(shapesOf(grids, standing, this.#grids)));
    }
    context.globalAlpha = 1;

    const unit = 20 * wallScale() * crowding(marks.filter(mark => isInside(this.#view.bounds, mark.point)).length);
    for (const { point, standing, whistle } of alarms) {
      const { x, y } = this.#project(point);
      context.strokeStyle = standingColors[standing];
      context.lineWidth = 1.5 * wallScale();
      context.beginPath();
      context.arc(x, y, unit * levelSizes[whistle.level], 0, 2 * Math.PI);
      context.stroke();
    }
    // Exercises first and then the best, so that the worst lie on top and nothing real is hidden.
    for (const symbol of [...symbols].reverse())
      for (const mark of marks) {
        if (symbolOf(mark) !== symbol) continue;
        const { x, y } = this.#project(mark.point);
        const side = unit * levelSizes[mark.whistle.level];
        context.globalAlpha = mark.whistle.stage === 'open' ? 1 : 0.35;
        context.drawImage(this.#symbols.get(symbol)!, x - side / 2, y - side / 2, side, side);
      }
    context.globalAlpha = 1;

    for (const [code, label] of this.#labels) {
      const count = counts.get(code) ?? 0;
      setText(label.count, count === 0 ? '' : String(count));
      label.root.dataset['standing'] = districts.get(code) ?? '';
    }
    sortOut(
      this.#labels.values(),
      place => this.#project(place),
      (label, down) => {
        const { x, y } = this.#project(label.place);
        label.root.style.transform = `translate(-50%, -50%) translate(${x.toFixed(1)}px, ${(y + down).toFixed(1)}px)`;
      },
    );
  }

  #frame(context: CanvasRenderingContext2D, [west, south, east, north]: Box): void {
    const a = this.#project([west, north]);
    const b = this.#project([east, south]);
    context.strokeStyle = mapColors.frame;
    context.setLineDash([4, 3]);
    context.strokeRect(a.x, a.y, b.x - a.x, b.y - a.y);
    context.setLineDash([]);
  }

  /** What lies outside of the map is left out: the map of the centre sees a fifth of the grids. */
  #path(shapes: Iterable<Shape>): Path2D {
    const { scale, left, top } = this.#fit();
    const [west, north] = this.at(0, 0);
    const { width, height } = this.size();
    const [east, south] = this.at(width, height);
    const outside = (ring: GeoJSON.Position[]) =>
      ring.every(([lon = 0]) => lon < west) || ring.every(([lon = 0]) => lon > east) || ring.every(([, lat = 0]) => lat < south) || ring.every(([, lat = 0]) => lat > north);
    const path = new Path2D();
    for (const shape of shapes)
      for (const polygon of shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates)
        for (const ring of polygon) {
          if (outside(ring)) continue;
          ring.forEach(([lon = 0, lat = 0], i) => {
            const x = left + scale * lon;
            const y = top - scale * mercator(lat);
            if (i === 0) path.moveTo(x, y);
            else path.lineTo(x, y);
          });
          path.closePath();
        }
    return path;
  }
}

function* shapesOf(places: Map<string, Standing>, standing: Standing, shapes: Map<string, Shape>): Iterable<Shape> {
  for (const [code, its] of places) {
    const shape = its === standing ? shapes.get(code) : undefined;
    if (shape !== undefined) yield shape;
  }
}

/** Web Mercator, in degrees, so that both maps have the same shape. */
function mercator(lat: number): number {
  return (Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) * 180) / Math.PI;
}

function unmercator(y: number): number {
  return (Math.atan(Math.exp((y * Math.PI) / 180)) * 360) / Math.PI - 90;
}
