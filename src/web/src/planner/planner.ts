import { fetchCity } from '../api/cityApi';
import type { City, Problem, Subdistrict } from '../api/contract';
import { Refused, Session } from '../api/session';
import type { Translator } from '../i18n';
import { byId, element, setHidden, setText } from '../screen/dom';
import { insist } from '../screen/opening';
import { askWho, forgetWho } from '../screen/placeSignIn';
import type { Changes, Plan, PlanRequest, Scenario, ScenarioDetail } from './contract';
import { Controls } from './controls';
import { Figures } from './figures';
import { Names } from './names';
import { Results } from './results';
import { runPlan } from './running';
import { signIn } from './who';

const mostNeeds = 40;

export async function openPlanner(translator: Translator): Promise<void> {
  const visitor = new Session({ person: 'planner', name: '力量推演', organisation: 'city', role: 'observer' });
  const city = await insist(() => fetchCity(visitor), visitor, translator);
  const who = await askWho(signIn, city, translator);
  const session = new Session(who);
  const [subdistricts, scenarios] = await insist(() => Promise.all([session.get<Subdistrict[]>('/api/v1/city/subdistricts'), session.get<Scenario[]>('/api/v1/plans/scenarios')]), session, translator);
  setText(byId('who'), `${translator.text(city.name)} · ${who.name}`);
  byId('leave').addEventListener('click', () => forgetWho(signIn));
  const leave = new URLSearchParams(location.search);
  for (const name of ['place', 'name']) leave.delete(name);
  byId<HTMLAnchorElement>('leave').href = `?${leave.toString()}`;
  await new Planner(session, city, subdistricts, scenarios, translator).open();
}

class Planner {
  readonly #session: Session;
  readonly #scenarios: Scenario[];
  readonly #translator: Translator;
  readonly #figures: Figures;
  readonly #controls: Controls;
  readonly #results: Results;
  readonly #names: Names;
  readonly #scenario = byId<HTMLSelectElement>('scenario');
  #stop: AbortController | undefined;

  constructor(session: Session, city: City, subdistricts: readonly Subdistrict[], scenarios: Scenario[], translator: Translator) {
    [this.#session, this.#scenarios, this.#translator] = [session, scenarios, translator];
    this.#figures = new Figures(translator);
    this.#names = new Names(city, translator);
    this.#results = new Results(this.#names, translator);
    this.#controls = new Controls(this.#names, city, subdistricts, translator, () => this.#results.stale(true));
  }

  async open(): Promise<void> {
    this.#scenario.replaceChildren(
      ...this.#scenarios.map(({ id, name }) => {
        const option = new Option(name === undefined ? this.#translator.say('planner.broken', { id }) : this.#translator.text(name), id);
        option.disabled = name === undefined;
        return option;
      }),
    );
    const wished = new URLSearchParams(location.search).get('scenario');
    const first = this.#scenarios.find(({ id, name }) => id === wished && name !== undefined) ?? this.#scenarios.find(({ name }) => name !== undefined);
    if (first !== undefined) this.#scenario.value = first.id;
    this.#scenario.addEventListener('change', () => void this.#choose());
    byId('plan').addEventListener('submit', event => {
      event.preventDefault();
      if (this.#stop === undefined) void this.#run();
    });
    byId('stop').addEventListener('click', () => this.#stop?.abort());
    setHidden(byId('planner'), false);
    await this.#choose();
  }

  async #choose(): Promise<void> {
    const id = this.#scenario.value;
    this.#results.clear();
    this.#state('');
    if (id === '') return;
    const detail = await insist(() => this.#session.get<ScenarioDetail>(`/api/v1/plans/scenarios/${encodeURIComponent(id)}`), this.#session, this.#translator);
    // Another one may have been chosen meanwhile.
    if (this.#scenario.value !== id) return;
    const { start = '', days, whistles, target } = detail.scenario;
    setText(byId('facts'), this.#translator.say('planner.facts', { start, days, whistles: Math.round(whistles), target: this.#figures.share(target) }));
    this.#names.learn(detail.departments);
    this.#controls.show(detail);
    byId('crews').dataset['scenario'] = id;
  }

  async #run(): Promise<void> {
    const stop = new AbortController();
    this.#stop = stop;
    this.#faults([]);
    this.#controls.busy(true);
    byId('results').setAttribute('aria-busy', 'true');
    const began = performance.now();
    try {
      const changes = this.#controls.changes();
      const replications = this.#controls.replications;
      const base: Changes = replications === undefined ? {} : { replications };
      const request: PlanRequest = { scenario: this.#scenario.value, changes: base, ...(changes === undefined ? {} : { against: { changes } }) };
      const plan = await this.#follow(request, 'planner.running', stop.signal);
      if (plan?.report !== undefined) {
        this.#results.show(plan.report);
        this.#results.needs([], plan.state === 'done');
      }
      if (plan?.state !== 'done') return this.#ended(plan);

      // The answer is on the screen already while this goes on.
      const searched = await this.#follow({ scenario: this.#scenario.value, changes: { ...base, ...changes }, need: this.#controls.departments.slice(0, mostNeeds) }, 'planner.searching', stop.signal);
      this.#results.needs(searched?.report?.needs ?? [], false);
      if (searched?.state !== 'done') return this.#ended(searched);
      this.#state(this.#translator.say('planner.done', { seconds: this.#figures.small((performance.now() - began) / 1000) }));
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#stop = undefined;
      this.#controls.busy(false);
      setHidden(byId('progress'), true);
      byId('results').setAttribute('aria-busy', 'false');
      byId('run').focus();
    }
  }

  #follow(request: PlanRequest, words: 'planner.running' | 'planner.searching', stop: AbortSignal): Promise<Plan | undefined> {
    const progress = byId<HTMLProgressElement>('progress');
    const told = (done: number, of: number) => {
      progress.value = of === 0 ? 0 : done / of;
      setHidden(progress, false);
      this.#state(this.#translator.say(words, { share: `${Math.floor(100 * progress.value)} %` }));
    };
    told(0, 1);
    return runPlan(this.#session, request, { waits: () => this.#state(this.#translator.say('planner.waiting')), progress: ({ done, of }) => told(done, of) }, stop);
  }

  #ended(plan: Plan | undefined): void {
    this.#state(this.#translator.say(plan?.state === 'failed' ? 'planner.failed' : plan?.stoppedBecause === 'time-limit' ? 'planner.timedOut' : 'planner.stopped'));
  }

  #failed(error: unknown): void {
    const say = this.#translator;
    const problem = error instanceof Refused ? error.problem : undefined;
    if (problem === undefined) return this.#state(say.say('planner.lost'));
    const chinese = say.language === 'zh';
    this.#state(chinese ? problem.detailZh : problem.detail);
    this.#faults(problem.errors ?? []);
  }

  #state(text: string): void {
    setText(byId('state'), text);
  }

  #faults(faults: NonNullable<Problem['errors']>): void {
    const chinese = this.#translator.language === 'zh';
    const texts = this.#controls.refused(faults).map(({ detail, detailZh }) => (chinese ? detailZh : detail));
    byId('faults').replaceChildren(...[...new Set(texts)].map(fault => element('li', '', fault)));
  }
}
