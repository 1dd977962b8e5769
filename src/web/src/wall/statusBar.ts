import { Refused } from '../api/session';
import type { Translator } from '../i18n';
import type { BoardFollower } from '@whistle-actors/live';
import { byId, setData, setHidden, setText } from './dom';
import { ageText } from './times';

/** From this age on the picture is dimmed and says so. Heartbeats come every five seconds at least. */
export const staleAfter = 10_000;

/** Clock, freshness and the banner of a picture that is not of now. */
export class StatusBar {
  readonly #translator: Translator;
  readonly #time: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #follower: BoardFollower;
  #lastFailure: unknown;

  constructor(timeZone: string, follower: BoardFollower, translator: Translator) {
    this.#translator = translator;
    this.#follower = follower;
    this.#time = new Intl.DateTimeFormat(translator.tag, { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
    this.#date = new Intl.DateTimeFormat(translator.language === 'zh' ? 'zh-CN' : 'en-GB', { timeZone, year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' });
  }

  failed(error: unknown): void {
    this.#lastFailure = error;
  }

  tick(): void {
    const say = this.#translator;
    const now = this.#follower.clock.now();
    setText(byId('clock-time'), this.#time.format(now));
    setText(byId('clock-date'), this.#date.format(now));

    const age = this.#follower.freshness.age();
    const live = this.#follower.connection === 'live';
    const stale = age === undefined || age > staleAfter;
    if (live && !stale) this.#lastFailure = undefined;
    const state = age === undefined ? 'connecting' : stale ? 'stale' : live ? 'live' : 'interrupted';
    setData(byId('freshness'), 'state', state);
    setData(document.body, 'freshness', state);
    const words = age === undefined ? say.say('connecting') : stale ? say.say('stale', { age: ageText(age, say) }) : `${say.say(live ? 'live' : 'connecting')} · ${ageText(age, say)}`;
    setText(byId('freshness-text'), words);

    // A blink of the network is no news; a banner comes when it lasts.
    const broken = age !== undefined && (stale || (!live && age > 3_000));
    setHidden(byId('banner'), !broken);
    if (!broken) return;
    const at = this.#follower.pictureAt;
    const time = at === undefined ? '–' : this.#time.format(Date.parse(at));
    const refused = this.#lastFailure instanceof Refused ? this.#lastFailure : undefined;
    setText(byId('banner-title'), say.say(refused !== undefined ? 'refusedTitle' : live ? 'silent' : 'disconnected'));
    setText(byId('banner-detail'), say.say(live ? 'silentSince' : 'disconnectedSince', { time }));
  }
}
