import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Presses } from './presses';

describe('while something is pressed', () => {
  let page: EventTarget;
  let presses: Presses;
  let drawn: string[];

  beforeEach(() => {
    vi.useFakeTimers();
    page = new EventTarget();
    presses = new Presses(page);
    drawn = [];
  });

  afterEach(() => vi.useRealTimers());

  const happens = (type: string, key?: string) => page.dispatchEvent(Object.assign(new Event(type), { key }));
  const draw = (what: string) => presses.whenOver(() => drawn.push(what));

  it('nothing is drawn, and all of it in its order once the click has come', () => {
    draw('before');
    happens('pointerdown');
    draw('first');
    draw('second');
    vi.advanceTimersByTime(1_000);
    expect(drawn).toEqual(['before']);
    happens('pointerup');
    expect(drawn).toEqual(['before']);
    vi.advanceTimersByTime(100);
    expect(drawn).toEqual(['before', 'first', 'second']);
    draw('after');
    expect(drawn.at(-1)).toBe('after');
  });

  it('the space bar is a finger, other keys are not', () => {
    happens('keydown', 'Enter');
    draw('at once');
    happens('keydown', ' ');
    draw('when let go');
    expect(drawn).toEqual(['at once']);
    happens('keyup', ' ');
    vi.advanceTimersByTime(100);
    expect(drawn).toEqual(['at once', 'when let go']);
  });

  it('a press whose end is never told holds the picture for four seconds, not for ever', () => {
    happens('pointerdown');
    draw('late');
    vi.advanceTimersByTime(3_900);
    expect(drawn).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(drawn).toEqual(['late']);
  });

  it('two presses in a row are held to the end of the second', () => {
    happens('pointerdown');
    happens('pointerup');
    happens('pointerdown');
    draw('once');
    vi.advanceTimersByTime(1_000);
    expect(drawn).toEqual([]);
    happens('pointercancel');
    vi.advanceTimersByTime(100);
    expect(drawn).toEqual(['once']);
  });
});
