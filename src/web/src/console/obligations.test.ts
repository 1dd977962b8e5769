import type { Alert, Summons, Whistle } from '@whistle-actors/live';
import { describe, expect, it } from 'vitest';
import { byUrgency, clockState, isEmergency, obligationsOf, stateOf } from './obligations';
import { bodyOf, orderKinds, ordersFor, presentCrews } from './orderKinds';

const blown = Date.parse('2026-01-01T08:00:00Z');
const minutes = (n: number) => blown + n * 60_000;
const at = (n: number) => new Date(minutes(n)).toISOString();
const by = { person: 'p', name: 'n', organisation: 'o', role: 'dispatcher' };

function summons(more: Partial<Summons> = {}): Summons {
  return { department: 'us', role: 'lead', state: 'summoned', vetoes: [], clocks: { running: [{ clock: 'sign', due: at(5) }, { clock: 'check-in', due: at(30) }] }, ...more };
}

function whistle(id: string, mine: Summons, more: Partial<Whistle> = {}): Whistle {
  return {
    id, version: 3, stage: 'open', grid: 'g', subdistrict: 's', district: 'd', matter: 'm', occasion: 'key-work', level: 'daily', chain: 'service', round: 1,
    description: '', packVersion: '1', blownAt: at(0), blownBy: by, summonses: [{ ...summons(), department: 'them' }, mine], ...more,
  };
}

function alert(id: string, cause: Alert['cause'] = 'unsigned'): Alert {
  return { whistle: id, version: 1, cause, since: at(0), role: 'lead', level: 'emergency', grid: 'g', subdistrict: 's', matter: 'm', description: 'x', signBy: at(5) };
}

const of = (whistles: Whistle[], alerts: Alert[] = []) => obligationsOf('us', new Map(whistles.map(w => [w.id, w])), new Map(alerts.map(a => [a.whistle, a])));

describe('what a department owes', () => {
  it('is what is not settled, the next deadline first', () => {
    const list = of([
      whistle('later', summons({ state: 'signed', clocks: { running: [{ clock: 'check-in', due: at(90) }] } })),
      whistle('still', summons({ state: 'reported', clocks: { running: [] } })),
      whistle('sooner', summons()),
      whistle('settled', summons({ state: 'settled' })),
      whistle('released', summons({ state: 'released' })),
      whistle('closed', summons(), { stage: 'closed' }),
      whistle('theirs', summons({ department: 'others' })),
    ]);
    expect(list.map(({ whistle: { id } }) => id)).toEqual(['sooner', 'later', 'still']);
  });

  it('counts to the first of several clocks, in whatever order they come', () => {
    const [one] = of([whistle('w', summons({ clocks: { running: [{ clock: 'disposal', due: at(500) }, { clock: 'measures', due: at(60), passed: 50 }] } }))]);
    expect(one).toMatchObject({ next: { clock: 'measures', at: minutes(60) }, passed: 50 });
  });

  it('holds a notice for one who is only told, until it is signed', () => {
    const told = (state: Summons['state']) => of([whistle('w', { department: 'us', role: 'notified', state, vetoes: [] })]);
    expect(told('summoned')).toMatchObject([{ call: 'unsigned', next: undefined }]);
    expect(told('signed')).toEqual([]);
  });

  it('calls what is not signed without waiting for the alert, and what was signed and forgotten by the alert alone', () => {
    expect(of([whistle('w', summons())])).toMatchObject([{ call: 'unsigned' }]);
    const signed = whistle('w', summons({ state: 'signed', signed: { at: at(2), by, late: false } }));
    expect(of([signed])).toMatchObject([{ call: undefined }]);
    expect(of([signed], [alert('w', 'not-departed')])).toMatchObject([{ call: 'not-departed', since: minutes(2) }]);
  });

  it('does not call what the board knows as answered, whatever an older alert says', () => {
    expect(of([whistle('w', summons({ state: 'signed' }))], [alert('w')])).toMatchObject([{ call: undefined }]);
    expect(of([whistle('w', summons({ state: 'departed' }))], [alert('w', 'not-departed')])).toMatchObject([{ call: undefined }]);
    expect(of([whistle('w', summons(), { stage: 'withdrawn' })], [alert('w')])).toEqual([]);
  });

  it('puts emergencies before everything else that calls, and exercises after it', () => {
    const list = of([
      whistle('drill', summons({ clocks: { running: [{ clock: 'sign', due: at(1) }] } }), { level: 'emergency', exercise: true }),
      whistle('a', summons()),
      whistle('b', summons({ clocks: { running: [{ clock: 'sign', due: at(50) }] } }), { level: 'emergency' }),
    ]).sort(byUrgency);
    expect(list.map(({ whistle: { id } }) => id)).toEqual(['b', 'a', 'drill']);
    expect(list.map(({ whistle: w }) => isEmergency(w))).toEqual([true, false, false]);
  });
});

