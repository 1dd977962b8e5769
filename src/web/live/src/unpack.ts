/** A frame as MessagePack carries it: the bytes of its JSON, compressed (gzip) when they are many. JSON begins with a brace. */
export async function unpack<Frame>(packed: Uint8Array): Promise<Frame> {
  const bytes = new Uint8Array(packed);
  const plain = bytes[0] === 0x1f ? new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))) : new Response(bytes);
  return (await plain.json()) as Frame;
}
