// A synthetic city for the mock: the sixteen districts of Beijing at their true places, cut into grids at random.
// Shapes, subdistricts and departments are for looking at only; the real city pack is the server's business.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Delaunay } from 'd3-delaunay';

const districts = [
  ['110101', '东城区', 'Dongcheng', 116.416, 39.928, 0.035, '东华门 景山 交道口 安定门 北新桥 东四 朝阳门 建国门 东直门 和平里'],
  ['110102', '西城区', 'Xicheng', 116.366, 39.912, 0.035, '西长安街 新街口 月坛 展览路 德胜 金融街 什刹海 大栅栏 天桥 广安门内'],
  ['110105', '朝阳区', 'Chaoyang', 116.483, 39.945, 0.07, '建外 朝外 呼家楼 三里屯 左家庄 和平街 望京 酒仙桥 亚运村 奥运村'],
  ['110106', '丰台区', 'Fengtai', 116.287, 39.848, 0.06, '右安门 东铁匠营 西罗园 大红门 东高地 卢沟桥 方庄 马家堡'],
  ['110107', '石景山区', 'Shijingshan', 116.203, 39.912, 0.03, '八宝山 老山 八角 古城 苹果园 金顶街 鲁谷'],
  ['110108', '海淀区', 'Haidian', 116.278, 39.99, 0.07, '万寿路 羊坊店 甘家口 八里庄 紫竹院 北下关 北太平庄 学院路 中关村 上地'],
  ['110109', '门头沟区', 'Mentougou', 116.002, 39.96, 0.11, '大峪 城子 东辛房 大台 潭柘寺 永定 龙泉'],
  ['110111', '房山区', 'Fangshan', 116.003, 39.718, 0.13, '城关 新镇 向阳 拱辰 西潞 良乡 周口店 琉璃河'],
  ['110112', '通州区', 'Tongzhou', 116.687, 39.87, 0.09, '中仓 新华 北苑 玉桥 梨园 宋庄 张家湾 马驹桥'],
  ['110113', '顺义区', 'Shunyi', 116.685, 40.13, 0.1, '胜利 光明 石园 空港 旺泉 仁和 后沙峪 天竺'],
  ['110114', '昌平区', 'Changping', 116.211, 40.211, 0.1, '城北 城南 天通苑北 天通苑南 霍营 回龙观 龙泽园 沙河'],
  ['110115', '大兴区', 'Daxing', 116.361, 39.667, 0.09, '兴丰 林校路 清源 观音寺 亦庄 黄村 旧宫 西红门'],
  ['110116', '怀柔区', 'Huairou', 116.592, 40.536, 0.15, '泉河 龙山 雁栖 庙城 北房 桥梓'],
  ['110117', '平谷区', 'Pinggu', 117.121, 40.181, 0.1, '滨河 兴谷 渔阳 金海湖 马坊 峪口'],
  ['110118', '密云区', 'Miyun', 116.993, 40.496, 0.15, '鼓楼 果园 檀营 溪翁庄 西田各庄 十里堡'],
  ['110119', '延庆区', 'Yanqing', 116.075, 40.507, 0.12, '百泉 香水园 儒林 八达岭 康庄 永宁'],
].map(([code, zh, en, lon, lat, spread, names]) => ({ code, name: { zh, en }, seat: [lon, lat], spread, names: names.split(' ') }));

const outline = [
  [115.43, 39.78], [115.52, 39.62], [115.75, 39.51], [115.92, 39.58], [116.1, 39.57], [116.22, 39.51], [116.4, 39.53], [116.45, 39.45],
  [116.62, 39.61], [116.8, 39.6], [116.92, 39.72], [116.8, 39.88], [116.78, 40.02], [116.95, 40.05], [117.15, 40.07], [117.25, 40.11],
  [117.38, 40.17], [117.35, 40.23], [117.27, 40.32], [117.23, 40.38], [117.26, 40.52], [117.48, 40.64], [117.42, 40.69], [117.2, 40.7],
  [116.98, 40.69], [116.82, 40.84], [116.7, 40.91], [116.55, 40.99], [116.45, 40.98], [116.35, 40.92], [116.45, 40.76], [116.31, 40.76],
  [116.22, 40.79], [116.13, 40.67], [115.97, 40.6], [115.77, 40.56], [115.75, 40.45], [115.9, 40.36], [115.92, 40.25], [115.8, 40.15],
  [115.64, 40.14], [115.55, 40.08], [115.45, 40.03], [115.51, 39.9],
];
const bounds = [115.4, 39.4, 117.5, 41.05];

