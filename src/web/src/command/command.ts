import { BoardFollower, SignalRFeed } from '@whistle-actors/live';
import { fetchNames, type Names } from '../api/cityApi';
import type { Department } from '../api/contract';
import { Refused, Session, type Who } from '../api/session';
import type { Translator } from '../i18n';
import { byId, element, replaceRows, setData, setHidden, setText } from '../screen/dom';
import { drawingSoon } from '../screen/drawing';
import { insist, isRenewed } from '../screen/opening';
import { askWho, forgetWho } from '../screen/placeSignIn';
import { Places } from '../screen/places';
import { Presses } from '../screen/presses';
import { StatusBar } from '../screen/statusBar';
import type { Act, Order } from './acts';
import { Chosen } from './chosen';
import type { Advice, Contention } from './contract';
import { heatLoads, rowsOf } from './departmentRows';
import { Heat } from './heat';
import { OrderDialog } from './orderDialog';
import { Watch } from './watch';
import { commands, signIn } from './who';

/** A department's advice is asked for with the contention, so that both tell of one moment. */
interface Look {
  at: string;
  contention: Contention;
  /** Undefined in it where it is not this organisation's to see: then the contention alone tells. */
  advice: { of: string; advice: Advice | undefined } | undefined;
}

export async function openCommand(translator: Translator): Promise<void> {
  const visitor = new Session({ person: 'command', name: '力量统筹', organisation: 'city', role: 'observer' });
  const names = await insist(() => fetchNames(visitor), visitor, translator);
  const who = await askWho(signIn, names.city, translator);
  const session = new Session(who);
  await insist(() => session.token(), session, translator);
  runCommand(who, session, names, translator);
}

/** A district sees of a department of the whole city that it is short of crews, and not all that its dispatcher sees. */
function notOurs(error: unknown): undefined {
  if (!(error instanceof Refused) || error.status !== 403) throw error;
}

