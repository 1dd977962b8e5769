import type { BoardFrame } from './wire.js';

/** A frame as MessagePack carries it: the bytes of its JSON, compressed (gzip) when they are many. JSON begins with a brace. */
export async function unpack(packed: Uint8Array): Promise<BoardFrame> {
  const bytes = new Uint8Array(packed);
  const plain = bytes[0] === 0x1f ? new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))) : new Response(bytes);
  return (await plain.json()) as BoardFrame;
}
