import type { Translator } from '../i18n';

/** A length of time in words, for ages. */
export function spanText(milliseconds: number, translator: Translator): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return translator.say('justNow');
  if (minutes < 60) return translator.say('minutes', { n: minutes });
  if (minutes < 2 * 1440) return translator.say('hours', { h: Math.floor(minutes / 60), m: minutes % 60 });
  return translator.say('days', { d: Math.floor(minutes / 1440), h: Math.floor((minutes % 1440) / 60) });
}

/** `1.4 s`, `38 s`, then words. */
export function ageText(milliseconds: number, translator: Translator): string {
  if (milliseconds < 9950) return translator.say('seconds', { n: (milliseconds / 1000).toFixed(1) });
  if (milliseconds < 60_000) return translator.say('seconds', { n: Math.floor(milliseconds / 1000) });
  return spanText(milliseconds, translator);
}

export function agoText(milliseconds: number, translator: Translator): string {
  return milliseconds < 60_000 ? translator.say('justNow') : translator.say('ago', { age: spanText(milliseconds, translator) });
}
