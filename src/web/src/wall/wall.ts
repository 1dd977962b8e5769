import { fetchGazetteer, type Gazetteer } from '../api/cityApi';
import type { Session } from '../api/session';
import type { Translator } from '../i18n';
import { BoardFollower, isWithdrawn, SignalRFeed } from '@whistle-actors/live';
import type { CityMaps } from './cityMaps';
import { byId, element, setHidden, setText } from '../screen/dom';
import { ContentionTable } from './contentionTable';
import { DistrictLoads } from './districtLoads';
import { LoadList } from './loadList';
import { symbolCanvas, symbols } from './mapSymbols';
import { OpenWhistles } from './openWhistles';
import { insist, isRenewed, showWithdrawn } from '../screen/opening';
import { Places } from '../screen/places';
import { cityNow } from '../screen/standing';
import { StatusBar, staleAfter } from '../screen/statusBar';
import { Totals } from './totals';
import { drawMarkLegend, WhistleList } from './whistleList';

/** The map is redrawn at most this often: thousands of whistles are a second's work for a weak machine, and nobody sees faster. */
const mapEvery = 500;

export async function openWall(session: Session, translator: Translator): Promise<void> {
  const gazetteer = await insist(() => fetchGazetteer(session), session, translator);
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
  const districts = new DistrictLoads(places, translator);
  const contention = new ContentionTable(gazetteer.departments, places, translator);
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
      if (isWithdrawn(error)) session.withdraw();
    },
  });
  const status = new StatusBar(gazetteer.city.timeZone, [follower], translator);

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
    if (changes.all || changes.departments.size > 0 || changes.forecasts.size > 0) loads.show(picture.departments.values(), picture.forecasts);
    if (changes.all || changes.departments.size > 0) contention.show(picture.departments.values());
    if (changes.all || changes.districts.size > 0 || changes.forecasts.size > 0) districts.show(picture.districts.values(), picture.forecasts);
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

  const pictureNow = () => follower.shownAt(staleAfter);

  const tick = () => {
    status.tick();
    if (!follower.picture.ready) return;
    const now = pictureNow();
    const { changed, left } = whistles.tick(now);
    for (const id of left) follower.picture.takeDown(id);
    if (changed) drawWhistles(now);
    if (left.length > 0) drawSoon();
    list.tick(now);
    contention.tick(now);
  };
  setInterval(tick, 500);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) follower.hurry();
  });
  addEventListener('online', () => follower.hurry());
  // What the wall holds, for those who look after it, in the browser's console; a wall shows only some of it at a time.
  Object.assign(window, { wall: { picture: follower.picture } });
  showWithdrawn(session);
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

/** A wall that runs for weeks takes a new city pack and new pages by itself. */
async function reloadIfRenewed(session: Session, { city }: Gazetteer): Promise<void> {
  if (await isRenewed(session, city)) location.reload();
}

function drawMapLegend(translator: Translator): void {
  byId('map-legend').replaceChildren(...symbols.map(symbol => element('li', '', symbolCanvas(symbol), translator.say(`state.${symbol}`))));
}
