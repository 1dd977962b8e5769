import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseLanguage, Translator } from '.';
import { en } from './en';
import { zh } from './zh';

const slots = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(match => match[0]).sort();

const pages = () => ['wall', 'console', 'planner', 'command'].map(page => readFileSync(new URL(`../../${page}/index.html`, import.meta.url), 'utf8'));

describe('the two languages', () => {
  it('say the same things', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  });

  it.each(Object.keys(zh) as (keyof typeof zh)[])('%s is said in both, with the same slots', key => {
    expect(zh[key].trim()).not.toBe('');
    expect(en[key].trim()).not.toBe('');
    expect(slots(en[key])).toEqual(slots(zh[key]));
  });

  it('cover what the pages themselves ask for', () => {
    for (const page of pages()) for (const [, key] of page.matchAll(/data-say="([^"]+)"/g)) expect(zh).toHaveProperty([key!]);
  });

  it('hold nothing that is never said', () => {
    const sources = readdirSync(new URL('..', import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts') && !name.includes('i18n') && !name.endsWith('.test.ts'))
      .map(name => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
    const said = [...sources, ...pages()].join('\n');
    const silent = Object.keys(zh).filter(key => {
      const [family, member] = key.split('.');
      const named = said.includes(`'${key}'`) || said.includes(`"${key}"`);
      return !(named || (member !== undefined && said.includes(`\`${family}.\${`)) || ['lead', 'cooperating', 'notified'].includes(key));
    });
    expect(silent).toEqual([]);
  });

  it('fill slots with numbers of the language and leave unknown slots alone', () => {
    const translator = new Translator('en');
    expect(translator.say('range', { from: 1, to: 12, total: 2000 })).toBe('1–12 of 2,000');
    expect(translator.say('range', { from: 1 })).toBe('1–{to} of {total}');
  });

  it('are chosen by address, then memory, then the browser, then Chinese', () => {
    expect(chooseLanguage('?lang=en', 'zh', ['zh-CN'])).toBe('en');
    expect(chooseLanguage('?lang=fr', 'en', ['zh-CN'])).toBe('en');
    expect(chooseLanguage('', null, ['fr-FR', 'en-GB'])).toBe('en');
    expect(chooseLanguage('', null, ['fr-FR'])).toBe('zh');
  });
});
