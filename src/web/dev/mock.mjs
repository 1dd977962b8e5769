// A server for front-end developers: the part of the API and of /hubs/live that the pages use, over a synthetic city.
//
//   npm run mock -- [--port 5080] [--open 40] [--grids 1000] [--life 6] [--seed 3] [--pack FOLDER]
//
// It also serves dist/ when it was built. To see how a page takes trouble:
//   POST /mock/drop        every live connection breaks
//   POST /mock/freeze      live connections stay, but nothing comes any more (POST /mock/thaw ends it)
//   POST /mock/epoch       the board starts a new epoch, as after a restart of the server
//   POST /mock/saturate    the board says that the server turns some away (POST /mock/relieve ends it)
//   POST /mock/refuse      sign-in is refused (POST /mock/admit ends it)
import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { WebSocketServer } from 'ws';
import { Board } from './board.mjs';
import { makeCity } from './city.mjs';
import { Crews } from './crews.mjs';

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '5080' },
    open: { type: 'string', default: '40' },
    grids: { type: 'string', default: '1000' },
    life: { type: 'string', default: '6' },
    seed: { type: 'string', default: '3' },
    pack: { type: 'string' },
  },
});
const city = makeCity({ grids: Number(options.grids), pack: options.pack });
const board = new Board(city, { open: Number(options.open), life: Number(options.life), seed: Number(options.seed) });
const crews = new Crews(city, board);
const dist = fileURLToPath(new URL('../dist', import.meta.url));
// Another one after every start, as with a server that makes a new signing key.
const token = randomUUID();
// The mock has one visitor at a time: whose command centre it is.
let district;
const trouble = { frozen: false, refused: false, saturated: false };

const documents = new Map([
  ['/api/v1/city', () => city.city],
  ['/api/v1/city/districts.geojson', () => city.districts],
  ['/api/v1/city/grids.geojson', () => city.grids],
  ['/api/v1/city/subdistricts', () => city.subdistricts],
  ['/api/v1/city/matters', () => city.matters],
  ['/api/v1/departments', () => city.departments],
]);
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.woff': 'font/woff' };
/** What the real server should send with the pages: everything from itself, map tiles decoded in a worker of its own. */
const policy = "default-src 'self'; img-src 'self' data: blob:; worker-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://mock');
  const json = (status, body) => {
    response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' });
    response.end(JSON.stringify(body));
  };
  const refuse = (status, code, detail, detailZh) => json(status, { type: `urn:whistle-actors:problem:${code}`, title: code, status, code, detail, detailZh });
  const signedIn = request.headers.authorization === `Bearer ${token}` || url.searchParams.get('access_token') === token;

  if (request.method === 'POST' && url.pathname.startsWith('/mock/')) {
    const what = url.pathname.slice('/mock/'.length);
    if (what === 'drop') for (const client of hub.clients) client.terminate();
    else if (what === 'freeze' || what === 'thaw') trouble.frozen = what === 'freeze';
    else if (what === 'refuse' || what === 'admit') trouble.refused = what === 'refuse';
    else if (what === 'saturate' || what === 'relieve') trouble.saturated = what === 'saturate';
    else if (what === 'epoch') board.epoch = `mock-${Date.now().toString(36)}`;
    else return json(404, {});
    return json(200, trouble);
  }
  if (request.method === 'POST' && url.pathname === '/api/v1/sign-in') {
    if (trouble.refused) return refuse(403, 'sign-in-not-offered', 'This server offers no development sign-in.', '本服务器不提供开发登录。');
    // Who looks on from the city sees everything, who commands a district that.
    const { organisation } = await body(request);
    district = city.city.districts.some(({ code }) => code === organisation) ? organisation : undefined;
    return json(200, { token, expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
  }
  if (url.pathname.startsWith('/api/') || url.pathname.startsWith('/hubs/')) {
    if (!signedIn || trouble.refused) return refuse(401, 'not-signed-in', 'Sign in first.', '请先登录。');
    const document = documents.get(url.pathname);
    if (document !== undefined) return json(200, document());
    if (request.method === 'POST' && url.pathname === '/hubs/live/negotiate')
      return json(200, {
        connectionId: 'mock', connectionToken: 'mock', negotiateVersion: 1,
        availableTransports: [{ transport: 'WebSockets', transferFormats: ['Text', 'Binary'] }],
      });
    const blow = /^\/api\/v1\/grids\/(\w+)\/whistles$/.exec(url.pathname);
    if (request.method === 'POST' && blow !== null) {
      const whistle = board.blow(blow[1], await body(request), { person: 'mock', name: 'mock', organisation: 'mock', role: 'subdistrict-officer' });
      return whistle === undefined ? refuse(404, 'unknown-grid', 'No such grid or matter.', '没有这个网格或事项。') : json(201, whistle);
    }
    const about = /^\/api\/v1\/departments\/([\w-]+)\/(.+)$/.exec(url.pathname);
    if (request.method === 'GET' && url.pathname === '/api/v1/contention') return json(200, crews.contention(district));
    if (request.method === 'GET' && about?.[2] === 'allocation' && district !== undefined && !about[1].startsWith(district))
      return refuse(403, 'board-not-yours', 'Your organisation does not see this board.', '贵单位无权查看该看板。');
    if (request.method === 'GET' && about?.[2] === 'allocation') return json(200, crews.allocation(about[1]));
    if (about !== null && request.method !== 'GET') {
      const refused = crews.order(about[1], about[2], await body(request), district);
      if (refused !== undefined) return refuse(...refused);
      response.writeHead(204).end();
      return;
    }
    const substitute = /^\/api\/v1\/whistles\/([\w-]+)\/summonses\/([\w-]+)\/substitute$/.exec(url.pathname);
    if (request.method === 'POST' && substitute !== null) {
      const refused = crews.substitute(substitute[1], substitute[2], (await body(request)).reason);
      return refused === undefined ? json(200, board.whistles.get(substitute[1])) : refuse(...refused);
    }
    return refuse(404, 'unknown-address', 'The mock does not know this address.', '模拟服务器没有这个地址。');
  }
  file(url.pathname, response);
});