const pinyin = {
  东华门: 'Donghuamen', 景山: 'Jingshan', 交道口: 'Jiaodaokou', 安定门: 'Andingmen', 北新桥: 'Beixinqiao', 东四: 'Dongsi', 朝阳门: 'Chaoyangmen',
  建国门: 'Jianguomen', 东直门: 'Dongzhimen', 和平里: 'Hepingli', 什刹海: 'Shichahai', 金融街: 'Jinrongjie', 望京: 'Wangjing', 三里屯: 'Sanlitun',
  中关村: 'Zhongguancun', 学院路: 'Xueyuanlu', 亦庄: 'Yizhuang', 回龙观: 'Huilongguan', 大栅栏: 'Dashilar', 酒仙桥: 'Jiuxianqiao',
};

const bureaus = [
  ['cg', '城市管理委员会', '城管', 'Urban Management', 'Urban'], ['ga', '公安分局', '公安', 'Public Security', 'Police'],
  ['xf', '消防救援支队', '消防', 'Fire and Rescue', 'Fire'], ['jt', '交通支队', '交通', 'Traffic Police', 'Traffic'],
  ['sj', '市场监督管理局', '市监', 'Market Regulation', 'Market'], ['yj', '应急管理局', '应急', 'Emergency Management', 'Emergency'],
  ['sw', '水务局', '水务', 'Water Affairs', 'Water'], ['hb', '生态环境局', '环保', 'Ecology and Environment', 'Environment'],
  ['zj', '住房和城乡建设委员会', '住建', 'Housing and Construction', 'Housing'], ['yl', '园林绿化局', '园林', 'Parks and Forestry', 'Parks'],
  ['wj', '卫生健康委员会', '卫健', 'Health', 'Health'], ['gh', '规划和自然资源分局', '规自', 'Planning and Resources', 'Planning'],
].map(([bureau, zh, szh, en, sen]) => ({ bureau, zh, szh, en, sen }));
const enterprises = [
  ['dl', '电力公司', '电力', 'Power Supply', 'Power'], ['rq', '燃气集团', '燃气', 'Gas Group', 'Gas'], ['rl', '热力集团', '热力', 'Heating Group', 'Heating'],
];

const matters = [
  ['01-01', '占道经营', 'Stalls blocking the road', '街面秩序', 'Street order', ['cg', 'ga', 'sj']],
  ['01-02', '违法建设', 'Unlawful building', '规划建设', 'Building', ['gh', 'cg', 'ga', 'zj']],
  ['01-03', '乱停车', 'Unlawful parking', '街面秩序', 'Street order', ['jt', 'cg']],
  ['01-04', '暴露垃圾', 'Exposed refuse', '市容环境', 'Cleanliness', ['cg', 'hb']],
  ['02-01', '道路塌陷', 'Road collapse', '突发事件', 'Emergencies', ['jt', 'sw', 'rq', 'cg', 'yj']],
  ['02-02', '供水管爆裂', 'Burst water main', '突发事件', 'Emergencies', ['sw', 'jt', 'cg', 'yj']],
  ['02-03', '燃气泄漏', 'Gas leak', '突发事件', 'Emergencies', ['rq', 'xf', 'ga', 'yj', 'wj']],
  ['02-04', '消防通道堵塞', 'Blocked fire lane', '安全隐患', 'Hazards', ['xf', 'jt', 'zj']],
  ['02-05', '高层电梯困人', 'People trapped in a lift', '安全隐患', 'Hazards', ['xf', 'sj', 'zj']],
  ['03-01', '夜间施工噪声', 'Building noise at night', '环境保护', 'Environment', ['hb', 'zj', 'cg']],
  ['03-02', '餐饮油烟扰民', 'Kitchen fumes', '环境保护', 'Environment', ['hb', 'sj', 'cg']],
  ['03-03', '井盖缺失', 'Missing manhole cover', '公用设施', 'Utilities', ['sw', 'cg', 'dl']],
  ['03-04', '树木倒伏', 'Fallen tree', '公用设施', 'Utilities', ['yl', 'jt', 'dl']],
  ['03-05', '供热不足', 'Insufficient heating', '公用设施', 'Utilities', ['rl', 'cg', 'zj']],
  ['03-06', '无照经营', 'Trading without licence', '市场秩序', 'Market order', ['sj', 'cg', 'ga', 'wj']],
].map(([code, zh, en, czh, cen, duty]) => ({ code, name: { zh, en }, category: { zh: czh, en: cen }, duty }));

