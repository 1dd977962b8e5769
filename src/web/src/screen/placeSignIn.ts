import type { City } from '../api/contract';
import type { Who } from '../api/session';
import type { MessageKey, Translator } from '../i18n';
import { byId, element, setHidden } from './dom';

/** How a page is entered at which one works for a district's command centre, or for the whole city. */
export interface PlaceSignIn {
  /** Names what is remembered, and the page's people. */
  page: string;
  /** Whom the whole city lets in. */
  cityRole: Who['role'];
  title: MessageKey;
  place: MessageKey;
  /** The whole city in the list of places. */
  city: MessageKey;
  hint: MessageKey;
}

const remembered = ({ page }: PlaceSignIn) => `whistle-actors.${page}`;

/** The address first (`?place=110101&name=…`), then who was here before, then whoever says so. The development sign-in believes it. */
export async function askWho(signIn: PlaceSignIn, city: City, translator: Translator): Promise<Who> {
  const who = known(signIn, location.search, city) ?? (await asked(signIn, city, translator));
  remember(signIn, who);
  return who;
}

export function forgetWho(signIn: PlaceSignIn): void {
  remember(signIn, undefined);
}

function known(signIn: PlaceSignIn, search: string, city: City): Who | undefined {
  const query = new URLSearchParams(search);
  const [place, name] = [query.get('place'), query.get('name')];
  const exists = (code: string) => code === 'city' || city.districts.some(district => district.code === code);
  if (place !== null && name !== null && name.trim() !== '' && exists(place)) return officer(signIn, place, name.trim());
  try {
    const before = JSON.parse(localStorage.getItem(remembered(signIn)) ?? 'null') as Who | null;
    return before !== null && typeof before.organisation === 'string' && exists(before.organisation) ? before : undefined;
  } catch {
    return undefined;
  }
}

function asked(signIn: PlaceSignIn, city: City, translator: Translator): Promise<Who> {
  const place = element('select', '', ...city.districts.map(({ code, name }) => new Option(translator.text(name), code)), new Option(translator.say(signIn.city), 'city'));
  place.name = 'place';
  const name = element('input');
  Object.assign(name, { name: 'name', required: true, maxLength: 50, autocomplete: 'name' });
  const field = (label: string, control: HTMLElement) => element('label', 'field', element('span', 'field-label', label), control);
  const form = byId<HTMLFormElement>('sign-in');
  form.replaceChildren(
    element('h2', 'sign-in-title', translator.say(signIn.title)),
    field(translator.say(signIn.place), place),
    field(translator.say('signIn.name'), name),
    element('button', 'act is-main', translator.say('signIn.enter')),
    element('p', 'sign-in-hint', translator.say(signIn.hint)),
  );
  setHidden(form, false);
  place.focus();
  return new Promise(resolve =>
    form.addEventListener('submit', event => {
      event.preventDefault();
      if (name.value.trim() === '') return;
      setHidden(form, true);
      resolve(officer(signIn, place.value, name.value.trim()));
    }),
  );
}

// A person of this browser: two planners do not stop each other's runs.
function officer({ page, cityRole }: PlaceSignIn, organisation: string, name: string): Who {
  const person = `${page}-${[...crypto.getRandomValues(new Uint8Array(5))].map(byte => byte.toString(16).padStart(2, '0')).join('')}`;
  return { person, name, organisation, role: organisation === 'city' ? cityRole : 'commander' };
}

function remember(signIn: PlaceSignIn, who: Who | undefined): void {
  try {
    if (who === undefined) localStorage.removeItem(remembered(signIn));
    else localStorage.setItem(remembered(signIn), JSON.stringify(who));
  } catch {
    // Storage may be forbidden; then one signs in each time.
  }
}
