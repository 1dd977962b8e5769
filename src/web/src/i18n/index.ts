import type { Text } from '@whistle-actors/live';
import { en } from './en';
import type { MessageKey, Messages } from './messages';
import { zh } from './zh';

export type Language = 'zh' | 'en';
export type { MessageKey };

const messages: Record<Language, Messages> = { zh, en };
const remembered = 'whistle-actors.language';

/** The two languages of the product. Everything a visitor reads goes through one of these. */
export class Translator {
  readonly language: Language;
  /** For the `lang` attribute and for number and date formats. */
  readonly tag: string;
  readonly #number: Intl.NumberFormat;

  constructor(language: Language) {
    this.language = language;
    this.tag = language === 'zh' ? 'zh-CN' : 'en';
    this.#number = new Intl.NumberFormat(this.tag);
  }

  say(key: MessageKey, values?: Record<string, string | number>): string {
    const template = messages[this.language][key];
    if (values === undefined) return template;
    return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === 'number' ? this.number(value) : value;
    });
  }

  text(text: Text): string {
    return this.language === 'zh' ? text.zh : text.en;
  }

  number(value: number): string {
    return this.#number.format(value);
  }
}

/** `?lang=` first, then what was chosen here before, then the browser's wish, then Chinese. */
export function chooseLanguage(search: string, stored: string | null, wishes: readonly string[]): Language {
  const asked = new URLSearchParams(search).get('lang');
  for (const wish of [asked, stored, ...wishes]) {
    const language = wish?.toLowerCase().split(/[-_]/)[0];
    if (language === 'zh' || language === 'en') return language;
  }
  return 'zh';
}

export function currentLanguage(): Language {
  const language = chooseLanguage(location.search, recall(), navigator.languages);
  if (new URLSearchParams(location.search).has('lang')) remember(language);
  return language;
}

export function remember(language: Language): void {
  try {
    localStorage.setItem(remembered, language);
  } catch {
    // Storage may be forbidden; then the choice lasts as long as the address.
  }
}

function recall(): string | null {
  try {
    return localStorage.getItem(remembered);
  } catch {
    return null;
  }
}