export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Sutherland-Hodgman: any polygon cut by a convex one. */
function clip(subject, convex) {
  const ring = area(convex) < 0 ? [...convex].reverse() : convex;
  let output = subject;
  for (let i = 0; i < ring.length && output.length > 0; i++) {
    const a = ring[i];
    const b = ring[(i + 1) % ring.length];
    const side = p => (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
    const input = output;
    output = [];
    for (let j = 0; j < input.length; j++) {
      const p = input[j];
      const q = input[(j + 1) % input.length];
      const sp = side(p);
      const sq = side(q);
      if (sp >= 0) output.push(p);
      if (sp >= 0 !== sq >= 0) {
        const t = sp / (sp - sq);
        output.push([p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]);
      }
    }
  }
  return output;
}

function area(ring) {
  let sum = 0;
  for (let i = 0; i < ring.length; i++) {
    const [ax, ay] = ring[i];
    const [bx, by] = ring[(i + 1) % ring.length];
    sum += ax * by - bx * ay;
  }
  return sum / 2;
}

function inside(ring, [x, y]) {
  let hit = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i];
    const [bx, by] = ring[j];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) hit = !hit;
  }
  return hit;
}

const round = ([x, y]) => [Math.round(x * 1e5) / 1e5, Math.round(y * 1e5) / 1e5];
const closed = ring => [...ring.map(round), round(ring[0])];

/** The territory of a city pack: its real names and shapes. Departments and matters stay the mock's own. */
function readTerritory(folder) {
  const rows = file => {
    const [head, ...lines] = readFileSync(join(folder, file), 'utf8').trim().split(/\r?\n/).map(line => line.split(','));
    return lines.map(line => Object.fromEntries(head.map((name, i) => [name, line[i]])));
  };
  const features = file => JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString('utf8')).features;
  const subdistricts = rows('subdistricts.csv').map(r => ({ code: r.code, district: r.district, name: { zh: r.name_zh, en: r.name_en }, kind: r.kind }));
  const districtOf = new Map(subdistricts.map(s => [s.code, s.district]));
  const subdistrictOf = new Map(rows('communities.csv').map(r => [r.code, r.subdistrict]));
  const gridFeatures = features('grids.geojson.gz').map(feature => {
    const { code, community } = feature.properties;
    const subdistrict = subdistrictOf.get(community);
    return { ...feature, properties: { code, subdistrict, community, district: districtOf.get(subdistrict) } };
  });
  return {
    places: rows('districts.csv').map(r => ({ code: r.code, name: { zh: r.name_zh, en: r.name_en }, seat: [Number(r.seat_lon), Number(r.seat_lat)] })),
    districtFeatures: features('districts.geojson.gz'),
    subdistricts,
    gridFeatures,
  };
}

