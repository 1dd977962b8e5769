export * from './backoff';
export * from './follower';
export * from './freshness';
export * from './picture';
export * from './serverClock';
export * from './wire';
