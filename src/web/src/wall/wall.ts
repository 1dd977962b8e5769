import { fetchCity, fetchGazetteer, type Gazetteer } from '../api/cityApi';
import { Refused, type Session } from '../api/session';
import { Translator, type MessageKey } from '../i18n';
import { Backoff, BoardFollower, SignalRFeed } from '@whistle-actors/live';
import type { CityMaps } from './cityMaps';
import { byId, element, setHidden, setText } from './dom';
import { LoadList } from './loadList';
import { symbolCanvas, symbols } from './mapSymbols';
import { OpenWhistles } from './openWhistles';
import { Places } from './places';
import { cityNow } from './standing';
import { StatusBar, staleAfter } from './statusBar';
import { Totals } from './totals';
import { drawMarkLegend, WhistleList } from './whistleList';

/** The map is redrawn at most this often: thousands of whistles are a second's work for a weak machine, and nobody sees faster. */
const mapEvery = 500;

export async function openWall(session: Session, translator: Translator): Promise<void> {
  veil(translator.say('loadingCity'));
  const gazetteer = await insist(() => fetchGazetteer(session), session, translator);
  byId('veil').hidden = true;
  runWall(session, gazetteer, translator);
}

function runWall(session: Session, gazetteer: Gazetteer, translator: Translator): void {
  setText(byId('city'), translator.say('wallOf', { city: translator.text(gazetteer.city.name) }));
  drawMarkLegend(translator);
  drawMapLegend(translator);

  const places = new Places(gazetteer, translator);
  const whistles = new OpenWhistles(whistle => places.pointOf(whistle));
  const list = new WhistleList(gazetteer.city, places, translator);
  const loads = new LoadList(places, translator);
  const totals = new Totals(translator);
  let maps: CityMaps | undefined;
  let epoch: string | undefined;

  const follower = new BoardFollower({
    board: 'city',
    feed: new SignalRFeed('/hubs/live', () => session.token()),
    changed: () => drawSoon(),
    failed: error => {
      status.failed(error);
      // A token that the server does not know any more, for example because it was started anew with another key.
      if (/401|sign-in-expired/.test(String(error))) session.forget();
    },
  });
  const status = new StatusBar(gazetteer.city.timeZone, follower, translator);

  let asked = false;
  const drawSoon = () => {
    if (asked) return;
    asked = true;
    // A page in the background gets no animation frames, but must not gather changes for weeks either.
    if (document.hidden) setTimeout(draw, 1000);
    else requestAnimationFrame(draw);
  };
  const draw = () => {
    asked = false;
    const { picture } = follower;
    if (!picture.ready) return;
    const changes = picture.takeChanges();
    const now = pictureNow();
    if (whistles.update(picture.whistles, changes, now)) drawWhistles(now);
    if (changes.all || changes.departments.size > 0) loads.show(picture.departments.values());
    if (changes.all || changes.city || changes.whistles.size > 0) totals.show(cityNow(picture.whistles.values()), picture.city);
    const runs = picture.position?.epoch;
    if (epoch !== undefined && runs !== epoch) void reloadIfRenewed(session, gazetteer);
    epoch = runs;
  };
  const drawWhistles = (now: number) => {
    list.show(whistles.ordered(), now);
    drawMapSoon();
  };

  let mapTimer: ReturnType<typeof setTimeout> | undefined;
  let mapAt = 0;
  const drawMapSoon = () => {
    mapTimer ??= setTimeout(() => {
      mapTimer = undefined;
      mapAt = performance.now();
      maps?.show(whistles.ordered());
    }, Math.max(0, mapAt + mapEvery - performance.now()));
  };

  // An old picture stands still: whether a deadline was met since then is not known here.
  const pictureNow = () => follower.clock.now() - Math.max(0, (follower.freshness.age() ?? 0) - staleAfter);

  const tick = () => {
    status.tick();
    if (!follower.picture.ready) return;
    const now = pictureNow();
    const { changed, left } = whistles.tick(now);
    for (const id of left) follower.picture.takeDown(id);
    if (changed) drawWhistles(now);
    if (left.length > 0) drawSoon();
    list.tick(now);
  };
  setInterval(tick, 500);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) follower.hurry();
  });
  addEventListener('online', () => follower.hurry());
  follower.start();
  tick();

  // The numbers and the list do not wait for the map, and do without it where it cannot be drawn.
  import('./cityMaps')
    .then(async ({ CityMaps: Made }) => {
      maps = await Made.open(gazetteer, translator);
      drawMapSoon();
    })
    .catch((error: unknown) => {
      console.error('no map', error);
      setHidden(byId('map-legend'), true);
      setHidden(byId('centre'), true);
      byId('map').replaceChildren(element('p', 'no-map', translator.say('noMap')));
    });
}

/** After a restart the server may have another city pack or other pages: a wall that runs for weeks takes them by itself. */
async function reloadIfRenewed(session: Session, gazetteer: Gazetteer): Promise<void> {
  try {
    const [city, page] = await Promise.all([fetchCity(session), fetch(location.pathname, { cache: 'no-store' }).then(response => (response.ok ? response.text() : ''))]);
    const script = document.querySelector<HTMLScriptElement>('script[type=module]')?.getAttribute('src');
    const samePage = page === '' || script == null || page.includes(script);
    if (city.pack !== gazetteer.city.pack || city.packVersion !== gazetteer.city.packVersion || !samePage) location.reload();
  } catch {
    // The next restart asks again.
  }
}

/** Tries for ever and says why it does not work. */
async function insist<T>(attempt: () => Promise<T>, session: Session, translator: Translator): Promise<T> {
  const backoff = new Backoff(1000, 10_000);
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      session.forget();
      if (error instanceof Refused && (error.status === 401 || error.status === 403)) {
        const problem = error.problem;
        // Whoever stands before a wall that does not open may read either language.
        const both = (key: MessageKey) => `${new Translator('zh').say(key)} · ${new Translator('en').say(key)}`;
        veil(both('refusedTitle'), problem === undefined ? `HTTP ${error.status}` : `${problem.detailZh} · ${problem.detail}`, both('retrying'));
      } else veil(translator.say('unreachableTitle'), translator.say('retrying'), error instanceof Refused ? error.message : '');
      await new Promise(resolve => setTimeout(resolve, backoff.next()));
    }
  }
}

function veil(title: string, detail = '', more = ''): void {
  setText(byId('veil-title'), title);
  setText(byId('veil-detail'), detail);
  setText(byId('veil-more'), more);
  setHidden(byId('veil'), false);
}

function drawMapLegend(translator: Translator): void {
  byId('map-legend').replaceChildren(...symbols.map(symbol => element('li', '', symbolCanvas(symbol), translator.say(`state.${symbol}`))));
}