describe('a clock', () => {
  const next = { clock: 'check-in' as const, department: 'us', from: minutes(0), at: minutes(100) };

  it('is yellow from 80 per cent and red from its end', () => {
    expect([0, 79, 80, 99, 100, 130].map(n => clockState(next, 0, minutes(n)))).toEqual(['running', 'running', 'near', 'near', 'overdue', 'overdue']);
  });

  it('of working days is yellow by notice, not by the time of day', () => {
    const days = { ...next, at: minutes(3 * 1440) };
    expect(clockState(days, 50, minutes(3 * 1440 - 60))).toBe('running');
    expect(clockState(days, 80, minutes(1440))).toBe('near');
  });

  it('that stands still is neither', () => {
    const [one] = of([whistle('w', summons({ state: 'signed', clocks: { running: [{ clock: 'disposal', due: at(5) }], suspendedUntil: '2026-01-09' } }))]);
    expect(stateOf(one!, minutes(60))).toBe('still');
  });

  it('of a ledger entry that came back is red', () => {
    const [one] = of([whistle('w', summons({ state: 'returned', clocks: { running: [] } }))]);
    expect(stateOf(one!, minutes(60))).toBe('overdue');
  });
});

describe('what may be done', () => {
  const names = (role: 'dispatcher' | 'crew', mine: Summons) => ordersFor(role, whistle('w', mine), mine).map(({ name }) => name);

  it('follows the state of the summons', () => {
    expect(names('dispatcher', summons())).toEqual(['sign', 'depart', 'check-in', 'contact', 'dispute', 'extension', 'suspension']);
    expect(names('dispatcher', summons({ state: 'checked-in', checkedIn: { at: at(9), by, late: false, number: 1 } }))).toEqual(['check-in', 'measures', 'outcome', 'report', 'dispute', 'leave', 'extension', 'suspension']);
    expect(names('dispatcher', summons({ state: 'departed' }))).toContain('recall');
    expect(names('dispatcher', summons({ state: 'settled' }))).toEqual([]);
    expect(names('dispatcher', { department: 'us', role: 'notified', state: 'summoned', vetoes: [] })).toEqual(['sign']);
  });

  it('leaves to a crew what a crew may do', () => {
    expect(names('crew', summons())).toEqual(['depart', 'check-in', 'contact']);
  });

  it('does not dispute twice in a round', () => {
    const disputed = summons({ dispute: { at: at(1), by, round: 1, reason: 'r' } });
    expect(names('dispatcher', disputed)).not.toContain('dispute');
    expect(ordersFor('dispatcher', whistle('w', disputed, { round: 2 }), disputed).map(({ name }) => name)).toContain('dispute');
  });

  it('asks once for more time, and for nothing while the clocks stand still but to let them run', () => {
    const clocks = summons().clocks!;
    const asked = { at: at(1), reason: 'r' };
    expect(names('dispatcher', summons({ clocks: { ...clocks, extensions: [{ ...asked, clock: 'sign', due: at(5), until: at(9) }] } }))).not.toContain('extension');
    expect(names('dispatcher', summons({ clocks: { ...clocks, extensions: [{ ...asked, clock: 'sign', due: at(5), until: at(9), decision: { at: at(2), by, approved: false } }] } }))).toContain('extension');
    const still = names('dispatcher', summons({ clocks: { running: clocks.running, suspendedUntil: '2026-01-09' } }));
    expect(still).toContain('suspension/end');
    expect(still.filter(name => name === 'extension' || name === 'suspension')).toEqual([]);
  });

  it('goes on with a ledger entry, even when the whistle is closed, until that is done', () => {
    const entry = { reason: 'r', dueOn: '2026-02-01', responsible: 'p', milestones: [{ on: '2026-01-09', text: 'one' }, { on: '2026-01-19', text: 'two' }] };
    const ledgered = (ledger: Partial<NonNullable<Summons['ledger']>>) =>
      summons({ state: 'settled', clocks: { running: [] }, outcome: { at: at(1), by, kind: 'ledgered', note: 'n', ledger: entry }, ledger: { dueOn: '2026-02-01', reached: [], ...ledger } });
    const all = ['ledger/milestone', 'ledger/complete', 'ledger/extension'];
    expect(names('dispatcher', ledgered({}))).toEqual(all);
    const closed = whistle('w', ledgered({}), { stage: 'closed' });
    expect(ordersFor('dispatcher', closed, closed.summonses[1]!).map(({ name }) => name)).toEqual(all);
    expect(of([closed])).toHaveLength(1);
    expect(ordersFor('crew', closed, closed.summonses[1]!)).toEqual([]);
    const reached = [1, 2].map(milestone => ({ milestone, at: at(2), note: 'n' }));
    expect(names('dispatcher', ledgered({ reached }))).toEqual(['ledger/complete', 'ledger/extension']);
    expect(names('dispatcher', ledgered({ completed: { at: at(3), by, note: 'n' } }))).toEqual(['ledger/milestone']);
    expect(names('dispatcher', ledgered({ endedAt: at(4) }))).toEqual([]);
    expect(of([whistle('w', ledgered({ endedAt: at(4) }), { stage: 'closed' })])).toEqual([]);
  });

  it('lets a crew leave that is there', () => {
    const first = { at: at(9), by, late: false, number: 1, crew: 'c1' };
    const gone = { ...first, left: { at: at(10) } };
    expect(names('crew', summons({ state: 'checked-in', checkedIn: first }))).toContain('leave');
    expect(names('crew', summons({ state: 'checked-in', checkedIn: gone }))).not.toContain('leave');
    expect(presentCrews(summons({ checkedIn: gone, furtherCheckIns: [{ at: at(11), by, number: 2, crew: 'c2' }] }))).toEqual([{ number: 2, crew: 'c2' }]);
  });

  it('counts more time from when the clock runs out, or from now when it did', () => {
    const extension = orderKinds.find(({ name }) => name === 'extension')!;
    const values = new Map([['clock', 'sign'], ['until', '2'], ['reason', 'r']]);
    expect(bodyOf(extension, values, minutes(0), summons())).toEqual({ clock: 'sign', until: at(125), reason: 'r' });
    expect(bodyOf(extension, values, minutes(60), summons())).toEqual({ clock: 'sign', until: at(180), reason: 'r' });
  });

  it('is sent without what was left empty, times by the server\'s clock, and a ledger entry of one piece', () => {
    const kind = (name: string) => orderKinds.find(each => each.name === name)!;
    expect(bodyOf(kind('depart'), new Map([['crew', ''], ['arrivesAt', '20']]), minutes(0))).toEqual({ arrivesAt: at(20) });
    expect(bodyOf(kind('check-in'), new Map([['crew', 'c1'], ['headcount', '4']]), 0)).toEqual({ crew: 'c1', headcount: 4 });
    const filled = new Map([['kind', 'ledgered'], ['note', 'n'], ['reason', 'r'], ['dueOn', '2026-02-01'], ['responsible', 'p']]);
    expect(bodyOf(kind('outcome'), filled, 0)).toEqual({ kind: 'ledgered', note: 'n', ledger: { reason: 'r', dueOn: '2026-02-01', responsible: 'p', milestones: [] } });
    const milestones = [{ on: '2026-01-20', text: 'one' }];
    expect(bodyOf(kind('outcome'), new Map([...filled, ['milestones', JSON.stringify(milestones)]]), 0)).toMatchObject({ ledger: { milestones } });
    expect(bodyOf(kind('ledger/milestone'), new Map([['milestone', '2'], ['note', 'n']]), 0)).toEqual({ milestone: 2, note: 'n' });
    expect(bodyOf(kind('outcome'), new Map([...filled, ['kind', 'resolved']]), 0)).toEqual({ kind: 'resolved', note: 'n' });
  });
});
