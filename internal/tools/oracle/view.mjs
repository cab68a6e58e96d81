// A view is what is known as at a day, described on a day: every figure is asked of one.
import { Catalogue, fold, inForce } from './catalogue.mjs';
import { census, counts, progress } from './counting.mjs';
import { before, day, dayText, lastOf, monthOf, monthPeriod, period } from './dates.mjs';
import { knownAt } from './dump.mjs';
import { Growing } from './growth.mjs';
import { DIGITAL, inOrder } from './life.mjs';
import { Lines, Use } from './lines.mjs';
import { median } from './numbers.mjs';
import { against, Plans } from './plans.mjs';
import { answers, completeness, coverage, dormant, takeUp } from './quality.mjs';
import { shape, Users } from './use.mjs';

// Knowledge is what is known as at a day; null: now.
export class Knowledge {
  constructor(rows, asAt) {
    this.known = knownAt(rows, asAt);
    this.catalogue = new Catalogue(this.known);
    this.use = new Use(this.known);
  }
}

export class View {
  constructor(knowledge, on, today) {
    const { known, catalogue, use } = knowledge;
    Object.assign(this, { known, catalogue, on });
    this.settings = settingsOn(known.streams('programme').get('programme') ?? [], on);
    this.lastEnded = lastOf(monthOf(on)) === on && today > on ? monthOf(on) : monthOf(on) - 1;
    this.dueDays = new Map(this.calendar('due_days').map((each) => [monthOf(day(each.from)), day(each.from)]));
    this.today = catalogue.on(on);
    this.lines = new Lines(use, this.holidays(), on);
    this.users = new Users(this, this.lines);
    this.plans = new Plans(this, known.streams('plan'));
  }

  // calendar are the days of a calendar, by its newest version known.
  calendar(name) {
    return this.known.streams('programme').get(`calendar/${name}`)?.at(-1).body.days ?? [];
  }

  holidays() {
    const days = new Set();
    for (const each of this.calendar('holidays')) {
      for (let at = day(each.from); at <= day(each.to); at++) days.add(at);
    }
    return days;
  }

  // entities are those listed on the day: in the catalogue, owning a service, or with an approved plan.
  entities() {
    const listed = new Set([...this.catalogue.entities].filter(([, stream]) => inForce(stream, this.on)).map(([code]) => code));
    for (const service of this.today.members) listed.add(this.catalogue.owner(service, this.on));
    for (const entity of this.plans.baselines.keys()) listed.add(entity);
    return listed;
  }

  growing(query) {
    return new Growing(this.users, { channels: DIGITAL, ...query });
  }

  growth(query) {
    return this.growing(query).figures(period(query.period));
  }

  usage(query) {
    const at = (text) => (text ? day(text) : undefined);
    return this.users.series({ ...query, from: at(query.from), to: at(query.to) });
  }

  takeUp(query) {
    return takeUp(this.users, period(query.period));
  }

  // figures are the figures of the day.
  figures() {
    const month = monthPeriod(this.lastEnded);
    const growth = this.growing({}).figures(month);
    return {
      completeness: completeness(this.users),
      verified: progress(this, 'verified', this.plans), claimed: progress(this, 'claimed', this.plans),
      coverage: coverage(this),
      entities: [...this.entities()].sort().map((entity) => this.entity(entity, month)),
      services: this.today.members.map((service) => this.service(service, month)),
      usage: { completed: growth.total, growth, take_up: takeUp(this.users, month) },
      plans: this.plans.figures(),
      attention: this.attention(),
    };
  }

  attention() {
    const { on } = this;
    const codes = (which) => this.today.members.map((service) => service.code).filter(which);
    const late = this.plans.milestones('verified').filter((each) => each.status === 'late');
    return {
      late: late.map((each) => ({ service: each.service, entity: each.entity, level: each.level, days: on - each.original,
        planned_on: dayText(each.original) })),
      dormant: codes((code) => dormant(this.users, fold(code))),
      silent: codes((code) => answers(this.users, fold(code)).silent),
      without_numbers: codes((code) => answers(this.users, fold(code)).withoutNumbers),
    };
  }

  entity(entity, month) {
    const owns = (service) => this.catalogue.owner(service, this.on) === entity;
    const own = this.today.members.filter(owns);
    const rows = (basis) => census(this.today, basis, this.settings).filter((row) => owns(row.service));
    const [verified, claimed] = [counts(rows('verified')), counts(rows('claimed'))];
    const ownsCode = (code) => owns(this.users.service(code));
    const growing = this.growing({ entity });
    const standing = own.map((service) => this.today.standing(service));
    const milestones = this.plans.milestones('verified').filter((each) => each.entity === entity);
    return {
      code: entity, services: standing.filter((each) => !each.retired).length,
      live: standing.filter((each) => each.live).length,
      counted: verified.counted, end_to_end: verified.end_to_end, by_level: verified.by_level,
      claimed_levels: claimed.by_level,
      ...against(verified.counted, this.plans.entityCurve(entity, this.on)),
      slip_median: median(milestones.filter((each) => each.due).map((each) => each.slip)),
      slip_over_30: this.plans.slips(milestones).slip_over_30,
      completed: shape(growing.total(month)),
      ...growing.compared(month, before(month)),
      take_up: takeUp(this.users, month, ownsCode).value,
      completeness: completeness(this.users, ownsCode),
      trend: this.users.series({ entity, to: month.to })[0].points,
    };
  }

  service(service, month) {
    const code = fold(service.code);
    const standing = this.today.standing(service);
    const entry = this.today.entry(service);
    const clause = (basis) => census(this.today, basis, this.settings).find((row) => row.service === service).clause;
    const answered = answers(this.users, code);
    return {
      code: service.code, entity: entry.entity, channels: inOrder(standing.channels),
      launched_on: dayText(standing.launchedOn), level_claimed: standing.claimed, level_verified: standing.verified,
      counted: clause('verified') === null, clause: clause('verified') ?? '', claimed_clause: clause('claimed') ?? '',
      existed: this.today.existed(service, 'verified', this.settings),
      dormant: dormant(this.users, code), silent: answered.silent, without_numbers: answered.withoutNumbers,
      completed: shape(this.users.total(DIGITAL, 'completed', month, '', (other) => other === code)),
    };
  }
}

// settingsOn is the programme's record in force on a day, with what its rule leaves out.
function settingsOn(stream, on) {
  const fact = inForce(stream, on);
  if (!fact) throw new Error('the dump holds no record of the programme');
  const { rule } = fact.body;
  const minimum = Math.max(rule.minimum_level ?? 1, 1);
  return {
    goal: fact.body.goal, starts: day(fact.body.starts_on), target: day(fact.body.target_on),
    dueDay: fact.body.due_day || 10,
    rule: {
      minimum_level: minimum, new_at_level: rule.new_at_level || minimum, audiences: rule.audiences ?? [],
      count_existing: rule.count_existing, version: fact.seq,
    },
  };
}
