import type { Whistle } from '@whistle-actors/live';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refused } from '../api/session';
import { Outbox, type Order, type Shelf } from './outbox';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const whistle = (id: string) => ({ id, version: 7 }) as Whistle;
const no = (status: number, retryAfter?: number) => new Refused(status, { title: '', status, code: 'c', detail: 'd', detailZh: 'd' }, retryAfter);
const nothingHeard = new TypeError('Failed to fetch');

/** A server that answers as it is told to, in turn; after that it stores everything. */
function scripted(answers: (Error | 'never')[] = [], shelf?: Shelf) {
  const sent: Order[] = [];
  const stored: string[] = [];
  const outbox = new Outbox({
    owner: 'd.p',
    send: order => {
      sent.push(order);
      const answer = answers.shift();
      return answer === 'never' ? new Promise(() => undefined) : answer === undefined ? Promise.resolve(whistle(order.whistle)) : Promise.reject(answer);
    },
    stored: ({ id }, { name }) => stored.push(`${id} ${name}`),
    changed: () => undefined,
    now: () => 42,
    shelf,
    random: () => 1,
  });
  outbox.start();
  const states = () => outbox.all.map(({ progress }) => progress.state);
  return { outbox, sent, stored, states };
}

class MemoryShelf extends Map<string, string> implements Shelf {
  get length() {
    return this.size;
  }
  key(index: number) {
    return [...this.keys()][index] ?? null;
  }
  getItem(key: string) {
    return this.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    this.set(key, value);
  }
  removeItem(key: string) {
    this.delete(key);
  }
}

describe('the outbox', () => {
  it('says stored only when the server has said so', async () => {
    const { outbox, stored, states } = scripted(['never']);
    outbox.give('w', 'sign', {});
    await vi.advanceTimersByTimeAsync(10);
    expect(states()).toEqual(['sending']);
    expect(stored).toEqual([]);
    expect(outbox.open).toBe(1);
  });

  it('sends again under the same key until there is an answer, whatever the network does', async () => {
    const { outbox, sent, stored, states } = scripted([nothingHeard, nothingHeard, no(503), no(500), no(429), no(401), nothingHeard]);
    outbox.give('w', 'sign', {});
    await vi.advanceTimersByTimeAsync(10);
    expect(states()).toEqual(['waiting']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(8);
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
    expect(stored).toEqual(['w sign']);
  });

  it('sends a few at once, and all in the end', async () => {
    let [underWay, most] = [0, 0];
    const stored: string[] = [];
    const outbox = new Outbox({
      owner: 'd.p',
      send: async order => {
        most = Math.max(most, ++underWay);
        await new Promise(resolve => setTimeout(resolve, 100));
        underWay--;
        return whistle(order.whistle);
      },
      stored: ({ id }) => stored.push(id),
      changed: () => undefined,
      now: () => 42,
    });
    for (let n = 0; n < 50; n++) outbox.give(`w${n}`, 'sign', {});
    await vi.advanceTimersByTimeAsync(5_000);
    expect(most).toBe(4);
    expect(new Set(stored).size).toBe(50);
  });

  it('waits as long as an overloaded server asks for', async () => {
    const { outbox, sent } = scripted([no(503, 9)]);
    outbox.give('w', 'sign', {});
    await vi.advanceTimersByTimeAsync(8_500);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toHaveLength(2);
  });

  it('tries at once when it is told that the network is back', async () => {
    const { outbox, sent } = scripted([no(503, 100)]);
    outbox.give('w', 'sign', {});
    await vi.advanceTimersByTimeAsync(10);
    outbox.hurry();
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toHaveLength(2);
  });

  it('does not repeat what was refused, and keeps it until somebody has read it', async () => {
    const { outbox, sent, states } = scripted([no(409)]);
    outbox.give('w', 'sign', {});
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(1);
    expect(states()).toEqual(['refused']);
    expect(outbox.open).toBe(0);
    outbox.dismiss(sent[0]!.key);
    expect(states()).toEqual([]);
  });

  it('does not let anybody dismiss what may be stored already', async () => {
    const { outbox, sent, states } = scripted(['never']);
    outbox.give('w', 'sign', {});
    await vi.advanceTimersByTimeAsync(10);
    outbox.dismiss(sent[0]!.key);
    expect(states()).toEqual(['sending']);
  });

  it('keeps the order in which things were done under a whistle, and lets no whistle wait for another', async () => {
    const { outbox, sent } = scripted([nothingHeard]);
    outbox.give('w', 'sign', {});
    outbox.give('w', 'depart', {});
    outbox.give('v', 'sign', {});
    await vi.advanceTimersByTimeAsync(10);
    expect(sent.map(({ whistle: id, name }) => `${id} ${name}`)).toEqual(['w sign', 'v sign']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent.map(({ whistle: id, name }) => `${id} ${name}`)).toEqual(['w sign', 'v sign', 'w sign', 'w depart']);
  });

  it('takes a button that is pressed twice as pressed once', async () => {
    const { outbox, sent } = scripted(['never']);
    outbox.give('w', 'sign', {});
    outbox.give('w', 'sign', {});
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toHaveLength(1);
    expect(outbox.all).toHaveLength(1);
  });

  it('goes on after the page was closed, under the same key, and leaves nothing behind', async () => {
    const shelf = new MemoryShelf();
    const before = scripted(['never'], shelf);
    before.outbox.give('w', 'sign', {});
    before.outbox.give('w', 'depart', { crew: 'c' });
    await vi.advanceTimersByTimeAsync(10);
    const after = scripted([], shelf);
    await vi.advanceTimersByTimeAsync(10);
    expect(after.sent.map(({ name, body }) => [name, body])).toEqual([['sign', {}], ['depart', { crew: 'c' }]]);
    expect(after.sent[0]!.key).toBe(before.sent[0]!.key);
    expect(shelf.length).toBe(0);
  });

  it('gives an order up before the server forgets its key', async () => {
    const shelf = new MemoryShelf();
    scripted(['never'], shelf).outbox.give('w', 'sign', {});
    vi.setSystemTime(Date.now() + 21 * 3_600_000);
    const { sent, states } = scripted([], shelf);
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toEqual([]);
    expect(states()).toEqual(['expired']);
  });

  it('leaves the orders of another person alone', async () => {
    const shelf = new MemoryShelf();
    shelf.setItem('whistle-actors.order.d.q.1', JSON.stringify({ key: '1', whistle: 'w', name: 'sign', body: {}, givenAt: Date.now() }));
    const { sent } = scripted([], shelf);
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toEqual([]);
  });
});
