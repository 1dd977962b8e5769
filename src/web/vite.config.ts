import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// During development the pages come from vite and everything else from a server or from the mock (npm run mock).
const server = process.env.WHISTLE_SERVER ?? 'http://127.0.0.1:5080';
const page = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: '/',
  // From its sources: the wall is built with the live package as it is now, not as it was last built.
  resolve: { alias: { '@whistle-actors/live': page('live/src/index.ts') } },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    // A strict content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    // The map library is one big module and is loaded after the rest of the wall already shows.
    chunkSizeWarningLimit: 1400,
    rolldownOptions: {
      input: { index: page('index.html'), wall: page('wall/index.html'), console: page('console/index.html'), planner: page('planner/index.html'), command: page('command/index.html'), pushWorker: page('src/push-worker/main.ts') },
      output: {
        // A worker keeps its address, and reaches no further than its folder.
        entryFileNames: chunk => (chunk.name === 'pushWorker' ? 'console/push-worker.js' : 'assets/[name]-[hash].js'),
        // Some web servers do not know .mjs and would send the map's worker with a type that browsers refuse.
        assetFileNames: asset =>
          asset.names.some(name => name.endsWith('.mjs')) ? 'assets/[name]-[hash].js' : 'assets/[name]-[hash][extname]',
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': server,
      '/hubs': { target: server, ws: true },
    },
  },
  test: {
    include: ['src/**/*.test.ts', 'live/src/**/*.test.ts'],
    environment: 'node',
  },
});
