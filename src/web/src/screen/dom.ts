/** Everything that comes from outside goes through `textContent`, never through markup. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, className = '', ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found as T;
}

/** Writes only what differs: a wall repaints the same rows for weeks. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

export function setData(node: HTMLElement, name: string, value: string): void {
  if (node.dataset[name] !== value) node.dataset[name] = value;
}

export function setHidden(node: HTMLElement, hidden: boolean): void {
  if (node.hidden !== hidden) node.hidden = hidden;
}

/**
 * Puts new rows where the old ones were. The focus stays on what is the same: on what `data-<of>` names, or in it on the control that says the same. So whoever works without a mouse
 * does not begin at the top with every change.
 */
export function replaceRows(list: HTMLElement, of: string, rows: readonly HTMLElement[]): void {
  const focused = list.contains(document.activeElement) ? (document.activeElement as HTMLElement) : undefined;
  const row = focused?.closest<HTMLElement>(`[data-${of}]`);
  list.replaceChildren(...rows);
  if (focused === undefined || !row) return;
  const same = list.querySelector<HTMLElement>(`[data-${of}="${CSS.escape(row.dataset[of]!)}"]`);
  const control = row === focused ? same : [...(same?.querySelectorAll<HTMLElement>(focused.tagName) ?? [])].find(each => labelOf(each) === labelOf(focused));
  control?.focus({ preventScroll: true });
}

const labelOf = (control: HTMLElement) => control.getAttribute('aria-label') ?? control.textContent;
