import type { Problem, SignInAnswer } from './contract';

/** The server answered, and the answer was no. */
export class Refused extends Error {
  readonly status: number;
  readonly problem: Problem | undefined;
  /** Seconds after which the server wants to be asked again. */
  readonly retryAfter: number | undefined;

  constructor(status: number, problem: Problem | undefined, retryAfter?: number) {
    super(problem === undefined ? `refused with ${status}` : `${problem.code}: ${problem.detail}`);
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

export interface Who {
  person: string;
  name: string;
  organisation: string;
  role: string;
}

/** A token is renewed when it has less than this left. */
const renewBefore = 60_000;
const timeout = 15_000;

/** A signed-in visitor: keeps a valid token and makes requests with it. */
export class Session {
  readonly #who: Who;
  readonly #base: string;
  #answer: Promise<{ token: string; until: number }> | undefined;
  #withdrawn: Refused | undefined;
  #tell: (() => void) | undefined;

  constructor(who: Who, base = '') {
    this.#who = who;
    this.#base = base;
  }

  /** @param tell Called once when access was withdrawn. */
  whenWithdrawn(tell: () => void): void {
    this.#tell = tell;
    if (this.#withdrawn !== undefined) tell();
  }

  /** The server does not let this person in any more: nothing is asked in this name from now on. */
  withdraw(): void {
    if (this.#withdrawn !== undefined) return;
    this.#withdrawn = new Refused(401, undefined);
    this.#tell?.();
  }

  async token(): Promise<string> {
    if (this.#withdrawn !== undefined) throw this.#withdrawn;
    const held = await this.#held();
    if (held.until - performance.now() > renewBefore) return held.token;
    this.#answer = undefined;
    return (await this.#held()).token;
  }

  /** The token is not believed any more; the next request signs in anew. */
  forget(): void {
    this.#answer = undefined;
  }

  async get<T>(path: string): Promise<T> {
    return this.#ask<T>(path, { signal: AbortSignal.timeout(4 * timeout) });
  }

  /** Gives an order. With the same key it takes effect once, however often it is sent. */
  async post<T>(path: string, body: object, key: string, patience = timeout): Promise<T> {
    return this.#ask<T>(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
  }

  /** Gives an order that takes effect once however often it is given, and is answered with nothing. */
  async order(method: 'POST' | 'PUT', path: string, body: object): Promise<void> {
    await this.#ask(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(timeout) });
  }

  async delete(path: string): Promise<void> {
    await this.#ask(path, { method: 'DELETE', keepalive: true, signal: AbortSignal.timeout(timeout) });
  }

  async #ask<T>(path: string, request: RequestInit): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const headers = { ...request.headers, authorization: `Bearer ${await this.token()}`, accept: 'application/json' };
      const response = await fetch(this.#base + path, { ...request, headers });
      if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
      const refused = new Refused(response.status, await problemOf(response), Number(response.headers.get('retry-after')) || undefined);
      if (refused.problem?.code === 'access-withdrawn') this.withdraw();
      if (response.status !== 401 || attempt === 2 || this.#withdrawn !== undefined) throw refused;
      this.forget();
    }
  }

  #held(): Promise<{ token: string; until: number }> {
    if (this.#answer !== undefined) return this.#answer;
    const answer = this.#signIn();
    this.#answer = answer;
    // A failed sign-in is not kept: the next caller tries again.
    answer.catch(() => {
      if (this.#answer === answer) this.#answer = undefined;
    });
    return answer;
  }

  async #signIn(): Promise<{ token: string; until: number }> {
    const response = await fetch(`${this.#base}/api/v1/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(this.#who),
      signal: AbortSignal.timeout(timeout),
    });
    if (!response.ok) throw new Refused(response.status, await problemOf(response));
    const { token, expiresAt } = (await response.json()) as SignInAnswer;
    // How long it lasts is told by the server's clock, not by this machine's, which may be wrong.
    const serverNow = Date.parse(response.headers.get('date') ?? '') || Date.now();
    const lasts = Date.parse(expiresAt) - serverNow;
    return { token, until: performance.now() + Math.max(lasts, 2 * renewBefore) };
  }
}

async function problemOf(response: Response): Promise<Problem | undefined> {
  try {
    const body = (await response.json()) as Partial<Problem>;
    return typeof body.code === 'string' ? (body as Problem) : undefined;
  } catch {
    return undefined;
  }
}
