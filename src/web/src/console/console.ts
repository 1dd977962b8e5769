import { AlertFollower, BoardFollower, hasEnded, isWithdrawn, SignalRAlertFeed, SignalRFeed, type Whistle } from '@whistle-actors/live';
import { fetchNames, type Names } from '../api/cityApi';
import type { Department, Grid } from '../api/contract';
import { Session } from '../api/session';
import type { Translator } from '../i18n';
import { byId, setData, setHidden, setText } from '../screen/dom';
import { drawingSoon } from '../screen/drawing';
import { insist, isRenewed, showWithdrawn } from '../screen/opening';
import { Places } from '../screen/places';
import { Presses } from '../screen/presses';
import { isExercise } from '../screen/standing';
import { StatusBar, staleAfter } from '../screen/statusBar';
import { Bell } from './bell';
import { Choice } from './choice';
import { committedCrews } from './crews';
import { Detail } from './detail';
import { Dispatch } from './dispatch';
import { DutyRows } from './dutyRow';
import { Filter } from './filter';
import { Ledgers } from './ledgers';
import { LoadTiles } from './loadTiles';
import { byUrgency, isEmergency, obligationsOf, stateOf, type Obligation } from './obligations';
import { ordersFor, type OrderName } from './orderKinds';
import { Outbox, type Sent } from './outbox';
import { OutboxList } from './outboxList';
import { Push } from './push';
import { askWho } from './signIn';
import { Unseen } from './unseen';
import { officerOf, rememberWorker, screenOf, whoIsHere, type Worker } from './who';

export async function openConsole(translator: Translator): Promise<void> {
  // Names are everybody's to read; who works here is known, or asked, only with them.
  const visitor = new Session({ person: 'console', name: '部门控制台', organisation: 'city', role: 'observer' });
  const names = await insist(() => fetchNames(visitor), visitor, translator);
  const places = new Places(names, translator);
  const worker = whoIsHere(location.search, names.departments) ?? (await askWho(names, places, translator));
  rememberWorker(worker);
  const session = new Session(officerOf(worker));
  await insist(() => session.token(), session, translator);
  runConsole(worker, session, names, places, translator);
}

