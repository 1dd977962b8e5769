// Crews of the mock: what is said of contention, what a command centre orders, and what is refused. Simpler than the server's rules, and in the server's words.
const minute = 60_000;
const work = 40 * minute;
const travel = 15 * minute;

export class Crews {
  #departments;
  #board;
  #lent = new Map();
  #throttles = new Map();
  #priorities = new Map();

  constructor(city, board) {
    this.#departments = new Map(city.departments.map(department => [department.code, department]));
    this.#board = board;
  }

  isOf(department, district) {
    const of = this.#departments.get(department);
    return of !== undefined && (district === undefined || of.district === undefined || of.district === district);
  }

  allocation(code) {
    const { crews, waiting, held } = this.#picture(code);
    const now = Date.now();
    const free = crews.filter(({ state }) => state === 'free');
    const at = i => iso(now + travel + Math.floor(i / Math.max(1, crews.length)) * (work + travel));
    const inTime = (whistle, when) => !(when > (this.#summons(whistle, code).checkInBy ?? when));
    const throttle = this.#throttle(code);
    return {
      department: code, at: iso(now), automatic: false, crews,
      assignments: waiting.slice(0, free.length).map((whistle, i) => ({ whistle: whistle.id, crew: free[i].crew, expectedAt: at(0), inTime: inTime(whistle, at(0)), pressure: 60 })),
      queue: [
        ...waiting.slice(free.length).map((whistle, i) => ({ whistle: whistle.id, place: i + 1, expectedAt: at(crews.length + i), inTime: inTime(whistle, at(crews.length + i)), pressure: 30, ...this.#substitute(whistle, code) })),
        ...held.map((whistle, i) => ({ whistle: whistle.id, place: waiting.length + i + 1, expectedAt: iso(Date.parse(throttle.until) + travel), inTime: false, pressure: 10, held: true })),
      ],
      lent: this.#lentBy(code),
      priorities: [...this.#priorities].filter(([key]) => key.startsWith(`${code} `)).map(([key, minutes]) => ({ whistle: key.split(' ')[1], minutes })),
      ...(throttle === undefined ? {} : { throttle }),
    };
  }

  contention(district) {
    const short = [...this.#departments.keys()].map(code => ({ code, ...this.#picture(code) })).map(({ code, crews, waiting }) => {
      const free = crews.filter(({ state }) => state === 'free').length;
      return { department: code, onDuty: crews.length, free, waiting: waiting.length, shortage: waiting.length - free, crews, left: waiting.slice(free) };
    }).filter(({ shortage, onDuty }) => shortage > 0 && onDuty > 0).sort((a, b) => b.shortage - a.shortage);
    const spare = new Map(short.map(({ department }) => [department, this.#spareFor(department, short)]));
    const sees = ({ department }) => this.isOf(department, district);
    return {
      at: iso(Date.now()),
      departments: short.filter(sees).map(({ crews, left, ...counts }) => ({
        ...counts,
        holding: crews.filter(({ whistle }) => whistle !== undefined),
        starved: left.slice(0, 50).map(whistle => ({ whistle: whistle.id, level: whistle.level, since: whistle.blownAt, pressure: 30, checkInBy: this.#summons(whistle, counts.department).checkInBy })),
        spare: spare.get(counts.department),
      })),
      elsewhere: short.filter(each => !sees(each))
        .map(({ crews: _, left: __, ...counts }) => ({ ...counts, ours: spare.get(counts.department).filter(sees) })).filter(({ ours }) => ours.length > 0),
      orders: [...this.#departments.keys()].filter(code => this.isOf(code, district)).map(code => this.allocation(code))
        .filter(({ lent, priorities, throttle }) => lent.length + priorities.length > 0 || throttle !== undefined)
        .map(({ department, lent, priorities, throttle }) => ({ department, lent, priorities, ...(throttle === undefined ? {} : { throttle }) })),
    };
  }

  substitute(id, code, reason) {
    const whistle = this.#board.whistles.get(id);
    const { substitute } = whistle === undefined ? {} : this.#substitute(whistle, code);
    if (substitute === undefined) return [409, 'no-substitute', `The duty list names no substitute of department ${code} for this matter.`, `职责清单没有为部门 ${code} 在该事项上指定替补部门。`];
    if (typeof reason !== 'string' || reason.trim() === '') return [422, 'invalid-fields', '“reason” is missing.', '缺少“reason”。'];
    this.#board.summon(whistle, substitute);
    return undefined;
  }

  /** @returns Why it is refused: status, code, and in both languages; nothing when it is done. */
  order(code, path, body, district) {
    const of = this.#departments.get(code);
    if (of === undefined) return [404, 'unknown-department', `There is no department ${code}.`, `没有部门 ${code}。`];
    if (district === undefined || of.district !== district) return [403, 'not-your-command', 'Only the command centre of its district orders this.', '只有其所在区的指挥中心可以下此命令。'];
    if (typeof body.reason !== 'string' || body.reason.trim() === '') return [422, 'invalid-fields', '“reason” is missing.', '缺少“reason”。'];
    const crew = /^crews\/([\w-]+)\/(lend|return)$/.exec(path);
    if (crew?.[2] === 'lend') {
      if (this.#lent.has(crew[1])) return [409, 'crew-on-loan', `Crew ${crew[1]} is lent already.`, `力量 ${crew[1]} 已借出。`];
      if (this.#picture(code).crews.find(each => each.crew === crew[1])?.state !== 'free') return [409, 'crew-busy', `Crew ${crew[1]} is out.`, `力量 ${crew[1]} 已派出。`];
      this.#lent.set(crew[1], { crew: crew[1], from: code, to: body.to, until: body.until, reason: body.reason });
    } else if (crew?.[2] === 'return') this.#lent.delete(crew[1]);
    else if (path === 'priorities') this.#priorities.set(`${code} ${body.whistle}`, body.minutes);
    else if (path === 'throttle' && body.levels.length === 0) this.#throttles.delete(code);
    else if (path === 'throttle') this.#throttles.set(code, { levels: body.levels, until: body.until, reason: body.reason });
    else return [404, 'unknown-address', 'The mock does not know this address.', '模拟服务器没有这个地址。'];
    return undefined;
  }

  #picture(code) {
    const open = [...this.#board.whistles.values()].filter(({ stage, summonses }) => stage === 'open' && summonses.some(({ department, role }) => department === code && role !== 'notified'));
    const state = whistle => this.#summons(whistle, code).state;
    const out = open.filter(whistle => ['departed', 'checked-in', 'reported'].includes(state(whistle)));
    const own = this.#departments.get(code).crews.filter(crew => !this.#lent.has(crew.code)).map(crew => ({ crew: crew.code }));
    const borrowed = [...this.#lent.values()].filter(({ to }) => to === code).map(({ crew, from }) => ({ crew, from }));
    const crews = [...own, ...borrowed].map((crew, i) => {
      const whistle = out[i];
      return whistle === undefined
        ? { ...crew, state: 'free' }
        : { ...crew, state: state(whistle) === 'departed' ? 'on-the-way' : 'on-scene', whistle: whistle.id, freeAt: iso(Date.parse(this.#summons(whistle, code).departed.at) + travel + work) };
    });
    const urgency = whistle => Date.parse(whistle.blownAt) - (whistle.level === 'emergency' ? 1e12 : 0) - minute * (this.#priorities.get(`${code} ${whistle.id}`) ?? 0);
    const waits = open.filter(whistle => ['summoned', 'signed'].includes(state(whistle))).sort((a, b) => urgency(a) - urgency(b));
    const isHeld = whistle => whistle.level !== 'emergency' && (this.#throttle(code)?.levels.includes(whistle.level) ?? false);
    return { crews, waiting: waits.filter(whistle => !isHeld(whistle)), held: waits.filter(isHeld) };
  }

  #spareFor(code, short) {
    const { bureau, district } = this.#departments.get(code);
    if (district === undefined) return [];
    return [...this.#departments.values()]
      .filter(other => other.bureau === bureau && other.district !== undefined && other.code !== code && !short.some(({ department }) => department === other.code))
      .flatMap(other => {
        const { crews, waiting } = this.#picture(other.code);
        return crews.filter(({ state, from }) => state === 'free' && from === undefined).slice(waiting.length).map(({ crew }) => ({ crew, department: other.code, arrivesAt: iso(Date.now() + 2 * travel) }));
      })
      .slice(0, 5);
  }

  #throttle(code) {
    const throttle = this.#throttles.get(code);
    return throttle !== undefined && Date.parse(throttle.until) > Date.now() ? throttle : undefined;
  }

  /** The mock's duty list has a substitute for every urban management: the district's traffic police. */
  #substitute(whistle, code) {
    const substitute = code.replace(/-cg$/, '-jt');
    return substitute === code || this.#summons(whistle, substitute) !== undefined ? {} : { substitute };
  }

  #lentBy(code) {
    return [...this.#lent.values()].filter(({ from }) => from === code).map(({ crew, to, until, reason }) => ({ crew, to, until, reason }));
  }

  #summons(whistle, code) {
    return whistle.summonses.find(({ department }) => department === code);
  }
}

const iso = time => new Date(time).toISOString();
