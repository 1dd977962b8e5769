import { Backoff } from '@whistle-actors/live';
import type { City } from '../api/contract';
import { fetchCity } from '../api/cityApi';
import { Refused, type Session } from '../api/session';
import { currentLanguage, remember, Translator, type MessageKey } from '../i18n';
import { byId, element, setHidden, setText } from './dom';

/** Puts the page's fixed words in the visitor's language, and the way to the other one. */
export function prepareWords(title: MessageKey): Translator {
  const translator = new Translator(currentLanguage());
  document.documentElement.lang = translator.tag;
  document.title = `${translator.say(title)} · WhistleActors`;
  for (const node of document.querySelectorAll<HTMLElement>('[data-say]')) setText(node, translator.say(node.dataset['say'] as MessageKey));

  const other = translator.language === 'zh' ? 'en' : 'zh';
  const language = byId<HTMLAnchorElement>('language');
  const search = new URLSearchParams(location.search);
  search.set('lang', other);
  language.href = `?${search.toString()}`;
  language.hreflang = other;
  language.lang = other === 'zh' ? 'zh-CN' : 'en';
  language.title = translator.say('languageSwitchLabel');
  setText(language, translator.say('languageSwitch'));
  language.addEventListener('click', () => remember(other));
  return translator;
}

/** Tries for ever and says why it does not work. */
export async function insist<T>(attempt: () => Promise<T>, session: Session, translator: Translator): Promise<T> {
  veil(translator.say('loadingCity'));
  const backoff = new Backoff(1000, 10_000);
  for (;;) {
    try {
      const done = await attempt();
      setHidden(byId('veil'), true);
      return done;
    } catch (error) {
      session.forget();
      if (error instanceof Refused && (error.status === 401 || error.status === 403 || error.status === 422)) {
        const problem = error.problem;
        // Whoever stands before a screen that does not open may read either language.
        const both = (key: MessageKey) => `${new Translator('zh').say(key)} · ${new Translator('en').say(key)}`;
        veil(both('refusedTitle'), problem === undefined ? `HTTP ${error.status}` : `${problem.detailZh} · ${problem.detail}`, both('retrying'));
      } else veil(translator.say('unreachableTitle'), translator.say('retrying'), error instanceof Refused ? error.message : '');
      await new Promise(resolve => setTimeout(resolve, backoff.next()));
    }
  }
}

/** Access was withdrawn: the page says so, shows nothing any more, and lets whoever may sign in anew. */
export function showWithdrawn(session: Session, again: () => void = () => undefined): void {
  session.whenWithdrawn(() => {
    const [zh, en] = [new Translator('zh'), new Translator('en')];
    veil(`${zh.say('withdrawnTitle')} · ${en.say('withdrawnTitle')}`, `${zh.say('withdrawnDetail')} ${en.say('withdrawnDetail')}`);
    const anew = element('button', 'veil-anew', `${zh.say('signInAnew')} · ${en.say('signInAnew')}`);
    anew.type = 'button';
    anew.addEventListener('click', () => {
      again();
      location.reload();
    });
    byId('veil-more').replaceChildren(anew);
  });
}

function veil(title: string, detail = '', more = ''): void {
  setText(byId('veil-title'), title);
  setText(byId('veil-detail'), detail);
  setText(byId('veil-more'), more);
  setHidden(byId('veil'), false);
}

/** After a restart the server may have another city pack or other pages. */
export async function isRenewed(session: Session, city: City): Promise<boolean> {
  try {
    const [now, page] = await Promise.all([fetchCity(session), fetch(location.pathname, { cache: 'no-store' }).then(response => (response.ok ? response.text() : ''))]);
    const script = document.querySelector<HTMLScriptElement>('script[type=module]')?.getAttribute('src');
    const samePage = page === '' || script == null || page.includes(script);
    return now.pack !== city.pack || now.packVersion !== city.packVersion || !samePage;
  } catch {
    // The next restart asks again.
    return false;
  }
}
