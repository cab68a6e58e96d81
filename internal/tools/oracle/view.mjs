// A view is what is known as at a day, described on a day: every figure is asked of one.
import { Catalogue, fold, inForce } from './catalogue.mjs';
import { census, counts, progress } from './counting.mjs';
import { before, day, dayText, lastOf, monthOf, monthPeriod, monthText, period } from './dates.mjs';
import { knownAt } from './dump.mjs';
import { findings } from './findings.mjs';
import { Growing } from './growth.mjs';
import { DIGITAL, inOrder } from './life.mjs';
import { Lines, Use } from './lines.mjs';
import { attention } from './attention.mjs';
import { median, none, reported } from './numbers.mjs';
import { against, Plans } from './plans.mjs';
import { answers, completeness, coverage, dormant, takeUp } from './quality.mjs';
import { entityStatus, headlines, likelihood } from './standing.mjs';
import { shape, Users } from './use.mjs';
import { usageFigures } from './year.mjs';

const LISTED = 200; // findings of one entity and kind

// Knowledge is what is known as at a day; null: now.
export class Knowledge {
  constructor(rows, asAt) {
    this.asAt = asAt;
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
    this.lastOver = Math.min(on, knowledge.asAt !== null && knowledge.asAt < today ? knowledge.asAt : today - 1);
    this.lastEnded = monthOf(this.lastOver + 1) - 1;
    this.dueDays = new Map(this.calendar('due_days').map((each) => [monthOf(day(each.from)), day(each.from)]));
    this.today = catalogue.on(on);
    this.lines = new Lines(use, this.holidays(), on);
    this.users = new Users(this, this.lines);
    this.plans = new Plans(this, known.streams('plan'));
  }

  // ended says whether a period is over by the day and by what is known (docs/rules.md#month-ended).
  ended(period) {
    return period.to <= this.lastOver;
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

  // quality are the doubts about data, of each entity and kind; of those of which not all are listed, how many.
  quality() {
    const groups = {};
    for (const each of findings(this)) {
      const group = (groups[`${each.entity} ${each.kind}`] ??= { count: 0, findings: [] });
      group.count++;
      group.findings.push(each);
    }
    for (const group of Object.values(groups)) if (group.count > LISTED) group.findings = [];
    return groups;
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
    const services = this.today.members.map((service) => this.service(service, month));
    const entities = [...this.entities()].sort().map((entity) => this.entity(entity, month));
    return {
      completeness: completeness(this.users), verified: this.progress('verified'), claimed: this.progress('claimed'),
      coverage: coverage(this), entities, services, usage: usageFigures(this, month), plans: this.plans.figures(),
      attention: attention(this, services, entities),
    };
  }

  progress(basis) {
    this.progressOf ??= {};
    this.progressOf[basis] ??= progress(this, basis, this.plans);
    return this.progressOf[basis];
  }

  // headlines are the figures at the top, and the likelihood of the goal by a probability that the question gives.
  headlines(query) {
    const month = monthPeriod(this.lastEnded);
    const figures = { verified: this.progress('verified'), coverage: coverage(this), usage: usageFigures(this, month) };
    const word = (basis) => likelihood(this.settings.goal, this.progress(basis).counted, query[basis].probability, query[basis].coverage);
    return {
      headlines: headlines(figures, monthText(monthOf(this.on) - 1)),
      likelihood: { verified: word('verified'), claimed: word('claimed') },
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
    const hasPlan = this.plans.baselines.has(entity);
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
      ...entityStatus(milestones, hasPlan, this.on),
      series: this.lastMonths(12).map((each) => this.entityMonth(entity, each)),
    };
  }

  // lastMonths are those that end with the day's.
  lastMonths(count) {
    return Array.from({ length: count }, (_, i) => monthOf(this.on) - count + 1 + i);
  }

  // entityMonth is an entity's count at the end of a month, on the day in its own.
  entityMonth(entity, month) {
    const at = month === monthOf(this.on) ? this.on : lastOf(month);
    const rows = census(this.catalogue.on(at), 'verified', this.settings)
      .filter((row) => this.catalogue.owner(row.service, at) === entity);
    const now = counts(rows);
    return {
      month: monthText(month), counted: reported(now.counted), end_to_end: reported(now.end_to_end), by_level: now.by_level,
      plan: this.plans.entityCurve(entity, at),
      current_plan: this.plans.entityCurve(entity, at, this.plans.replanned()),
    };
  }

  // planOf is what plans say of a service.
  planOf(service) {
    const own = this.plans.milestones('verified').find((each) => each.key === fold(service.code));
    if (!own) return { planned_on: '', expected_on: '', no_date_given: false, slip: none('not_applicable') };
    const { original_on: planned_on, expected_on, no_date_given } = this.plans.shown(own);
    return { planned_on, expected_on, no_date_given, slip: reported(own.slip) };
  }

  service(service, month) {
    const code = fold(service.code);
    const standing = this.today.standing(service);
    const entry = this.today.entry(service);
    const clause = (basis) => census(this.today, basis, this.settings).find((row) => row.service === service).clause;
    const answered = answers(this.users, code);
    const plan = this.planOf(service);
    return {
      code: service.code, entity: entry.entity, channels: inOrder(standing.channels),
      ...plan, status: lifeOf(standing, this.plans.has(service)), depends_on: entry.depends_on ?? [],
      launched_on: dayText(standing.launchedOn), retired_on: dayText(standing.retiredOn), level_claimed: standing.claimed, level_verified: standing.verified,
      counted: clause('verified') === null, clause: clause('verified') ?? '', claimed_clause: clause('claimed') ?? '',
      existed: this.today.existed(service, 'verified', this.settings),
      claimed_existed: this.today.existed(service, 'claimed', this.settings),
      trend: this.users.series({ service: service.code, to: month.to })[0].points,
      dormant: dormant(this.users, code), silent: answered.silent, without_numbers: answered.withoutNumbers,
      completed: shape(this.users.total(DIGITAL, 'completed', month, '', (other) => other === code)),
    };
  }
}

// lifeOf is the first status of a service that holds (docs/rules.md#status-of-a-service).
function lifeOf(standing, planned) {
  if (standing.live) return 'live';
  if (standing.retired) return 'retired';
  return planned ? 'planned' : 'offline';
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
