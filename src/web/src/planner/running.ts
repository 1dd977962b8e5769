import { Refused, type Session } from '../api/session';
import type { Plan, PlanRequest } from './contract';

const every = 400;
const patience = 20_000;

export interface Watcher {
  /** Another simulation is running: it begins by itself when that is over. */
  waits(): void;
  progress(plan: Plan): void;
}

/**
 * Runs a plan on the server and follows it to its end. When `stop` is aborted the server is told, and what was done until then comes back; undefined when nothing had begun.
 * A server that is away for a moment is asked again; the last failure is thrown when it stays away.
 */
export async function runPlan(session: Session, request: PlanRequest, watcher: Watcher, stop: AbortSignal): Promise<Plan | undefined> {
  let plan = await begin(session, request, watcher, stop);
  if (plan === undefined) return undefined;
  const path = `/api/v1/plans/${plan.id}`;
  const tell = () => void session.delete(path).catch(() => undefined);
  if (stop.aborted) tell();
  stop.addEventListener('abort', tell);
  window.addEventListener('pagehide', tell);
  try {
    let heard = performance.now();
    while (plan.state === 'running') {
      watcher.progress(plan);
      await pause(every);
      try {
        plan = await session.get<Plan>(path);
        heard = performance.now();
      } catch (error) {
        if (error instanceof Refused || performance.now() - heard > patience) throw error;
      }
    }
    return plan;
  } finally {
    stop.removeEventListener('abort', tell);
    window.removeEventListener('pagehide', tell);
  }
}

async function begin(session: Session, request: PlanRequest, watcher: Watcher, stop: AbortSignal): Promise<Plan | undefined> {
  const key = crypto.randomUUID();
  while (!stop.aborted) {
    try {
      return await session.post<Plan>('/api/v1/plans', request, key);
    } catch (error) {
      if (!(error instanceof Refused) || (error.status !== 429 && error.status !== 503)) throw error;
      watcher.waits();
      await pause(1000 * (error.retryAfter ?? 1));
    }
  }
  return undefined;
}

const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));
