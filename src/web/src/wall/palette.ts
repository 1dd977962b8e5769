import type { Standing } from './standing';

/** One colour a standing, the same on the map, in the list and in the legend. Shapes carry the same meaning for those who cannot tell colours apart. */
export const standingColors: Record<Standing, string> = {
  overdue: '#ff5c55',
  due: '#f5a93b',
  called: '#e3e9ef',
  'under-way': '#5b9df5',
  'on-spot': '#3dbd9b',
};

/** Exercises, and nothing else. */
export const exerciseColor = '#c58bff';

/** How strongly a place is tinted on the map. */
export const gridOpacities: Record<Standing, number> = { overdue: 0.6, due: 0.5, called: 0.34, 'under-way': 0.45, 'on-spot': 0.34 };
export const districtOpacities: Record<Standing, number> = { overdue: 0.1, due: 0.07, called: 0.05, 'under-way': 0.08, 'on-spot': 0.06 };

export const mapColors = {
  ground: '#0a0f15',
  land: '#131d27',
  gridLine: '#223140',
  districtLine: '#3d5063',
  frame: '#8fa3b5',
};
