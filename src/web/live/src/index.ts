export * from './backoff.js';
export * from './follower.js';
export * from './freshness.js';
export * from './picture.js';
export * from './serverClock.js';
export * from './signalrFeed.js';
export * from './wire.js';
