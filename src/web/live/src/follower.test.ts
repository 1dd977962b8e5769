import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Backoff } from './backoff.js';
import { BoardFollower, type BoardFeed, type FeedSink } from './follower.js';
import type { Clocks } from './freshness.js';
import type { BoardFrame, BoardPosition, Load, Whistle } from './wire.js';

/** Repeatable chance (mulberry32): a failing run is told by its seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A board as a server holds it: the truth, with the sequence at which each entity last changed. */
class ModelBoard {
  epoch = 'epoch-0';
  sequence = 0;
  readonly whistles = new Map<string, { state: Whistle; at: number }>();
  readonly loads = new Map<string, { state: Load; at: number }>();
  #epochs = 0;
  #born = 0;

  change(random: () => number): void {
    this.sequence++;
    const kind = random();
    const open = [...this.whistles.values()].filter(w => w.state.stage === 'open');
    const some = open[Math.floor(random() * open.length)];
    if (kind < 0.3 || some === undefined) this.#put(makeWhistle(`w${this.#born++}`, 1, 'open'));
    else if (kind < 0.6) this.#put({ ...some.state, version: some.state.version + 1 });
    else if (kind < 0.8) this.#put({ ...some.state, version: some.state.version + 1, stage: 'closed' });
    else {
      const id = `d${Math.floor(random() * 5)}`;
      this.loads.set(id, { state: makeLoad(id, (this.loads.get(id)?.state.version ?? 0) + 1), at: this.sequence });
    }
  }

  restart(): void {
    this.epoch = `epoch-${++this.#epochs}`;
    this.sequence = this.whistles.size + this.loads.size;
    let at = 0;
    for (const held of [...this.whistles.values(), ...this.loads.values()]) held.at = ++at;
    for (const [id, { state }] of this.whistles) if (state.stage !== 'open') this.whistles.delete(id);
  }

  /** What changed after `after`, in pages of at most `size` sequence numbers. */
  frames(position: BoardPosition | undefined, size: number): BoardFrame[] {
    const resumes = position !== undefined && position.epoch === this.epoch && position.sequence <= this.sequence;
    const frames: BoardFrame[] = [];
    let from = resumes ? position.sequence : 0;
    do {
      const to = Math.min(this.sequence, from + size);
      const within = (held: { at: number }) => held.at > from && held.at <= to;
      frames.push({
        epoch: this.epoch, from, to, head: this.sequence, reset: !resumes && frames.length === 0, complete: to === this.sequence,
        at: new Date(Date.now()).toISOString(),
        whistles: [...this.whistles.values()].filter(within).filter(w => resumes || w.state.stage === 'open').map(w => w.state),
        departments: [...this.loads.values()].filter(within).map(l => l.state),
      });
      from = to;
    } while (from < this.sequence);
    return frames;
  }

  #put(state: Whistle): void {
    this.whistles.set(state.id, { state, at: this.sequence });
  }
}

/** A network that loses, doubles and reorders frames and breaks streams, as long as it is told to. */
class BadNetwork implements BoardFeed {
  trouble = true;
  readonly #board: ModelBoard;
  readonly #random: () => number;
  #sink: FeedSink | undefined;
  #sent: BoardPosition | undefined;

  constructor(board: ModelBoard, random: () => number) {
    this.#board = board;
    this.#random = random;
  }

