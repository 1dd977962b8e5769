// What a page shows, set against what the server says over HTTP: every whistle, every number.

/** Seconds of a countdown as it is written: `12:05`, `1:02:03`, `3天` and `05:10`, with a plus once over. */
export function secondsOf({ days, digits }) {
  const parts = digits.replace('+', '').split(':').map(Number);
  const whole = Number(days.replace(/\D/g, '') || 0);
  const rest = days === '' ? parts.reduce((sum, part) => 60 * sum + part, 0) : 3600 * parts[0] + 60 * parts[1];
  return (digits.startsWith('+') ? -1 : 1) * (86_400 * whole + rest);
}

export function consoleShows(page) {
  return page.evaluate(() => {
    const text = (root, selector) => root.querySelector(selector)?.textContent ?? '';
    const rows = list => [...document.querySelectorAll(`#${list} > .duty`)].map(row => ({
      list,
      id: row.dataset.id,
      state: row.dataset.state,
      version: Number(row.dataset.version),
      clock: row.dataset.clock,
      level: row.dataset.level,
      days: text(row, '.countdown-days'),
      digits: text(row, '.countdown-digits'),
      owed: text(row, '.countdown-owed'),
    }));
    const number = tile => Number(text(document, `[data-tile=${tile}] .tile-value`).replaceAll(',', ''));
    return {
      rows: [...rows('calls'), ...rows('duties')],
      unsigned: number('unsigned'),
      overdue: number('overdue'),
      open: number('open'),
      free: number('crews'),
      freshness: document.body.dataset.freshness,
      age: document.getElementById('freshness-text').textContent,
      clock: document.getElementById('clock-time').textContent,
    };
  });
}

/** How a console differs from the truth; nothing when it is right. */
export async function consoleFaults(page, bureau) {
  const { open, load } = await bureau.truth();
  const shows = await consoleShows(page);
  const now = Date.now();
  const faults = [];
  const wrong = (what, shown, truth) => {
    if (shown !== truth) faults.push(`${what}: shows ${shown}, is ${truth}`);
  };
  const rows = new Map(shows.rows.map(row => [row.id, row]));
  wrong('rows, each whistle once', shows.rows.length, rows.size);
  for (const id of rows.keys()) if (!open.has(id)) faults.push(`shows ${id}, which is over`);
  for (const [id, { whistle, summons }] of open) {
    const row = rows.get(id);
    if (row === undefined) {
      faults.push(`does not show ${id}`);
      continue;
    }
    wrong(`${id} version`, row.version, whistle.version);
    wrong(`${id} state`, row.state, summons.state);
    wrong(`${id} level`, row.level, whistle.level);
    if (summons.state === 'summoned') wrong(`${id} list`, row.list, 'calls');
    const due = (summons.clocks?.running ?? []).map(clock => Date.parse(clock.due)).sort((a, b) => a - b)[0];
    if (due === undefined) wrong(`${id} countdown`, row.digits, '');
    else {
      const off = Math.abs(secondsOf(row) - (due - now) / 1000);
      if (off > (row.days === '' ? 2.5 : 61)) faults.push(`${id} counts ${row.days} ${row.digits}, is ${((due - now) / 1000).toFixed(1)} s`);
    }
  }
  // Exercises are shown, and count in no number.
  wrong('to sign', shows.unsigned, [...open.values()].filter(({ whistle, summons }) => whistle.exercise !== true && summons.state === 'summoned').length);
  wrong('open', shows.open, load.open);
  wrong('overdue', shows.overdue, load.overdue);
  wrong('crews free', shows.free, Math.max(0, load.crews - load.committed));
  wrong('freshness', shows.freshness, 'live');
  return faults;
}

/** The same for the wall: what it holds, and what of that is written on it. */
export async function wallFaults(page, bureau) {
  const [whistles, loads] = await Promise.all([bureau.allWhistles(), bureau.desk.send('GET', '/api/v1/load')]);
  const shows = await page.evaluate(() => ({
    whistles: [...window.wall.picture.whistles.values()].filter(({ stage }) => stage === 'open').map(({ id, version, summonses }) => ({ id, version, states: summonses.map(({ department, state }) => `${department} ${state}`).join() })),
    loads: [...window.wall.picture.departments.values()],
    open: Number(document.querySelector('[data-tile=open] .tile-value').textContent.replaceAll(',', '')),
    overdue: Number(document.querySelector('[data-tile=overdue] .tile-value').textContent.replaceAll(',', '')),
    rows: [...document.querySelectorAll('#list > .row:not([hidden])')].filter(({ dataset }) => dataset.stage === 'open').map(({ dataset }) => dataset.id),
    freshness: document.body.dataset.freshness,
  }));
  const faults = [];
  const wrong = (what, shown, truth) => {
    if (shown !== truth) faults.push(`wall ${what}: shows ${shown}, is ${truth}`);
  };
  const held = new Map(shows.whistles.map(whistle => [whistle.id, whistle]));
  for (const { id, version, summonses } of whistles) {
    wrong(`${id} version`, held.get(id)?.version, version);
    wrong(`${id} states`, held.get(id)?.states, summonses.map(({ department, state }) => `${department} ${state}`).join());
    held.delete(id);
  }
  for (const id of held.keys()) faults.push(`wall holds ${id}, which is over`);
  const load = new Map(shows.loads.map(each => [each.department, each]));
  for (const each of loads) for (const what of Object.keys(each)) wrong(`load of ${each.department}, ${what}`, load.get(each.department)?.[what], each[what]);
  const real = whistles.filter(({ exercise }) => exercise !== true);
  wrong('open', shows.open, real.length);
  wrong('overdue', shows.overdue, real.flatMap(({ summonses }) => summonses).filter(({ overdue, state }) => state === 'returned' || (overdue !== undefined && state !== 'settled' && state !== 'released')).length);
  const open = new Set(whistles.map(({ id }) => id));
  for (const id of shows.rows) if (!open.has(id)) faults.push(`wall shows ${id}, which is over`);
  wrong('freshness', shows.freshness, 'live');
  return faults;
}
