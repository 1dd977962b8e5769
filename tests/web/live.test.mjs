// The live package as it is published, in Node, on the real server: every way to the server and both encodings.
import assert from 'node:assert/strict';
import { createServer as createTcpServer, connect } from 'node:net';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Api, realServer } from './harness.mjs';
import { BoardFollower, SignalRFeed } from '../../src/web/live/dist/index.js';

const { HttpTransportType } = createRequire(new URL('../../src/web/package.json', import.meta.url))('@microsoft/signalr');
const skip = realServer === undefined && 'only on a real server';

async function signIn() {
  const api = await new Api(realServer).signIn('city', 'observer');
  return api.token;
}

/** Follows the city until a whistle that is blown meanwhile is on the board. */
async function follows(url, options, silence = 12_000) {
  const token = await signIn();
  let changed = () => undefined;
  const follower = new BoardFollower({ board: 'city', feed: new SignalRFeed(`${url}/hubs/live`, async () => token, options), silence, changed: () => changed() });
  const until = fits =>
    new Promise((done, fail) => {
      const patience = setTimeout(() => fail(new Error('not within 30 s')), 30_000);
      changed = () => {
        if (!fits()) return;
        clearTimeout(patience);
        done();
      };
      changed();
    });
  try {
    follower.start();
    await until(() => follower.picture.ready);
    const whistle = await new Api(realServer).blow();
    await until(() => follower.picture.whistles.get(whistle.id)?.description.includes('大屏测试'));
    assert.equal(follower.connection, 'live');
    assert.ok(follower.freshness.age() < 2_000);
  } finally {
    follower.stop();
  }
}

for (const [way, encoding] of [['WebSockets', 'messagepack'], ['WebSockets', 'json'], ['ServerSentEvents', 'json'], ['LongPolling', 'messagepack'], ['LongPolling', 'json']])
  test(`${way} carries ${encoding}`, { skip }, () => follows(realServer, { encoding, transports: HttpTransportType[way] }));

/** Something between client and server that changes what it carries. */
async function middlebox(toServer, toClient) {
  const target = new URL(realServer);
  const sockets = new Set();
  const server = createTcpServer(near => {
    const far = connect(Number(target.port), target.hostname);
    const state = {};
    for (const [from, to, change] of [[near, far, toServer], [far, near, toClient]]) {
      sockets.add(from);
      from.on('data', bytes => {
        const changed = change(bytes, state);
        if (changed !== undefined) to.write(changed);
      });
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test('takes another way where a WebSocket cannot be opened', { skip }, async () => {
  const box = await middlebox(bytes => Buffer.from(bytes.toString('latin1').replace(/upgrade: websocket/i, 'X-Grade: websocket'), 'latin1'), bytes => bytes);
  try {
    await follows(box.url, {});
  } finally {
    box.close();
  }
});

test('takes another way the next time where a WebSocket opens and lets nothing through', { skip }, async () => {
  const box = await middlebox(
    bytes => bytes,
    (bytes, state) => {
      if (state.swallows) return undefined;
      state.swallows = bytes.toString('latin1').startsWith('HTTP/1.1 101');
      return bytes;
    },
  );
  try {
    await follows(box.url, {}, 3_000);
  } finally {
    box.close();
  }
});

test('one connection changes from board to board, and nothing of the one before comes any more', { skip }, async () => {
  const token = await signIn();
  const feed = new SignalRFeed(`${realServer}/hubs/live`, async () => token);
  const follow = (board, position) => {
    const frames = [];
    let came;
    const first = new Promise((done, fail) => {
      came = frame => {
        frames.push(frame);
        done(frame);
      };
      setTimeout(() => fail(new Error(`nothing of ${board} within 10 s`)), 10_000).unref();
    });
    return { frames, first, stream: feed.follow(board, position, { frame: came, end: error => came(Promise.reject(error)) }) };
  };
  const city = follow('city');
  const held = await city.first;
  city.stream.stop(false);
  const seen = city.frames.length;
  const district = follow('district:110101');
  assert.equal((await district.first).reset, true);
  district.stream.stop(false);
  const back = follow('city', { epoch: held.epoch, sequence: held.to });
  const next = await back.first;
  assert.deepEqual([next.reset, next.from], [false, held.to]);
  assert.equal(city.frames.length, seen);
  back.stream.stop(true);
});
