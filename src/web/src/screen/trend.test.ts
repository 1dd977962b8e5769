import { describe, expect, it } from 'vitest';
import { wayOf } from './trend';

const forecast = (openIn30Minutes: number) => ({ organisation: 'd', version: 1, openIn30Minutes, openIn60Minutes: 9 });

describe('where a load tends to', () => {
  it('goes by what is open now, and says nothing where nothing is known or nothing changes', () => {
    expect([wayOf(5, forecast(7)), wayOf(5, forecast(3)), wayOf(5, forecast(5)), wayOf(5, undefined)]).toEqual(['up', 'down', 'same', 'same']);
  });
});
