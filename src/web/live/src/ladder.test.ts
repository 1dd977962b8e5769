import { HttpTransportType } from '@microsoft/signalr';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { TransportLadder } from './ladder.js';
import { unpack } from './unpack.js';

const { WebSockets, ServerSentEvents, LongPolling } = HttpTransportType;
const all = WebSockets | ServerSentEvents | LongPolling;

describe('TransportLadder', () => {
  it('leaves out a way that opened and let nothing through, and begins anew when none is left', () => {
    const ladder = new TransportLadder(all);
    const ways = [];
    for (let attempt = 0; attempt < 4; attempt++) {
      ways.push(ladder.next());
      ladder.opening();
    }
    expect(ways).toEqual([all, ServerSentEvents | LongPolling, LongPolling, all]);
  });

  it('blames no way for a server that is away', () => {
    const ladder = new TransportLadder(all);
    for (let attempt = 0; attempt < 10; attempt++) {
      expect(ladder.next()).toBe(all);
      ladder.opening();
      ladder.heard();
    }
  });

  it('keeps a way that works', () => {
    const ladder = new TransportLadder(all);
    ladder.next();
    ladder.opening();
    ladder.next();
    ladder.opening();
    ladder.heard();
    expect(ladder.next()).toBe(ServerSentEvents | LongPolling);
  });
});

describe('unpack', () => {
  it.each([['plain', (bytes: Buffer) => bytes], ['compressed', (bytes: Buffer) => gzipSync(bytes)]])('reads a %s frame', async (_, pack) => {
    const frame = { epoch: 'e', whistles: [{ description: '路面塌陷' }] };
    expect(await unpack(pack(Buffer.from(JSON.stringify(frame))))).toEqual(frame);
  });

  it('fails on what is none', async () => {
    await expect(unpack(new Uint8Array([0x1f, 1, 2]))).rejects.toThrow();
    await expect(unpack(new Uint8Array([1]))).rejects.toThrow();
  });
});
