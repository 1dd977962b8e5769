import { mapColors, standingColors } from './palette';
import { standings, type Standing } from '../screen/standing';

/** Pixels of a symbol's picture; drawn large and shown smaller, so that it is sharp on any wall. */
export const symbolSize = 64;

/** The marks of whistles on the map: each standing has its shape as well as its colour. */
export function drawSymbols(): Map<Standing, ImageData> {
  return new Map(standings.map(standing => [standing, draw(standing)]));
}

/** The same mark for the legend. */
export function symbolCanvas(standing: Standing): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = symbolSize;
  canvas.getContext('2d')!.putImageData(draw(standing), 0, 0);
  return canvas;
}

function draw(standing: Standing): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = symbolSize;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  const middle = symbolSize / 2;
  const color = standingColors[standing];
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
  switch (standing) {
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
    case 'on-spot':
      outline(disc(19));
      context.strokeStyle = mapColors.ground;
      context.lineWidth = 6;
      context.stroke(new Path2D('M-9 0L-2 7L10-7'));
      break;
  }
  return context.getImageData(0, 0, symbolSize, symbolSize);
}
