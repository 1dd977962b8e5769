import '@fontsource-variable/noto-sans-sc/wght.css';
import '@fontsource/barlow-semi-condensed/latin-400.css';
import '@fontsource/barlow-semi-condensed/latin-500.css';
import '@fontsource/barlow-semi-condensed/latin-600.css';
import './wall.css';
import { currentLanguage, remember, Translator, type MessageKey } from '../i18n';
import { Session } from '../api/session';
import { byId, setText } from './dom';
import { openWall } from './wall';

const translator = new Translator(currentLanguage());
document.documentElement.lang = translator.tag;
document.title = `${translator.say('title')} · WhistleActors`;
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

// The development sign-in: a wall observes the whole city. Real identity will give it a token of its own.
const session = new Session({ person: 'wall', name: '指挥大屏', organisation: 'city', role: 'observer' });
void openWall(session, translator);
