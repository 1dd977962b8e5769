import type { City } from '../api/contract';
import type { Who } from '../api/session';
import type { Translator } from '../i18n';
import { byId, element, setHidden } from '../screen/dom';

const remembered = 'whistle-actors.command';

/** The address first (`?place=110101&name=…`), then who was here before, then whoever says so. The development sign-in believes it. */
export async function askWho(city: City, translator: Translator): Promise<Who> {
  const who = known(location.search, city) ?? (await asked(city, translator));
  remember(who);
  return who;
}

export function forgetWho(): void {
  remember(undefined);
}

/** The whole city looks on; what is ordered of a district's departments its own command centre orders. */
export const commands = (who: Who) => who.role === 'commander';

function known(search: string, city: City): Who | undefined {
  const query = new URLSearchParams(search);
  const [place, name] = [query.get('place'), query.get('name')];
  const exists = (code: string) => code === 'city' || city.districts.some(district => district.code === code);
  if (place !== null && name !== null && name.trim() !== '' && exists(place)) return officer(place, name.trim());
  try {
    const before = JSON.parse(localStorage.getItem(remembered) ?? 'null') as Who | null;
    return before !== null && typeof before.organisation === 'string' && exists(before.organisation) ? before : undefined;
  } catch {
    return undefined;
  }
}

function asked(city: City, translator: Translator): Promise<Who> {
  const place = element('select', '', ...city.districts.map(({ code, name }) => new Option(translator.text(name), code)), new Option(translator.say('command.city'), 'city'));
  place.name = 'place';
  const name = element('input');
  Object.assign(name, { name: 'name', required: true, maxLength: 50, autocomplete: 'name' });
  const field = (label: string, control: HTMLElement) => element('label', 'field', element('span', 'field-label', label), control);
  const form = byId<HTMLFormElement>('sign-in');
  form.replaceChildren(
    element('h2', 'sign-in-title', translator.say('command.signIn')),
    field(translator.say('command.place'), place),
    field(translator.say('signIn.name'), name),
    element('button', 'act is-main', translator.say('signIn.enter')),
    element('p', 'sign-in-hint', translator.say('command.signInHint')),
  );
  setHidden(form, false);
  place.focus();
  return new Promise(resolve =>
    form.addEventListener('submit', event => {
      event.preventDefault();
      if (name.value.trim() === '') return;
      setHidden(form, true);
      resolve(officer(place.value, name.value.trim()));
    }),
  );
}

function officer(organisation: string, name: string): Who {
  const person = `command-${[...crypto.getRandomValues(new Uint8Array(5))].map(byte => byte.toString(16).padStart(2, '0')).join('')}`;
  return { person, name, organisation, role: organisation === 'city' ? 'observer' : 'commander' };
}

function remember(who: Who | undefined): void {
  try {
    if (who === undefined) localStorage.removeItem(remembered);
    else localStorage.setItem(remembered, JSON.stringify(who));
  } catch {
    // Storage may be forbidden; then one signs in each time.
  }
}
