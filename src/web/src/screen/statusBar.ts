import { Refused } from '../api/session';
import type { Translator } from '../i18n';
import type { Connection, Freshness, ServerClock } from '@whistle-actors/live';
import { byId, setData, setHidden, setText } from './dom';
import { ageText } from './times';

/** From this age on the picture is dimmed and says so. Heartbeats come every three seconds at least. */
export const staleAfter = 10_000;

/** What the bar reads of a follower. */
export interface Followed {
  readonly clock: ServerClock;
  readonly freshness: Freshness;
  readonly connection: Connection;
  readonly pictureAt: string | undefined;
  /** A board's; alerts have none. */
  readonly picture?: { readonly saturated: readonly string[] };
}

/** Clock, freshness and the banner of a picture that is not of now. */
export class StatusBar {
  readonly #translator: Translator;
  readonly #time: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #followed: readonly Followed[];
  #lastFailure: unknown;

  /** @param followed What the screen is made of; it is as old as the oldest of it. */
  constructor(timeZone: string, followed: readonly Followed[], translator: Translator) {
    this.#translator = translator;
    this.#followed = followed;
    this.#time = new Intl.DateTimeFormat(translator.tag, { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
    this.#date = new Intl.DateTimeFormat(translator.language === 'zh' ? 'zh-CN' : 'en-GB', { timeZone, year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' });
  }

  failed(error: unknown): void {
    this.#lastFailure = error;
  }

  tick(): void {
    const say = this.#translator;
    const now = this.#followed[0]!.clock.now();
    setText(byId('clock-time'), this.#time.format(now));
    setText(byId('clock-date'), this.#date.format(now));

    const ages = this.#followed.map(follower => follower.freshness.age());
    const age = ages.includes(undefined) ? undefined : Math.max(...(ages as number[]));
    const live = this.#followed.every(follower => follower.connection === 'live');
    const stale = age === undefined || age > staleAfter;
    if (live && !stale) this.#lastFailure = undefined;
    const state = age === undefined ? 'connecting' : stale ? 'stale' : live ? 'live' : 'interrupted';
    setData(byId('freshness'), 'state', state);
    setData(document.body, 'freshness', state);
    const words = age === undefined ? say.say('connecting') : stale ? say.say('stale', { age: ageText(age, say) }) : `${say.say(live ? 'live' : 'connecting')} · ${ageText(age, say)}`;
    setText(byId('freshness-text'), words);

    // A blink of the network is no news; a banner comes when it lasts.
    const broken = age !== undefined && (stale || (!live && age > 3_000));
    const saturated = this.#followed.some(({ picture }) => picture !== undefined && picture.saturated.length > 0);
    setHidden(byId('banner'), !broken && !saturated);
    setData(byId('banner'), 'kind', broken ? 'broken' : 'saturated');
    if (!broken) {
      setText(byId('banner-title'), saturated ? say.say('saturated') : '');
      setText(byId('banner-detail'), saturated ? say.say('saturatedDetail') : '');
      return;
    }
    const oldest = Math.min(...this.#followed.map(follower => Date.parse(follower.pictureAt ?? '')));
    const time = Number.isNaN(oldest) ? '–' : this.#time.format(oldest);
    const refused = this.#lastFailure instanceof Refused ? this.#lastFailure : undefined;
    const slow = /\btoo-slow\b/.test(String(this.#lastFailure));
    setText(byId('banner-title'), say.say(refused !== undefined ? 'refusedTitle' : slow ? 'tooSlow' : live ? 'silent' : 'disconnected'));
    setText(byId('banner-detail'), say.say(live ? 'silentSince' : 'disconnectedSince', { time }));
  }
}
