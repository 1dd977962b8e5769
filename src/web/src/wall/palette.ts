import type { Standing } from './standing';

/** One colour a standing, the same on the map, in the list and in the legend. Shapes carry the same meaning for those who cannot tell colours apart. */
export const standingColors: Record<Standing, string> = {
  overdue: '#ff5c55',
  due: '#f5a93b',
  called: '#e3e9ef',
  'under-way': '#5b9df5',
  'on-spot': '#3dbd9b',
};

export const mapColors = {
  ground: '#0a0f15',
  land: '#131d27',
  gridLine: '#223140',
  districtLine: '#3d5063',
  frame: '#8fa3b5',
};
