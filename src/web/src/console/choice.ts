/** The whistle that is looked at. It stands in the address, so that the way back of a phone or a browser leads back to the list. */
export class Choice {
  readonly #changed: (now: string | undefined, before: string | undefined) => void;
  #whistle: string | undefined = named(location.hash);

  constructor(changed: (now: string | undefined, before: string | undefined) => void) {
    this.#changed = changed;
    addEventListener('popstate', () => this.#turn(named(location.hash)));
  }

  get whistle(): string | undefined {
    return this.#whistle;
  }

  choose(whistle: string | undefined): void {
    if (whistle === this.#whistle) return;
    if (whistle === undefined && history.state === 'detail') history.back();
    else if (whistle === undefined) history.replaceState(null, '', location.pathname + location.search);
    else if (this.#whistle === undefined) history.pushState('detail', '', `#${whistle}`);
    else history.replaceState(history.state, '', `#${whistle}`);
    this.#turn(whistle);
  }

  #turn(whistle: string | undefined): void {
    const before = this.#whistle;
    if (whistle === before) return;
    this.#whistle = whistle;
    this.#changed(whistle, before);
  }
}

function named(hash: string): string | undefined {
  return hash.length > 1 ? hash.slice(1) : undefined;
}
