import type { Whistle } from '@whistle-actors/live';

/** Crews of a department that are on the way or on a spot. */
export function committedCrews(department: string, whistles: Iterable<Whistle>): Set<string> {
  const out = new Set<string>();
  for (const { summonses } of whistles) {
    const summons = summonses.find(each => each.department === department);
    if (summons === undefined || summons.state === 'settled' || summons.state === 'released') continue;
    const { departed, checkedIn, furtherCheckIns = [] } = summons;
    const staying = furtherCheckIns.filter(({ released }) => released === undefined);
    for (const { crew } of [checkedIn ?? departed ?? {}, ...staying]) if (crew !== undefined) out.add(crew);
  }
  return out;
}
