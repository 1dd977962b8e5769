import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AlertFollower, type AlertFeed } from './alertFollower.js';
import type { StreamSink } from './endless.js';
import type { Alert, AlertFrame } from './wire.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('AlertFollower', () => {
  it('shows nothing of what waits before it has all of it', () => {
    const { sinks, follower } = scripted();
    sinks[0]!.frame(frame([alert('a')], { reset: true, complete: false, unsigned: 2 }));
    expect(follower.ready).toBe(false);
    sinks[0]!.frame(frame([alert('b')], { unsigned: 2 }));
    expect([...follower.alerts.keys()]).toEqual(['a', 'b']);
    expect(follower.unsigned).toBe(2);
  });

  it('forgets after a reconnect what waits no more, and keeps showing the rest meanwhile', () => {
    const { sinks, follower } = scripted();
    sinks[0]!.frame(frame([alert('a'), alert('b')], { reset: true }));
    sinks[0]!.end(new Error('broken'));
    expect(follower.connection).toBe('connecting');
    vi.advanceTimersByTime(1_000);
    sinks[1]!.frame(frame([], { reset: true, complete: false }));
    expect([...follower.alerts.keys()]).toEqual(['a', 'b']);
    sinks[1]!.frame(frame([alert('b'), alert('c')]));
    expect([...follower.alerts.keys()]).toEqual(['b', 'c']);
  });

  it('takes down what was signed, and tells of one that was signed and forgotten', () => {
    const { sinks, follower } = scripted();
    sinks[0]!.frame(frame([alert('a')], { reset: true }));
    sinks[0]!.frame(frame([], { over: ['a'], unsigned: 0 }));
    expect(follower.alerts.size).toBe(0);
    sinks[0]!.frame(frame([alert('a', 'not-departed')], { unsigned: 0 }));
    expect(follower.alerts.get('a')?.cause).toBe('not-departed');
    expect(follower.unsigned).toBe(0);
  });

  it('begins anew when a stream does not begin with all that waits', () => {
    const { sinks, stops } = scripted();
    sinks[0]!.frame(frame([alert('a')]));
    vi.advanceTimersByTime(1_000);
    expect(stops).toEqual([false]);
    expect(sinks).toHaveLength(2);
  });

  it('tries for ever, and gives a silent connection up', () => {
    const { sinks, stops } = scripted();
    for (let attempt = 0; attempt < 30; attempt++) {
      sinks.at(-1)!.end(new Error('refused'));
      vi.advanceTimersByTime(5_000);
    }
    expect(sinks).toHaveLength(31);
    sinks.at(-1)!.frame(frame([], { reset: true }));
    vi.advanceTimersByTime(13_000);
    expect(stops.at(-1)).toBe(true);
  });

  it('proves once what was displayed, and again only when the first time failed', async () => {
    const { sinks, follower, shown, feed } = scripted();
    const [a, b] = [alert('a'), alert('b')];
    sinks[0]!.frame(frame([a, b], { reset: true, unsigned: 2 }));
    feed.works = false;
    follower.displayed([a, b]);
    await vi.advanceTimersByTimeAsync(10);
    expect(shown).toEqual([['a', 'b']]);
    feed.works = true;
    sinks[0]!.frame(frame([], { unsigned: 2 }));
    await vi.advanceTimersByTimeAsync(10);
    follower.displayed([a, b]);
    await vi.advanceTimersByTimeAsync(10);
    expect(shown).toEqual([['a', 'b'], ['a', 'b']]);
    sinks[0]!.frame(frame([alert('a', 'not-departed')], { unsigned: 1 }));
    follower.displayed([alert('a', 'not-departed')]);
    await vi.advanceTimersByTimeAsync(10);
    expect(shown.at(-1)).toEqual(['a']);
    follower.stop();
  });
});

function scripted() {
  const sinks: StreamSink<AlertFrame>[] = [];
  const stops: boolean[] = [];
  const shown: string[][] = [];
  const feed: AlertFeed & { works: boolean } = {
    works: true,
    follow: (_, sink) => {
      sinks.push(sink);
      return { stop: broken => void stops.push(broken) };
    },
    shown: async (_, __, whistles) => {
      shown.push(whistles);
      if (!feed.works) throw new Error('not connected');
    },
  };
  const follower = new AlertFollower({ department: 'd', screen: 's', feed, changed: () => undefined });
  follower.start();
  return { sinks, stops, shown, feed, follower };
}

function frame(alerts: Alert[], more: Partial<AlertFrame> = {}): AlertFrame {
  return { department: 'd', at: new Date().toISOString(), reset: false, complete: true, unsigned: alerts.length, alerts, over: [], ...more };
}

function alert(whistle: string, cause: Alert['cause'] = 'unsigned'): Alert {
  return { whistle, version: 1, cause, since: '2026-01-01T00:00:00Z', role: 'lead', level: 'emergency', grid: 'g', subdistrict: 's', matter: 'm', description: '' };
}
