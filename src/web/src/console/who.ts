import type { Department } from '../api/contract';
import type { Who } from '../api/session';
import type { Role } from './orderKinds';

/** Who works at this console, for which department. */
export interface Worker {
  department: string;
  person: string;
  name: string;
  role: Role;
}

const remembered = 'whistle-actors.console';
const screenName = 'whistle-actors.screen';

/** The address first (a bookmark of the desk), then who was here before. */
export function whoIsHere(search: string, departments: readonly Department[]): Worker | undefined {
  const before = recall();
  const asked = new URLSearchParams(search);
  const department = asked.get('department') ?? before?.department;
  if (department === undefined || !departments.some(({ code }) => code === department)) return undefined;
  const role = asked.get('role') ?? before?.role;
  const name = asked.get('name') ?? before?.name;
  if (name === undefined || name === '') return undefined;
  const person = asked.get('person') ?? before?.person ?? newName('p');
  return { department, person, name, role: role === 'crew' ? 'crew' : 'dispatcher' };
}

export function rememberWorker(worker: Worker | undefined): void {
  try {
    if (worker === undefined) localStorage.removeItem(remembered);
    else localStorage.setItem(remembered, JSON.stringify(worker));
  } catch {
    // Storage may be forbidden; then one signs in each time.
  }
}

export function officerOf({ department, person, name, role }: Worker): Who {
  return { person, name, organisation: department, role };
}

/** The name under which this screen proves what it displayed; the same after a reconnect and a reload. */
export function screenOf(): string {
  try {
    const held = localStorage.getItem(screenName) ?? newName('console');
    localStorage.setItem(screenName, held);
    return held;
  } catch {
    return newName('console');
  }
}

export function newName(prefix: string): string {
  return `${prefix}-${[...crypto.getRandomValues(new Uint8Array(5))].map(byte => byte.toString(16).padStart(2, '0')).join('')}`;
}

function recall(): Worker | undefined {
  try {
    const worker = JSON.parse(localStorage.getItem(remembered) ?? 'null') as Worker | null;
    return worker !== null && typeof worker.department === 'string' ? worker : undefined;
  } catch {
    return undefined;
  }
}
