import type { Names } from '../api/cityApi';
import type { Translator } from '../i18n';
import { byId, element, setHidden } from '../screen/dom';
import type { Places } from '../screen/places';
import { newName, rememberWorker, type Worker } from './who';

/** Asks who sits here. The development sign-in believes it; real identity will say it by itself. */
export function askWho({ city, departments }: Names, places: Places, translator: Translator): Promise<Worker> {
  const say = translator;
  const districts = [...city.districts.map(({ code }) => code), ''].filter(code => departments.some(({ district = '' }) => district === code));
  const district = choice('district', districts.map(code => [code, code === '' ? say.say('signIn.city') : places.district(code)]));
  const department = choice('department', []);
  const name = element('input');
  Object.assign(name, { name: 'name', required: true, maxLength: 50, autocomplete: 'name' });
  const role = choice('role', [['dispatcher', say.say('signIn.dispatcher')], ['crew', say.say('signIn.crew')]]);
  const fill = () =>
    department.replaceChildren(...departments.filter(({ district: of = '' }) => of === district.value).map(({ code, name: text }) => new Option(say.text(text), code)));
  district.addEventListener('change', fill);
  fill();

  const form = byId<HTMLFormElement>('sign-in');
  form.replaceChildren(
    element('h2', 'sign-in-title', say.say('signIn.title')),
    labelled(say.say('signIn.district'), district),
    labelled(say.say('signIn.department'), department),
    labelled(say.say('signIn.name'), name),
    labelled(say.say('signIn.role'), role),
    element('button', 'act is-main', say.say('signIn.enter')),
    element('p', 'sign-in-hint', say.say('signIn.hint')),
  );
  setHidden(form, false);
  district.focus();
  return new Promise(resolve =>
    form.addEventListener('submit', event => {
      event.preventDefault();
      const worker: Worker = { department: department.value, person: newName('p'), name: name.value.trim(), role: role.value === 'crew' ? 'crew' : 'dispatcher' };
      if (worker.name === '' || worker.department === '') return;
      rememberWorker(worker);
      setHidden(form, true);
      resolve(worker);
    }),
  );
}

function choice(name: string, options: [value: string, text: string][]): HTMLSelectElement {
  const made = element('select', '', ...options.map(([value, text]) => new Option(text, value)));
  made.name = name;
  return made;
}

export function labelled(text: string, field: HTMLElement): HTMLLabelElement {
  return element('label', 'field', element('span', 'field-label', text), field);
}