function runCommand(who: Who, session: Session, names: Names, translator: Translator): void {
  const { city, departments } = names;
  const places = new Places(names, translator);
  const whole = who.organisation === 'city';
  const seen = departments.filter(({ district }) => whole || district === undefined || district === who.organisation);
  const byCode = new Map(departments.map(department => [department.code, department]));
  const crewNames = new Map(departments.flatMap(({ crews }) => crews.map(({ code, name }) => [code, translator.text(name)])));
  const crewName = (crew: string) => crewNames.get(crew) ?? crew;
  const time = new Intl.DateTimeFormat(translator.language === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: city.timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  setText(byId('who'), `${whole ? translator.text(city.name) : places.district(who.organisation)} · ${who.name}`);
  byId('leave').addEventListener('click', () => forgetWho(signIn));
  const leave = new URLSearchParams(location.search);
  for (const name of ['place', 'name']) leave.delete(name);
  byId<HTMLAnchorElement>('leave').href = `?${leave.toString()}`;

  let chosen: Department | undefined;
  let look: Look | undefined;
  let epoch: string | undefined;
  const presses = new Presses(window);
  const drawSoon = drawingSoon(draw, presses);
  const failed = (error: unknown) => {
    status.failed(error);
    // A token that the server does not know any more, for example because it was started anew with another key.
    if (/401|sign-in-expired/.test(String(error))) session.forget();
  };
  const board = new BoardFollower({ board: whole ? 'city' : `district:${who.organisation}`, feed: new SignalRFeed('/hubs/live', () => session.token()), changed: drawSoon, failed });
  const watch = new Watch<Look>(
    board.clock,
    async () => {
      const of = chosen?.code;
      const [contention, advice] = await Promise.all([
        session.get<Contention>('/api/v1/contention'),
        of === undefined ? undefined : session.get<Advice>(`/api/v1/departments/${of}/allocation`).catch(notOurs),
      ]);
      return { at: contention.at, contention, advice: of === undefined ? undefined : { of, advice } };
    },
    answer => {
      look = answer;
      drawSoon();
    },
    failed,
  );
  const followers = [board, watch];
  const status = new StatusBar(city.timeZone, followers, translator);
  const heat = new Heat(departments, places, translator, choose);
  const dialog = new OrderDialog({ translator, nameOf, aboutOf, give, serverNow: () => board.clock.now() });
  const detail = new Chosen({
    places,
    translator,
    time,
    // Where crews are short they are lent first.
    sistersOf: ({ code, bureau, district }) => {
      const short = (look?.contention.elsewhere ?? []).map(({ department }) => department);
      return departments
        .filter(other => district !== undefined && other.district !== undefined && other.code !== code && other.bureau === bureau)
        .sort((a, b) => Number(short.includes(b.code)) - Number(short.includes(a.code)) || (a.code < b.code ? -1 : 1));
    },
    orders: ({ district }) => commands(who) && district === who.organisation,
    whyNot: ({ district }) => translator.say(district === undefined ? 'command.ownOnly' : 'command.looksOnly'),
    // Whoever is called for a whistle its own district calls, whosever department it is.
    calls: whistle => commands(who) && board.picture.whistles.get(whistle)?.district === who.organisation,
    crewName,
    whistleName,
    levelOf: whistle => board.picture.whistles.get(whistle)?.level,
    act: act => dialog.ask(act),
  });

  function whistleName(id: string): string {
    const whistle = board.picture.whistles.get(id);
    // Of a whistle elsewhere no more is known here than its number, which begins with its place.
    const place = names.subdistricts.find(({ code }) => id.startsWith(code))?.code;
    if (whistle === undefined) return place === undefined ? id : `${places.subdistrict(place)} · ${id}`;
    return `${places.matter(whistle.matter)} · ${places.subdistrict(whistle.subdistrict)}`;
  }

  function nameOf(field: 'crew' | 'to' | 'minutes' | 'levels' | 'hours', value: string): string {
    switch (field) {
      case 'crew':
        return crewName(value);
      case 'to':
        return places.departmentName(value);
      case 'levels':
        return translator.say(`level.${value as 'daily'}`);
      case 'hours':
        return translator.say('act.hoursOf', { n: Number(value) });
      case 'minutes':
        return Number(value) === 0 ? translator.say('act.asRule') : translator.say(Number(value) > 0 ? 'act.sooner' : 'act.later', { n: Math.abs(Number(value)) });
    }
  }

  function aboutOf(act: Act): string {
    const department = places.departmentName(act.department);
    if (act.kind === 'substitute') return `${whistleName(act.whistle)} · ${translator.say('command.inStead', { substitute: places.departmentName(act.substitute), department })}`;
    return act.kind === 'return' ? `${department} · ${crewName(act.crew)}` : act.kind === 'prioritise' ? `${department} · ${whistleName(act.whistle)}` : department;
  }

  async function give(act: Act, { method, path, body }: Order): Promise<void> {
    if (act.kind === 'substitute') await session.post(`/api/v1/${path}`, body, crypto.randomUUID());
    else await session.order(method, `/api/v1/${path}`, body);
    setText(byId('given'), `${translator.say('command.stored')}: ${translator.say(`act.${act.kind}`)} · ${aboutOf(act)}`);
    setHidden(byId('given'), false);
    setTimeout(() => setHidden(byId('given'), true), 6_000);
    watch.hurry();
  }

  function choose(code: string | undefined): void {
    const department = seen.find(each => each.code === code);
    if (department === chosen) return;
    history.replaceState(null, '', `${location.pathname}${location.search}${department === undefined ? '' : `#${department.code}`}`);
    open(department);
  }

  function open(department: Department | undefined): void {
    chosen = department;
    detail.clear(department);
    watch.hurry();
    draw();
  }

  const beside = matchMedia('(min-width: 65rem)');
  let shown = false;
  let rows = '';
  function draw(): void {
    const { picture } = board;
    if (!picture.ready) return;
    const changes = picture.takeChanges();
    if (changes.all || changes.departments.size > 0) watch.hurry();
    const runs = picture.position?.epoch;
    if (epoch !== undefined && runs !== epoch) void isRenewed(session, city).then(renewed => setHidden(byId('renewed'), !renewed));
    epoch = runs;
    if (look === undefined) return;
    setHidden(byId('command'), false);
    const { contention, advice } = look;
    const loads = [...picture.departments.values()].filter(({ department }) => byCode.has(department));
    heat.show(heatLoads(loads, contention), seen);
    drawDepartments();
    drawElsewhere(contention);
    if (chosen !== undefined && advice?.of === chosen.code) detail.show(chosen, advice.advice, contention);
  }

  function drawDepartments(): void {
    const all = rowsOf(seen, board.picture, look!.contention, !whole);
    // Where there is room beside the list, whoever opens the page sees at once where its own crews are shortest.
    const own = all.find(({ code, waiting }) => waiting > 0 && (whole || byCode.get(code)?.district === who.organisation));
    if (!shown && chosen === undefined && beside.matches && own !== undefined) open(byCode.get(own.code));
    shown = true;
    const written = JSON.stringify([all, chosen?.code]);
    if (written === rows) return;
    rows = written;
    setHidden(byId('departments-none'), all.length > 0);
    setText(byId('departments-note'), translator.say('command.shortCount', { n: all.filter(({ shortage }) => shortage > 0).length }));
    replaceRows(byId('departments'), 'department', all.map(row => {
      const { code, waiting, free, shortage, lent, throttled } = row;
      const district = whole ? `${places.departmentDistrict(code)} ` : '';
      const marks = [
        ...(shortage > 0 ? [element('span', 'mark-short', translator.say('command.short', { n: shortage }))] : []),
        ...(throttled ? [element('span', 'mark-throttled', translator.say('act.throttle'))] : []),
        ...(lent > 0 ? [element('span', 'mark-lent', translator.say('command.lentCount', { n: lent }))] : []),
      ];
      const made = element('button', 'department', element('span', 'row-what', `${district}${places.departmentShort(code)}`), element('span', 'department-marks', ...marks), element('span', 'department-sums', translator.say('command.rowSums', { waiting, free })));
      made.type = 'button';
      made.dataset['department'] = code;
      made.setAttribute('aria-pressed', String(chosen?.code === code));
      made.addEventListener('click', () => choose(code));
      return element('li', '', made);
    }));
  }

  let wanted = '';
  function drawElsewhere({ elsewhere }: Contention): void {
    setHidden(byId('elsewhere-panel'), elsewhere.length === 0);
    const written = JSON.stringify(elsewhere.map(({ department, shortage, ours }) => [department, shortage, ours.map(({ crew, arrivesAt }) => [crew, Math.floor(Date.parse(arrivesAt) / 60_000)])]));
    if (written === wanted) return;
    wanted = written;
    replaceRows(byId('elsewhere'), 'department', elsewhere.map(({ department, shortage, ours }) => {
      const first = ours[0]!;
      const made = element(
        'li',
        '',
        element('span', 'row-what', places.departmentName(department)),
        element('span', 'mark-short', translator.say('command.short', { n: shortage })),
        element('span', 'row-when', translator.say('command.couldHelp', { crew: crewName(first.crew), time: time.format(Date.parse(first.arrivesAt)) })),
      );
      setData(made, 'department', department);
      const lender = byCode.get(first.department);
      if (commands(who) && lender?.district === who.organisation) {
        const lend = element('button', 'act is-small', translator.say('act.lend'));
        lend.type = 'button';
        lend.addEventListener('click', () => dialog.ask({ kind: 'lend', department: first.department, crews: ours.filter(each => each.department === first.department).map(({ crew }) => crew), to: [department] }));
        made.append(lend);
      }
      return made;
    }));
  }

  setInterval(() => status.tick(), 500);
  const hurry = () => {
    board.hurry();
    watch.hurry();
  };
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) hurry();
  });
  addEventListener('online', hurry);
  addEventListener('hashchange', () => choose(location.hash.slice(1)));
  byId('reload').addEventListener('click', () => location.reload());
  board.start();
  watch.hurry();
  status.tick();
  choose(location.hash.slice(1));
}
