import type { SummonsState } from '@whistle-actors/live';

/** Each state has its own shape, so that marks can be told apart without colour. */
export type Sign = SummonsState | 'overdue' | 'late' | 'notified';

// 16 by 16; `line` is stroked, `solid` is filled.
const shapes: Record<Sign, { line?: string; solid?: string }> = {
  summoned: { line: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11z' },
  signed: { line: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11z', solid: 'M8 2.5a5.5 5.5 0 0 0 0 11z' },
  departed: { solid: 'M1.5 5.6h6V2l7 6-7 6v-3.6h-6z' },
  'checked-in': { solid: 'M8 .8a5.3 5.3 0 0 0-5.3 5.3c0 3.9 5.3 9.4 5.3 9.4s5.3-5.5 5.3-9.4A5.3 5.3 0 0 0 8 .8zm0 7.4a2.1 2.1 0 1 1 0-4.2a2.1 2.1 0 0 1 0 4.2z' },
  reported: { line: 'M3.5 14.5v-13', solid: 'M3.5 2h9.7l-2.6 3.5 2.6 3.5H3.5z' },
  settled: { line: 'M2.2 8.6l3.8 3.9 7.8-9' },
  released: { line: 'M9.5 2.5H3v11h6.5M6.5 8h8M11.5 5l3 3-3 3' },
  returned: { line: 'M13.5 8a5.5 5.5 0 1 1-1.6-3.9M12.4 1.2v3.2H9.2' },
  overdue: { solid: 'M8 1L15.5 14.5H.5zM7.1 5.7l.3 4.5h1.2l.3-4.5zM7.2 11.3v1.6h1.6v-1.6z' },
  late: { line: 'M8 2.2a5.8 5.8 0 1 0 0 11.6a5.8 5.8 0 0 0 0-11.6zM8 4.8V8.4l2.6 1.5' },
  notified: { solid: 'M6.5 1.6h3v3h-3zM6.5 6.4h3v8h-3z' },
};

export function icon(sign: Sign): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(path('line'), path('solid'));
  setIcon(svg, sign);
  return svg;
}

/** Turns an icon into another one in place. */
export function setIcon(svg: SVGSVGElement, sign: Sign): void {
  if (svg.dataset['sign'] === sign) return;
  svg.dataset['sign'] = sign;
  const [line, solid] = svg.children;
  line!.setAttribute('d', shapes[sign].line ?? '');
  solid!.setAttribute('d', shapes[sign].solid ?? '');
}

function path(kind: 'line' | 'solid'): SVGPathElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  made.setAttribute('class', `icon-${kind}`);
  made.setAttribute('fill-rule', 'evenodd');
  return made;
}