/** What a district sees of the city: its own, and what serves all of it. */
function part(name, frame) {
  const [kind, code] = name.split(':');
  if (kind !== 'district') return frame;
  return { ...frame, whistles: frame.whistles.filter(whistle => whistle.district === code), departments: frame.departments.filter(({ department }) => crews.isOf(department, code)) };
}

function file(path, response) {
  let target = join(dist, normalize(path));
  if (existsSync(target) && statSync(target).isDirectory()) target = join(target, 'index.html');
  if (!target.startsWith(dist) || !existsSync(target)) {
    response.writeHead(404).end('not found; was it built?');
    return;
  }
  response.writeHead(200, { 'content-type': types[extname(target)] ?? 'application/octet-stream', 'content-security-policy': policy });
  createReadStream(target).pipe(response);
}

async function body(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return JSON.parse(text || '{}');
}

// SignalR's JSON protocol: records ended by 0x1e; 1 invocation, 3 completion, 6 ping, 7 close.
const end = '\x1e';
const hub = new WebSocketServer({ noServer: true });
server.on('upgrade', (request, socket, head) => {
  const url = new URL(request.url, 'http://mock');
  if (url.pathname !== '/hubs/live' || url.searchParams.get('access_token') !== token || trouble.refused) {
    socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    return;
  }
  hub.handleUpgrade(request, socket, head, serve);
});

function serve(socket) {
  const send = message => socket.send(JSON.stringify(message) + end);
  const followed = new Map();
  let greeted = false;

  socket.on('message', data => {
    for (const record of data.toString().split(end).filter(Boolean)) {
      const message = JSON.parse(record);
      if (!greeted) {
        greeted = true;
        if (message.protocol === 'json') send({});
        else {
          send({ error: `The protocol '${message.protocol}' is not supported.` });
          socket.close();
        }
      } else if (message.type === 1) {
        const [name, position] = message.arguments;
        if (message.target === 'Follow')
          followed.set(name, { resume: position?.epoch === board.epoch && position.sequence <= board.sequence, epoch: position?.epoch, at: position?.sequence ?? 0, quiet: 0 });
        else followed.delete(name);
        send({ type: 3, invocationId: message.invocationId, result: null });
      }
    }
  });

  const timer = setInterval(() => {
    if (trouble.frozen) return;
    for (const [name, stream] of followed) {
      const reset = !stream.resume || stream.epoch !== board.epoch;
      if (!reset && stream.at === board.sequence && (stream.quiet += 100) < 2000) continue;
      const frame = { ...part(name, board.frame(stream.at, reset)), ...(trouble.saturated && { saturated: ['grids'] }) };
      Object.assign(stream, { resume: true, epoch: board.epoch, at: frame.to, quiet: 0 });
      send({ type: 1, target: 'Frame', arguments: [name, frame] });
    }
  }, 100);
  const ping = setInterval(() => send({ type: 6 }), 5000);
  socket.on('close', () => {
    clearInterval(timer);
    clearInterval(ping);
  });
  socket.on('error', () => undefined);
}

setInterval(() => board.live(), 200);
server.listen(Number(options.port), '127.0.0.1', () => {
  console.log(`mock of WhistleActors on http://127.0.0.1:${options.port}: ${city.grids.features.length} grids, ${options.open} open whistles`);
});
