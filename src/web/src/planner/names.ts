import type { City } from '../api/contract';
import type { Translator } from '../i18n';
import type { Text } from '@whistle-actors/live';
import type { PlannedDepartment } from './contract';

/** Departments by their short names; with their district where a plan is about several. */
export class Names {
  readonly #translator: Translator;
  readonly #districts: Map<string, string>;
  #short = new Map<string, string>();

  constructor(city: City, translator: Translator) {
    this.#translator = translator;
    this.#districts = new Map(city.districts.map(({ code, name }) => [code, translator.text(name)]));
  }

  learn(departments: readonly PlannedDepartment[]): void {
    const several = new Set(departments.map(({ district }) => district ?? '').filter(district => district !== '')).size > 1;
    this.#short = new Map(
      departments.map(({ code, shortName, district }) => {
        const short = this.#translator.text(shortName);
        return [code, several && district !== undefined ? `${this.#districts.get(district) ?? district} · ${short}` : short];
      }),
    );
  }

  of({ code, name }: { code: string; name: Text }): string {
    return this.#short.get(code) ?? this.#translator.text(name);
  }
}
