import { exerciseColor, mapColors, standingColors } from './palette';
import { standings, type Standing } from './standing';

/** Pixels of a symbol's picture; drawn large and shown smaller, so that it is sharp on any wall. */
export const symbolSize = 64;

/** What a mark on the map says: how a whistle stands, or that it is an exercise. */
export type Symbol = Standing | 'exercise';
export const symbols: readonly Symbol[] = [...standings, 'exercise'];

/** The marks of whistles on the map: each has its shape as well as its colour. */
export function drawSymbols(): Map<Symbol, ImageData> {
  return new Map(symbols.map(symbol => [symbol, draw(symbol)]));
}

/** The same mark for the legend. */
export function symbolCanvas(symbol: Symbol): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = symbolSize;
  canvas.getContext('2d')!.putImageData(draw(symbol), 0, 0);
  return canvas;
}

function draw(symbol: Symbol): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = symbolSize;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  const middle = symbolSize / 2;
  const color = symbol === 'exercise' ? exerciseColor : standingColors[symbol];
  context.translate(middle, middle);
  context.lineJoin = 'round';
  context.strokeStyle = mapColors.ground;
  context.fillStyle = color;

  const outline = (path: Path2D) => {
    context.lineWidth = 7;
    context.stroke(path);
    context.fill(path);
  };
  const disc = (radius: number) => {
    const path = new Path2D();
    path.arc(0, 0, radius, 0, 2 * Math.PI);
    return path;
  };
  switch (symbol) {
    case 'overdue':
      outline(new Path2D('M0-26L26 20H-26z'));
      context.fillStyle = mapColors.ground;
      context.fill(new Path2D('M-3.5-11H3.5L2 7H-2zM-3 10H3V16H-3z'));
      break;
    case 'due':
      outline(new Path2D('M0-25L25 0L0 25L-25 0z'));
      break;
    case 'called':
      outline(disc(21));
      context.fillStyle = mapColors.ground;
      context.fill(disc(12));
      break;
    case 'under-way':
      outline(disc(21));
      context.fillStyle = mapColors.ground;
      context.fill(new Path2D('M-12-4H0V-12L13 0L0 12V4H-12z'));
      break;
    case 'exercise': {
      // A hatched square: nothing else on the map has corners all round and stripes.
      const square = new Path2D('M-22-22H22V22H-22z');
      outline(square);
      context.save();
      context.clip(square);
      context.lineWidth = 7;
      for (const shift of [-36, -18, 0, 18, 36]) context.stroke(new Path2D(`M${shift - 24} 24L${shift + 24}-24`));
      context.restore();
      context.strokeStyle = color;
      context.lineWidth = 5;
      context.stroke(new Path2D('M-20-20H20V20H-20z'));
      break;
    }
    case 'on-spot':
      outline(disc(19));
      context.strokeStyle = mapColors.ground;
      context.lineWidth = 6;
      context.stroke(new Path2D('M-9 0L-2 7L10-7'));
      break;
  }
  return context.getImageData(0, 0, symbolSize, symbolSize);
}