function runConsole(worker: Worker, session: Session, names: Names, places: Places, translator: Translator): void {
  const { city, departments } = names;
  const department = departments.find(({ code }) => code === worker.department)!;
  const time = (more: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(translator.language === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: city.timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...more });
  const times = { clock: time({}), full: time({ month: 'short', day: 'numeric' }), exact: time({ second: '2-digit' }) };
  showWho(worker, department, translator);

  const presses = new Presses(window);
  const drawSoon = drawingSoon(draw, presses);
  const failed = (error: unknown) => {
    status.failed(error);
    // A token that the server does not know any more, for example because it was started anew with another key.
    if (/401|sign-in-expired/.test(String(error))) session.forget();
    if (isWithdrawn(error)) session.withdraw();
  };
  const token = () => session.token();
  const board = new BoardFollower({ board: `department:${worker.department}`, feed: new SignalRFeed('/hubs/live', token), changed: drawSoon, failed });
  const alerts = new AlertFollower({ department: worker.department, screen: screenOf(), feed: new SignalRAlertFeed('/hubs/alerts', token), changed: drawSoon, failed });
  const followers = [board, alerts];
  const unseen = new Unseen(board, alerts, id => session.get<Whistle>(`/api/v1/whistles/${id}`), drawSoon);
  const status = new StatusBar(city.timeZone, followers, translator);
  const bell = new Bell(translator);
  new Push(session, worker.department, translator);
  const tiles = new LoadTiles(department, translator);
  const filter = new Filter(translator, draw);

  const outbox = new Outbox({
    owner: `${worker.department}.${worker.person}`,
    send: (order, patience) => session.post<Whistle>(`/api/v1/whistles/${order.whistle}/summonses/${worker.department}/${order.name}`, order.body, order.key, patience),
    stored: whistle => {
      if (hasEnded(whistle)) ledgers.learn(whistle);
      else board.picture.learn(whistle);
      drawSoon();
    },
    changed: drawSoon,
    now: () => board.clock.now(),
    shelf: storage(),
  });
  const outboxList = new OutboxList(outbox, titleOf, times.exact, translator);
  const choice = new Choice(turnTo);
  const context = {
    city,
    places,
    translator,
    open: (whistle: string) => choice.choose(whistle),
    act: (whistle: string, order: OrderName) => {
      if (order === 'sign') {
        outbox.give(whistle, order, {});
        return;
      }
      choice.choose(whistle);
      detail.ask(order);
    },
    step: nextStep,
  };
  // One press signs all that waits for a signature, each by an order of its own: what became of each is told line by line.
  const unsigned = () => (worker.role === 'dispatcher' ? obligations.filter(({ call, whistle }) => call === 'unsigned' && outbox.of(whistle.id, 'sign') === undefined) : []);
  byId('sign-all').addEventListener('click', () => {
    for (const { whistle } of unsigned()) outbox.give(whistle.id, 'sign', {});
  });
  const ledgers = new Ledgers(session, worker.department, drawSoon);
  const calls = new DutyRows(byId('calls'), context);
  const duties = new DutyRows(byId('duties'), context);
  const grids = new Map<string, Grid | undefined>();
  const detail = new Detail({
    ...context,
    department,
    others: departments.filter(other => other !== department && (department.district === undefined || (other.district ?? department.district) === department.district)),
    role: worker.role,
    times,
    committed: () => committedCrews(worker.department, board.picture.whistles.values()),
    serverNow: () => board.clock.now(),
    grid: code => {
      if (!grids.has(code)) {
        grids.set(code, undefined);
        session.get<Grid>(`/api/v1/grids/${code}`).then(grid => grids.set(code, grid), () => grids.delete(code)).finally(drawSoon);
      }
      return grids.get(code);
    },
    give: (whistle, order, body) => outbox.give(whistle, order, body),
    sent: whistle => outbox.all.filter(({ order }) => order.whistle === whistle),
    close: () => choice.choose(undefined),
  });

  new Dispatch({
    session,
    department,
    translator,
    presses,
    time: times.clock,
    orders: worker.role === 'dispatcher',
    nameOf: id => {
      const whistle = board.picture.whistles.get(id);
      return whistle === undefined ? id : `${places.matter(whistle.matter)} · ${places.subdistrict(whistle.subdistrict)}`;
    },
    serverNow: () => board.clock.now(),
  });

  let obligations: readonly Obligation[] = [];
  let epoch: string | undefined;

  /** The one step that is taken from a row: signing, or for those who cannot sign and for what was signed and forgotten, setting out. */
  function nextStep(obligation: Obligation): { order: OrderName; busy: string | undefined } | undefined {
    if (obligation.call === undefined) return undefined;
    const possible = ordersFor(worker.role, obligation.whistle, obligation.summons).map(({ name }) => name);
    const order = possible.find(name => name === (obligation.call === 'unsigned' ? 'sign' : 'depart')) ?? possible.find(name => name === 'depart');
    if (order === undefined) return undefined;
    const state = outbox.of(obligation.whistle.id, order)?.progress.state;
    const busy = state === 'sending' ? translator.say('outbox.sending') : state === 'waiting' ? translator.say('outbox.notStored') : undefined;
    return { order, busy };
  }

  function titleOf({ order, progress }: Sent): string {
    const whistle = board.picture.whistles.get(order.whistle);
    const matter = whistle === undefined ? order.whistle : `${places.matter(whistle.matter)} · ${places.subdistrict(whistle.subdistrict)}`;
    return `${translator.say(progress.state === 'stored' ? `done.${order.name}` : `order.${order.name}`)} · ${matter}`;
  }

  function turnTo(whistle: string | undefined, before: string | undefined): void {
    setData(document.body, 'view', whistle === undefined ? 'list' : 'detail');
    draw();
    if (whistle !== undefined && obligations.some(({ whistle: { id } }) => id === whistle)) detail.focus();
    else if (before !== undefined) document.querySelector<HTMLElement>(`.duty[data-id="${CSS.escape(before)}"] .duty-open`)?.focus();
  }

  // An old picture stands still: whether a deadline was met since then is not known here.
  const pictureNow = () => board.shownAt(staleAfter);

  function draw(): void {
    outboxList.draw();
    if (!board.picture.ready || !alerts.ready) return;
    setHidden(byId('console'), false);
    const { picture } = board;
    unseen.takeDown();
    unseen.ask();
    const now = pictureNow();
    obligations = obligationsOf(worker.department, ledgers.beside(picture.whistles), alerts.alerts);
    const calling = obligations.filter(({ call }) => call !== undefined).sort(byUrgency);
    const rest = obligations.filter(({ call }) => call === undefined);
    calls.draw(calling, now, choice.whistle);
    setData(byId('calls-panel'), 'calling', calling.length > 0 ? 'yes' : 'no');
    setHidden(byId('calls-empty'), calling.length > 0);
    setText(byId('calls-note'), callsNote(calling));
    const toSign = unsigned().length;
    setHidden(byId('sign-all'), toSign < 2);
    setText(byId('sign-all'), translator.say('signAll', { n: toSign }));
    filter.show(rest, now);
    const shown = rest.filter(obligation => filter.fits(stateOf(obligation, now)));
    duties.draw(shown, now, choice.whistle);
    setHidden(byId('duties-empty'), shown.length > 0);
    setText(byId('duties-empty'), translator.say(rest.length > 0 ? 'dutiesNoneHere' : 'dutiesNone'));
    tiles.show(picture.departments.get(worker.department), picture.forecasts.get(worker.department), obligations, now);
    const looked = obligations.find(({ whistle: { id } }) => id === choice.whistle);
    detail.show(looked, choice.whistle !== undefined && looked === undefined, now);
    document.title = `${calling.length > 0 ? `(${calling.length}) ` : ''}${translator.text(department.shortName)} · ${translator.say('console.title')}`;
    ring(calling);
    // Seen by somebody only when the page is.
    const seen = new Set(calling.map(({ whistle: { id } }) => id));
    if (!document.hidden) alerts.displayed([...alerts.alerts.values()].filter(({ whistle }) => seen.has(whistle)));
    const runs = picture.position?.epoch;
    if (epoch !== undefined && runs !== epoch) void isRenewed(session, city).then(renewed => setHidden(byId('renewed'), !renewed));
    epoch = runs;
  }

  function callsNote(calling: readonly Obligation[]): string {
    const unsigned = calling.filter(({ call }) => call === 'unsigned').length;
    const exercises = calling.filter(({ whistle }) => isExercise(whistle)).length;
    const parts = [
      unsigned > 0 ? translator.say('callsCount', { n: unsigned }) : '',
      unsigned < calling.length ? translator.say('forgottenCount', { n: calling.length - unsigned }) : '',
      exercises > 0 ? translator.say('exercises', { n: exercises }) : '',
    ];
    return parts.filter(part => part !== '').join(' · ');
  }

  function ring(calling: readonly Obligation[]): void {
    const rang = bell.tick(calling.map(({ whistle, call }) => ({ key: `${whistle.id} ${call} ${whistle.round}`, emergency: isEmergency(whistle) })));
    const first = calling[0];
    if (!rang || first === undefined) return;
    const { whistle } = first;
    const what = [isExercise(whistle) ? translator.say('exercise') : '', places.matter(whistle.matter), places.subdistrict(whistle.subdistrict)].filter(part => part !== '');
    setText(byId('announce'), `${callsNote(calling)}: ${what.join(' · ')}`);
  }

  const tick = () => {
    status.tick();
    outboxList.draw();
    if (!board.picture.ready || !alerts.ready) return;
    ledgers.tick();
    unseen.ask();
    const now = pictureNow();
    calls.tick(now);
    duties.tick(now);
    detail.tick(now);
    filter.show(obligations.filter(({ call }) => call === undefined), now);
    tiles.show(board.picture.departments.get(worker.department), board.picture.forecasts.get(worker.department), obligations, now);
    ring(obligations.filter(({ call }) => call !== undefined).sort(byUrgency));
  };
  setInterval(tick, 500);

  const hurry = () => {
    for (const follower of followers) follower.hurry();
    outbox.hurry();
  };
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    hurry();
    drawSoon();
  });
  addEventListener('online', hurry);
  addEventListener('keydown', event => {
    if (event.key === 'Escape' && !event.defaultPrevented && !detail.busy && document.querySelector('dialog[open]') === null) choice.choose(undefined);
  });
  // Closing the page now would not lose what is not stored: it is sent when the page is next opened. But nobody should believe that it was.
  addEventListener('beforeunload', event => {
    if (outbox.open > 0) event.preventDefault();
  });
  byId('reload').addEventListener('click', () => location.reload());
  setData(document.body, 'view', choice.whistle === undefined ? 'list' : 'detail');
  showWithdrawn(session, () => rememberWorker(undefined));
  for (const follower of followers) follower.start();
  outbox.start();
  tick();
}

function showWho({ name, role }: Worker, department: Department, translator: Translator): void {
  setText(byId('department'), translator.text(department.name));
  byId('department').title = translator.text(department.name);
  setText(byId('who'), translator.say('signIn.as', { name, role: translator.say(`signIn.${role}`) }));
  byId('leave').addEventListener('click', event => {
    event.preventDefault();
    rememberWorker(undefined);
    location.href = location.pathname;
  });
}

function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
