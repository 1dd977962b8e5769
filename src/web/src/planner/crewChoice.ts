import type { Translator } from '../i18n';
import type { Lender, PlanCrew, PlannedDepartment, PlannedPlace, ScenarioDetail } from './contract';

// A city pack may have thousands of crews: a list that long is none.
const mostShown = 60;

/** What is typed, against names in both languages and codes: every word must be somewhere. */
export function found(detail: ScenarioDetail, districts: ReadonlyMap<string, string>, text: string): { groups: { lender: Lender; crews: PlanCrew[] }[]; more: number } {
  const words = text.toLowerCase().split(/\s+/).filter(word => word !== '');
  const groups: { lender: Lender; crews: PlanCrew[] }[] = [];
  let [shown, more] = [0, 0];
  for (const lender of detail.crews) {
    const of = [lender.name.zh, lender.name.en, lender.shortName.zh, lender.shortName.en, lender.code, districts.get(lender.district ?? '') ?? ''];
    const crews = lender.crews.filter(({ name, code }) => {
      const said = [...of, name.zh, name.en, code].join(' ').toLowerCase();
      return words.every(word => said.includes(word));
    });
    const room = crews.slice(0, mostShown - shown);
    if (room.length > 0) groups.push({ lender, crews: room });
    shown += room.length;
    more += crews.length - room.length;
  }
  return { groups, more };
}

/** Where the crews of a department may go, to whichever department but itself: its own bureau elsewhere and its own district first. */
export function targets(detail: ScenarioDetail, lender: Lender): { borrowers: PlannedDepartment[]; places: PlannedPlace[] } {
  const first = <T>(all: readonly T[], near: (one: T) => boolean) => [...all.filter(near), ...all.filter(one => !near(one))];
  return {
    borrowers: first(detail.departments.filter(({ code }) => code !== lender.code), ({ bureau }) => bureau === lender.bureau),
    places: first(detail.places, ({ district }) => district === lender.district),
  };
}

/** The department's name; with its district, where there are several of the kind. */
export function departmentName({ shortName, district }: Pick<PlannedDepartment, 'shortName' | 'district'>, districts: ReadonlyMap<string, string>, translator: Translator): string {
  const short = translator.text(shortName);
  return district === undefined ? short : `${districts.get(district) ?? district} · ${short}`;
}

/** Which posting or loan the server's fault is about; undefined when it is about something else. */
export function moveAt(pointer: string): { list: 'postings' | 'loans'; index: number } | undefined {
  const [, list, index] = /\/changes\/(postings|loans)\/(\d+)(?:\/|$)/.exec(pointer) ?? [];
  return list === 'postings' || list === 'loans' ? { list, index: Number(index) } : undefined;
}