  follow(_: string, position: BoardPosition | undefined, sink: FeedSink) {
    this.#sink = sink;
    this.#sent = position;
    return {
      stop: () => {
        if (this.#sink === sink) this.#sink = undefined;
      },
    };
  }

  /** One tick of the server: sends what is new, or a heartbeat. */
  tick(): void {
    const sink = this.#sink;
    if (sink === undefined) return;
    if (this.trouble && this.#random() < 0.08) {
      this.#sink = undefined;
      sink.end(new Error('broken'));
      return;
    }
    let frames = this.#board.frames(this.#sent, 1 + Math.floor(this.#random() * 8));
    const last = frames.at(-1)!;
    this.#sent = { epoch: last.epoch, sequence: last.to };
    if (this.trouble) {
      frames = frames.flatMap(frame => (this.#random() < 0.1 ? [] : this.#random() < 0.15 ? [frame, frame] : [frame]));
      if (this.#random() < 0.15) frames.reverse();
    }
    for (const frame of frames) sink.frame(structuredClone(frame));
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('BoardFollower', () => {
  it('holds the truth in the end, whatever the network and the server did, and never goes back', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = chance(seed);
      const board = new ModelBoard();
      const network = new BadNetwork(board, random);
      const seen = new Map<string, number>();
      const follower = new BoardFollower({
        board: 'city',
        feed: network,
        backoff: new Backoff(50, 400, random),
        changed: () => {
          const { picture } = follower;
          for (const [id, { version }] of picture.whistles) {
            if (version < (seen.get(id) ?? 0)) throw new Error(`seed ${seed}: ${id} went back to ${version}`);
            seen.set(id, version);
          }
        },
      });
      follower.start();
      for (let step = 0; step < 250; step++) {
        for (let n = Math.floor(random() * 4); n > 0; n--) board.change(random);
        if (random() < 0.01) board.restart();
        if (random() < 0.05) for (const [id, w] of follower.picture.whistles) if (w.stage !== 'open') follower.picture.takeDown(id);
        network.tick();
        vi.advanceTimersByTime(100);
      }
      network.trouble = false;
      for (let step = 0; step < 20; step++) {
        network.tick();
        vi.advanceTimersByTime(100);
      }

      const truth = [...board.whistles.values()].filter(w => w.state.stage === 'open').map(w => [w.state.id, w.state.version]);
      const held = [...follower.picture.whistles.values()].filter(w => w.stage === 'open').map(w => [w.id, w.version]);
      expect(held.sort(), `seed ${seed}`).toEqual(truth.sort());
      const loads = [...board.loads.values()].map(l => [l.state.department, l.state.version]);
      expect([...follower.picture.departments.values()].map(l => [l.department, l.version]).sort(), `seed ${seed}`).toEqual(loads.sort());
      expect(follower.picture.position).toEqual({ epoch: board.epoch, sequence: board.sequence });
      expect(follower.connection).toBe('live');
      follower.stop();
    }
  }, 30_000);

  it('resumes from where it was, not from the beginning', () => {
    const { positions, sinks, follower } = scripted();
    sinks[0]!.frame(snapshot(7));
    sinks[0]!.end(new Error('broken'));
    expect(follower.connection).toBe('connecting');
    vi.advanceTimersByTime(5000);
    expect(positions).toEqual([undefined, { epoch: 'a', sequence: 7 }]);
  });

  it('follows again at once after a gap, from the position held', () => {
    const { positions, sinks, stops } = scripted();
    sinks[0]!.frame(snapshot(7));
    sinks[0]!.frame({ ...snapshot(10), reset: false, from: 9 });
    vi.advanceTimersByTime(5000);
    expect(stops).toEqual([false]);
    expect(positions).toEqual([undefined, { epoch: 'a', sequence: 7 }]);
  });

  it('gives a silent connection up', () => {
    const { positions, sinks, stops } = scripted();
    sinks[0]!.frame(snapshot(7));
    vi.advanceTimersByTime(11_000);
    expect(stops).toEqual([]);
    vi.advanceTimersByTime(2_000);
    expect(stops).toEqual([true]);
    vi.advanceTimersByTime(1_000);
    expect(positions).toHaveLength(2);
  });

  it('gives a new connection up sooner at first, and more and more time to one on a slow network', () => {
    const { positions, stops } = scripted();
    vi.advanceTimersByTime(5_000);
    expect(stops).toEqual([true]);
    for (let n = 0; n < 10; n++) vi.advanceTimersByTime(12_000);
    const attempts = positions.length;
    vi.advanceTimersByTime(10_000);
    expect(positions.length - attempts).toBeLessThanOrEqual(1);
  });

  it('tries for ever, at least every five seconds', () => {
    const { positions, sinks } = scripted();
    for (let attempt = 0; attempt < 50; attempt++) {
      sinks.at(-1)!.end(new Error('refused'));
      vi.advanceTimersByTime(5000);
    }
    expect(positions).toHaveLength(51);
  });

  it('stops when access was withdrawn, and does not come back with the same token', () => {
    const { sinks, positions, follower } = scripted();
    sinks[0]!.frame(snapshot(7));
    sinks[0]!.end(new Error("An unexpected error occurred. HubException: access-withdrawn: an administrator has withdrawn your access"));
    vi.advanceTimersByTime(600_000);
    follower.hurry();
    expect(positions).toHaveLength(1);
    expect(follower.connection).toBe('ended');
    expect(follower.picture.position?.sequence).toBe(7);
  });

  it('does not listen to a stream that it left', () => {
    const { sinks, follower } = scripted();
    sinks[0]!.frame(snapshot(7));
    sinks[0]!.end(new Error('broken'));
    vi.advanceTimersByTime(5000);
    sinks[0]!.frame(snapshot(99));
    sinks[0]!.end(new Error('again'));
    expect(follower.picture.position?.sequence).toBe(7);
    expect(sinks).toHaveLength(2);
  });

  it('does not call a picture fresh while the board is ahead of it', () => {
    const { sinks, follower } = scripted();
    sinks[0]!.frame(snapshot(7));
    vi.advanceTimersByTime(8000);
    sinks[0]!.frame({ ...snapshot(7), reset: false, from: 7, head: 12, complete: false });
    expect(follower.freshness.age()).toBeGreaterThanOrEqual(8000);
    sinks[0]!.frame({ ...snapshot(12), reset: false, from: 7 });
    expect(follower.freshness.age()).toBeLessThan(100);
  });

  it('asks anew at once when its clocks part: the machine slept, or its clock was set', () => {
    const { positions, sinks, stops, follower } = scripted();
    sinks[0]!.frame(snapshot(7));
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(1_000);
    expect(stops).toEqual([true]);
    expect(positions).toEqual([undefined, { epoch: 'a', sequence: 7 }]);
    expect(follower.freshness.age()).toBeGreaterThan(3_600_000);
    // The clock is set once more while the server is being asked: that is not asked twice.
    vi.setSystemTime(Date.now() - 3_600_000);
    vi.advanceTimersByTime(1_000);
    expect(stops).toEqual([true]);
    sinks[1]!.frame({ ...snapshot(7), reset: false, from: 7 });
    expect(follower.freshness.age()).toBe(0);
    vi.advanceTimersByTime(5_000);
    expect(positions).toHaveLength(2);
  });

  it('asks anew at once when time went by without it, and nothing was heard', () => {
    const time = { now: 0 };
    const { sinks, stops } = scripted({ steady: () => time.now, wall: () => time.now });
    const goOn = (milliseconds: number) => {
      time.now += milliseconds;
      vi.advanceTimersByTime(1_000);
    };
    sinks[0]!.frame(snapshot(7));
    goOn(1_000);
    expect(stops).toEqual([]);
    goOn(6_000);
    expect(stops).toEqual([true]);
    // In the background beats are late, but the server is heard.
    time.now += 60_000;
    sinks[1]!.frame({ ...snapshot(7), reset: false, from: 7 });
    vi.advanceTimersByTime(1_000);
    expect(stops).toEqual([true]);
  });

  it('shows its picture at a time that stands still when the picture is old, and does not jump with the clock of the machine', () => {
    const { sinks, follower } = scripted();
    const server = Date.parse('2026-01-01T00:00:00Z');
    sinks[0]!.frame({ ...snapshot(7), at: '2026-01-01T00:00:00Z' });
    vi.advanceTimersByTime(4_000);
    expect(follower.shownAt(10_000)).toBe(server + 4_000);
    vi.setSystemTime(Date.now() + 3_600_000);
    expect(follower.shownAt(10_000)).toBe(server + 4_000);
    vi.advanceTimersByTime(60_000);
    expect(follower.shownAt(10_000)).toBe(server + 10_000);
  });

  it('leaves no timer behind when it stops', () => {
    const { sinks, follower } = scripted();
    sinks[0]!.frame(snapshot(7));
    follower.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});

function scripted(clocks?: Clocks) {
  const positions: (BoardPosition | undefined)[] = [];
  const sinks: FeedSink[] = [];
  const stops: boolean[] = [];
  const feed: BoardFeed = {
    follow: (_, position, sink) => {
      positions.push(position);
      sinks.push(sink);
      return { stop: broken => void stops.push(broken) };
    },
  };
  const follower = new BoardFollower({ board: 'city', feed, changed: () => undefined, ...(clocks === undefined ? {} : { clocks }) });
  follower.start();
  return { positions, sinks, stops, follower };
}

function snapshot(to: number): BoardFrame {
  return { epoch: 'a', from: 0, to, head: to, reset: true, complete: true, at: new Date().toISOString(), whistles: [], departments: [] };
}

function makeWhistle(id: string, version: number, stage: Whistle['stage']): Whistle {
  return {
    id, version, stage, grid: 'g', subdistrict: 's', district: 'd', matter: 'm', occasion: 'key-work', level: 'daily', chain: 'service', round: 1,
    description: '', packVersion: '1', blownAt: '2026-01-01T00:00:00Z', blownBy: { person: 'p', name: 'n', organisation: 'o', role: 'r' }, summonses: [],
  };
}

function makeLoad(department: string, version: number): Load {
  return { department, version, open: 0, summoned: 0, signed: 0, departed: 0, checkedIn: 0, reported: 0, overdue: 0, crews: 1, committed: 0 };
}
