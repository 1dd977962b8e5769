// A board with whistles that live their lives by themselves: signed, on the way, checked in, reported, closed; some late, some never.
import { random } from './city.mjs';

const minute = 60_000;

export class Board {
  #city;
  #random;
  #life;
  #gridsByCode;
  #departments;
  #plans = new Map();
  #sequences = new Map();
  #byDepartment = new Map();
  #serial = 0;
  epoch = `mock-${Date.now().toString(36)}`;
  sequence = 0;
  whistles = new Map();
  loads = new Map();
  totals;

  /** @param life How fast whistles live: 1 is a check-in limit of 30 minutes. */
  constructor(city, { open = 40, seed = 3, life = 6 } = {}) {
    this.#city = city;
    this.#random = random(seed);
    this.#life = life;
    this.open = open;
    this.#gridsByCode = new Map(city.grids.features.map(feature => [feature.properties.code, feature.properties]));
    this.#departments = new Map(city.departments.map(department => [department.code, department]));
    this.totals = { version: 1, day: today(), blown: 0, closed: 0, withdrawn: 0, checkInsOnTime: 0, checkInsLate: 0, overdue: 0 };
    for (const department of city.departments) this.loads.set(department.code, emptyLoad(department));
    const now = Date.now();
    for (let i = 0; i < open; i++) this.#blowAny(now - this.#random() * 1.5 * this.#checkInLimit('daily'));
    this.live(now);
    this.totals.blown += 3 * open;
    this.totals.closed += 2 * open;
    this.totals.checkInsOnTime += 5 * open;
    this.totals.checkInsLate += Math.round(open * 0.6);
    for (const key of this.#sequences.keys()) this.#sequences.set(key, 1);
    this.sequence = 1;
  }

  /** Lets everything happen that is due. */
  live(now = Date.now()) {
    for (const [id, plan] of this.#plans) {
      const whistle = this.whistles.get(id);
      while (plan.length > 0 && plan[0].at <= now && whistle.stage === 'open') {
        const { at, what } = plan.shift();
        what(whistle, at);
        whistle.version++;
        this.#touch(whistle);
      }
      if (plan.length === 0 || whistle.stage !== 'open') this.#plans.delete(id);
    }
    for (const [id, whistle] of this.whistles)
      if (whistle.stage !== 'open' && now - Date.parse(whistle.endedAt) > minute) {
        this.whistles.delete(id);
        this.#sequences.delete(`w${id}`);
      }
    const open = [...this.whistles.values()].filter(w => w.stage === 'open').length;
    if (open < this.open && this.#random() < 0.3) this.#blowAny(now);
  }

  blow(gridCode, { matter, occasion, level, chain, description, place, exercise }, by, at = Date.now()) {
    const grid = this.#gridsByCode.get(gridCode);
    const duty = this.#city.duties.get(matter);
    if (grid === undefined || duty === undefined) return undefined;
    const id = `${gridCode}-${String(++this.#serial).padStart(4, '0')}`;
    const signBy = at + this.#signLimit(level);
    const checkInBy = at + this.#checkInLimit(level);
    const code = bureau => (this.#departments.has(`${grid.district}-${bureau}`) ? `${grid.district}-${bureau}` : `110000-${bureau}`);
    const summonses = duty.map((bureau, i) => ({
      department: code(bureau),
      role: i === 0 ? 'lead' : 'cooperating',
      state: 'summoned',
      signBy: iso(signBy),
      checkInBy: iso(checkInBy),
      vetoes: [],
    }));
    if (this.#random() < 0.3 && !duty.includes('wj')) summonses.push({ department: code('wj'), role: 'notified', state: 'summoned', vetoes: [] });
    const whistle = {
      id, version: 1, grid: gridCode, subdistrict: grid.subdistrict, district: grid.district, matter,
      occasion, level, chain: chain ?? 'enforcement', round: this.#random() < 0.1 ? 2 : 1, description,
      ...(place === undefined ? {} : { place: { lon: place.lon, lat: place.lat } }),
      packVersion: this.#city.city.packVersion, stage: 'open', blownAt: iso(at), blownBy: by, summonses, initiator: by.organisation, exercise: exercise === true,
    };
    this.whistles.set(id, whistle);
    this.#plans.set(id, this.#plan(whistle, at, signBy, checkInBy));
    if (!whistle.exercise) this.totals.blown++;
    this.#touch(whistle);
    return whistle;
  }

  /** Summons one more department. */
  summon(whistle, department) {
    const now = Date.now();
    whistle.summonses.push({ department, role: 'cooperating', state: 'summoned', signBy: iso(now + this.#signLimit(whistle.level)), checkInBy: iso(now + this.#checkInLimit(whistle.level)), vetoes: [] });
    whistle.version++;
    this.#touch(whistle);
  }

  /** The entities that changed after a position, or everything. */
  frame(after, reset) {
    const since = reset ? 0 : after;
    const changed = key => (this.#sequences.get(key) ?? 0) > since;
    const whistles = [...this.whistles.values()].filter(w => (reset ? w.stage === 'open' : changed(`w${w.id}`)));
    const departments = [...this.loads.values()].filter(l => reset || changed(`d${l.department}`));
    return {
      epoch: this.epoch, from: reset ? 0 : after, to: this.sequence, head: this.sequence, reset, complete: true,
      at: new Date().toISOString(), whistles, departments,
      ...this.#districts(departments),
      ...(reset || changed('city') ? { city: this.totals } : {}),
    };
  }

  // The mock has no past: its forecasts go by how much waits unsigned.
  #districts(changed) {
    const codes = new Set(changed.map(({ department }) => this.#departments.get(department).district).filter(Boolean));
    const minutes = Math.floor(Date.now() / minute);
    const forecast = (organisation, { open, summoned, checkedIn }) => ({ organisation, version: minutes, openIn30Minutes: Math.max(0, open + summoned - checkedIn), openIn60Minutes: Math.max(0, open + 2 * (summoned - checkedIn)) });
    const districts = [...codes].map(district => {
      const own = [...this.loads.values()].filter(({ department }) => this.#departments.get(department).district === district);
      const sum = key => own.reduce((all, load) => all + (load[key] ?? 0), 0);
      const names = ['version', 'open', 'summoned', 'signed', 'departed', 'checkedIn', 'reported', 'overdue', 'returned', 'queue', 'crews', 'committed'];
      return { district, departments: own.length, ...Object.fromEntries(names.map(name => [name, sum(name)])) };
    });
    const forecasts = [...changed.map(load => forecast(load.department, load)), ...districts.map(load => forecast(load.district, load))];
    return { ...(districts.length > 0 ? { districts } : {}), ...(forecasts.length > 0 ? { forecasts } : {}) };
  }

  #signLimit(level) {
    return ({ emergency: 5, campaign: 15, daily: 20 }[level] * minute) / this.#life;
  }

  #checkInLimit(level) {
    return ({ emergency: 30, campaign: 60, daily: 90 }[level] * minute) / this.#life;
  }

  #blowAny(at) {
    const pick = list => list[Math.floor(this.#random() * list.length)];
    const grid = pick(this.#city.grids.features);
    const matter = pick(this.#city.matters);
    const urgent = matter.code.startsWith('02');
    const level = urgent && this.#random() < 0.5 ? 'emergency' : this.#random() < 0.25 ? 'campaign' : 'daily';
    this.blow(
      grid.properties.code,
      { matter: matter.code, level, occasion: level === 'emergency' ? 'emergency' : pick(['public-demand', 'key-work', 'joint-enforcement']), description: matter.name.zh },
      officer(grid.properties.subdistrict),
      at,
    );
  }

  #plan(whistle, at, signBy, checkInBy) {
    const plan = [];
    const add = (when, what) => plan.push({ at: when, what });
    const chance = this.#random;
    let last = at;
    for (const summons of whistle.summonses) {
      if (summons.role === 'notified') continue;
      const by = officer(summons.department);
      const slow = chance() < 0.12;
      const signAt = at + (signBy - at) * (slow ? 0.9 + chance() * 0.6 : 0.1 + chance() * 0.6);
      const departAt = signAt + (checkInBy - at) * (0.03 + chance() * 0.15);
      const arriveAt = Math.max(departAt + (checkInBy - at) * 0.1, at + (checkInBy - at) * (slow ? 0.9 + chance() * 0.5 : 0.35 + chance() * 0.6));
      const reportAt = arriveAt + (checkInBy - at) * (0.2 + chance() * 0.6);
      const settleAt = reportAt + (checkInBy - at) * (0.05 + chance() * 0.1);
      if (signAt > signBy) add(signBy, () => this.#runOut(summons, 'sign'));
      if (arriveAt > checkInBy) add(checkInBy, () => this.#runOut(summons, 'check-in'));
      add(signAt, (_, when) => {
        summons.state = 'signed';
        summons.signed = { at: iso(when), by, late: when > signBy };
        delete summons.overdue;
      });
      add(departAt, (_, when) => {
        summons.state = 'departed';
        summons.departed = { at: iso(when), by, crew: `${summons.department}-1`, arrivesAt: iso(arriveAt) };
      });
      add(arriveAt, (_, when) => {
        summons.state = 'checked-in';
        summons.checkedIn = { at: iso(when), by, late: when > checkInBy, headcount: 4 };
        delete summons.overdue;
        this.totals[when > checkInBy ? 'checkInsLate' : 'checkInsOnTime']++;
      });
      add(reportAt, (_, when) => {
        summons.state = 'reported';
        summons.outcome = { at: iso(when), by, kind: 'resolved', note: 'done' };
      });
      add(settleAt, () => (summons.state = 'settled'));
      last = Math.max(last, settleAt);
    }
    add(last + minute / this.#life, (w, when) => {
      w.stage = 'closed';
      w.endedAt = iso(when);
      w.endedBy = w.blownBy;
      this.totals.closed++;
    });
    return plan.sort((a, b) => a.at - b.at);
  }

  #runOut(summons, clock) {
    summons.overdue = clock;
    this.totals.overdue++;
  }

  #touch(whistle) {
    this.sequence++;
    this.#sequences.set(`w${whistle.id}`, this.sequence);
    this.totals = { ...this.totals, version: this.totals.version + 1 };
    this.#sequences.set('city', this.sequence);
    for (const { department } of whistle.summonses) {
      const load = emptyLoad(this.#departments.get(department));
      load.version = this.loads.get(department).version + 1;
      const mine = this.#byDepartment.get(department) ?? new Set();
      this.#byDepartment.set(department, mine);
      if (whistle.stage === 'open') mine.add(whistle);
      else mine.delete(whistle);
      for (const other of mine) {
        const summons = other.summonses.find(s => s.department === department && s.role !== 'notified');
        if (summons === undefined || summons.state === 'settled' || summons.state === 'released') continue;
        load.open++;
        load[{ summoned: 'summoned', signed: 'signed', departed: 'departed', 'checked-in': 'checkedIn', reported: 'reported' }[summons.state]]++;
        if (summons.overdue !== undefined) load.overdue++;
      }
      load.committed = Math.min(load.crews, load.departed + load.checkedIn + load.reported);
      load.queue = load.summoned + load.signed;
      this.loads.set(department, load);
      this.#sequences.set(`d${department}`, this.sequence);
    }
  }
}

const iso = time => new Date(time).toISOString();
const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
const officer = organisation => ({ person: `officer.${organisation}`, name: '值班员', organisation, role: 'dispatcher' });
const emptyLoad = department => ({
  department: department.code, version: 1, open: 0, summoned: 0, signed: 0, departed: 0, checkedIn: 0, reported: 0, overdue: 0,
  crews: department.crews.length, committed: 0,
});