function drawTerritory(gridCount, seed) {
  const next = random(seed);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const cells = Delaunay.from(districts.map(d => d.seat)).voronoi(bounds);
  const districtFeatures = [];
  const gridFeatures = [];
  const subdistricts = [];

  districts.forEach((district, d) => {
    const shape = clip(outline, cells.cellPolygon(d).slice(0, -1));
    districtFeatures.push({
      type: 'Feature',
      properties: { code: district.code },
      geometry: { type: 'Polygon', coordinates: [closed(shape)] },
    });

    const points = [];
    const wanted = Math.max(district.names.length, Math.round(gridCount / districts.length));
    while (points.length < wanted) {
      const spread = district.spread * (next() < 0.3 ? 2.5 : 0.8);
      const point = [district.seat[0] + gauss() * spread, district.seat[1] + gauss() * spread * 0.8];
      if (inside(shape, point)) points.push(point);
    }
    district.names.forEach((name, s) => {
      const latin = pinyin[name] ?? `${district.name.en} ${s + 1}`;
      subdistricts.push({
        code: `${district.code}${String(s + 1).padStart(3, '0')}`,
        district: district.code,
        name: { zh: `${name}街道`, en: latin },
        kind: 'subdistrict',
      });
    });
    const gridCells = Delaunay.from(points).voronoi(bounds);
    points.forEach((point, g) => {
      const cell = clip(shape, gridCells.cellPolygon(g).slice(0, -1));
      if (cell.length < 3) return;
      let nearest = 0;
      district.names.forEach((_, s) => {
        const far = i => (points[i][0] - point[0]) ** 2 + (points[i][1] - point[1]) ** 2;
        if (far(s) < far(nearest)) nearest = s;
      });
      const subdistrict = `${district.code}${String(nearest + 1).padStart(3, '0')}`;
      const community = `${subdistrict}${String(g % 1000).padStart(3, '0')}`;
      gridFeatures.push({
        type: 'Feature',
        properties: { code: `${community}001`, subdistrict, community, district: district.code },
        geometry: { type: 'Polygon', coordinates: [closed(cell)] },
      });
    });
  });

  return { places: districts, districtFeatures, subdistricts, gridFeatures };
}

/** @param pack Folder of a city pack to take the territory from, instead of drawing one. */
export function makeCity({ grids = 1000, seed = 7, pack } = {}) {
  const next = random(seed);
  const { places, districtFeatures, subdistricts, gridFeatures } = pack === undefined ? drawTerritory(grids, seed) : readTerritory(pack);
  const crews = (of, n) => Array.from({ length: n }, (_, i) => ({ code: `${of}-${i + 1}`, name: { zh: `${i + 1} 队`, en: `Crew ${i + 1}` }, size: 4 }));
  const departments = places.flatMap(district =>
    bureaus.map(b => ({
      code: `${district.code}-${b.bureau}`,
      bureau: b.bureau,
      name: { zh: `${district.name.zh}${b.zh}`, en: `${district.name.en} ${b.en}` },
      shortName: { zh: b.szh, en: b.sen },
      kind: 'bureau',
      district: district.code,
      crews: crews(`${district.code}-${b.bureau}`, 2 + Math.floor(next() * 5)),
    })),
  );
  for (const [bureau, zh, szh, en, sen] of enterprises)
    departments.push({
      code: `110000-${bureau}`,
      bureau,
      name: { zh: `北京市${zh}`, en: `Beijing ${en}` },
      shortName: { zh: szh, en: sen },
      kind: 'enterprise',
      crews: crews(`110000-${bureau}`, 12),
    });

  const names = entries => Object.fromEntries(entries.map(([key, zh, en]) => [key, { zh, en }]));
  const city = {
    pack: 'mock-beijing',
    packVersion: '1',
    name: { zh: '北京市', en: 'Beijing' },
    provenance: { zh: '模拟数据，仅供开发。', en: 'Synthetic, for development only.' },
    timeZone: 'Asia/Shanghai',
    bounds: [115.43, 39.45, 117.48, 40.99],
    occasions: names([['public-demand', '群众诉求', 'Public demand'], ['key-work', '重点工作', 'Key work'], ['joint-enforcement', '综合执法', 'Joint enforcement'], ['emergency', '应急处置', 'Emergency']]),
    levels: names([['daily', '日常哨', 'Daily'], ['campaign', '攻坚哨', 'Campaign'], ['emergency', '应急哨', 'Emergency']]),
    chains: names([['enforcement', '执法链', 'Enforcement'], ['management', '管理链', 'Management'], ['service', '服务链', 'Service'], ['development', '发展链', 'Development']]),
    districts: places.map(({ code, name, seat }) => ({ code, name, seat })),
    subdistricts: subdistricts.length,
    communities: gridFeatures.length,
    grids: gridFeatures.length,
    departments: departments.length,
  };
  return {
    city,
    districts: { type: 'FeatureCollection', features: districtFeatures },
    grids: { type: 'FeatureCollection', features: gridFeatures },
    subdistricts,
    matters: matters.map(({ code, name, category }) => ({ code, name, category })),
    departments,
    /** Bureaus that a matter summons, the lead first. */
    duties: new Map(matters.map(matter => [matter.code, matter.duty])),
  };
}
