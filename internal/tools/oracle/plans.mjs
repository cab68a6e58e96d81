// Plans: what was approved, the plan curve and slip (docs/rules.md#plans).
import { DEEPEST, fold } from './catalogue.mjs';
import { census, chosen, clauseOf, inScope } from './counting.mjs';
import { day, dayText, lastOf, monthOf, monthText } from './dates.mjs';
import { compare } from './dump.mjs';
import { median, none, rate, ratio, reported } from './numbers.mjs';
import { countsOf, LONG, reach, standingOf, statusOf } from './standing.mjs';
import { waitingSince } from './waiting.mjs';

// approvalsOf are the baselines of an entity in force by a day (docs/rules.md#baseline).
function approvalsOf(entity, stream, on) {
  const baselines = [];
  let inForce = new Map();
  for (const fact of stream) {
    if (fact.body.kind !== 'approved') continue;
    const from = day(fact.body.approved_on) ?? (Number.isFinite(fact.effective) ? fact.effective : fact.known);
    const submitted = stream.findLast((each) =>
      each.seq < fact.seq && each.body.kind === 'submitted' && each.body.revision === fact.body.revision);
    const milestones = fact.body.milestones ?? submitted?.body.milestones ?? [];
    const returned = new Set((fact.body.returned ?? []).map((each) => each.milestone));
    const next = new Map(milestones.filter((each) => !returned.has(each.code)).map((each) => [each.code, each]));
    for (const code of returned) {
      if (inForce.has(code)) next.set(code, inForce.get(code));
    }
    inForce = next;
    if (from <= on) baselines.push({ entity, from, recorded: fact.recorded_at, milestones: [...next.values()] });
  }
  return baselines.sort(inOrder);
}

// inOrder is that in which baselines are in force: by their day, then as they were recorded.
const inOrder = (a, b) => compare([a.from, b.from], [a.recorded, b.recorded], [a.entity, b.entity]);

export class Plans {
  constructor(view, streams) {
    this.view = view;
    this.baselines = new Map();
    for (const [entity, stream] of streams) {
      const found = approvalsOf(entity, stream, view.on);
      if (found.length > 0) this.baselines.set(entity, found);
    }
    const all = [...this.baselines.values()].flat();
    this.first = all.length === 0 ? null : Math.min(...all.map((baseline) => baseline.from));
    this.originals = this.findOriginals(all);
  }

  // has says whether any approved plan has a service.
  has(service) {
    return [...this.baselines.values()].flat().some((baseline) =>
      baseline.milestones.some((each) => fold(each.service) === fold(service.code)));
  }

  counts(milestone) {
    if (milestone.level < this.view.settings.rule.minimum_level) return false;
    const service = this.view.catalogue.services.get(fold(milestone.service));
    const entry = service && this.view.today.entry(service);
    return !entry || inScope(entry, this.view.settings.rule);
  }

  // findOriginals is each service's first approved milestone (docs/rules.md#original-date).
  findOriginals(baselines) {
    const originals = new Map();
    for (const baseline of [...baselines].sort(inOrder)) {
      const here = new Map();
      for (const milestone of baseline.milestones.filter((each) => this.counts(each))) {
        const key = fold(milestone.service);
        const planned = day(milestone.planned_on);
        if (originals.has(key) || (here.has(key) && here.get(key).on <= planned)) continue;
        here.set(key, {
          key, code: milestone.service, milestone: milestone.code, entity: baseline.entity, on: planned,
          level: milestone.level, approved: baseline.from,
        });
      }
      for (const [key, each] of here) originals.set(key, each);
    }
    return originals;
  }

  // current is a service's milestone in the newest approved revisions (docs/rules.md#current-plan).
  current(original) {
    let found = null;
    for (const baselines of this.baselines.values()) {
      for (const each of baselines.at(-1).milestones) {
        if (fold(each.service) !== original.key || !this.counts(each)) continue;
        const planned = day(each.planned_on);
        if (found && found.on <= planned) continue;
        found = { on: planned, expected: day(each.expected_on) ?? planned, dependsOn: each.depends_on ?? [] };
      }
    }
    return found;
  }

  serviceOf(original) {
    return this.view.catalogue.services.get(original.key);
  }

  // followers are the service of a milestone and those that succeed it.
  followers(original) {
    const service = this.serviceOf(original);
    if (!service) return [];
    const { today } = this.view;
    const follow = new Set([service]);
    for (const one of follow) { // grows while it is walked
      for (const member of today.unit(service)) {
        if ((today.entry(member)?.succeeds ?? []).map(fold).includes(fold(one.code))) follow.add(member);
      }
    }
    return [...follow];
  }

  // wentLive is the first day on which the service, or one that succeeds it, was at the planned level.
  wentLive(original, basis) {
    const { today } = this.view;
    const days = this.followers(original).map((one) => today.firstAt(one, basis, original.level)).filter((on) => on !== null);
    return days.length === 0 ? null : Math.min(...days);
  }

  // claimedOn is the day of the claim by which a milestone awaits verification; null when it does not.
  claimedOn(original) {
    const days = this.followers(original).map((one) => waitingSince(this.view.today, one, original.level))
      .filter((on) => on !== null);
    return days.length === 0 ? null : Math.min(...days);
  }

  // together are the members of a service's unit that count as one; one that counts apart is on its own.
  together(service) {
    const { today } = this.view;
    const apart = (member) => Boolean(today.entry(member)?.counts_apart);
    return apart(service) ? [service] : today.unit(service).filter((member) => !apart(member));
  }

  // unitOf names a unit: by its first member.
  unitOf(service) {
    return this.together(service).map((member) => fold(member.code)).sort()[0];
  }

  // ownerOf is the entity that a unit counts for: that of its member that counts, else of the one that would.
  ownerOf(service) {
    const { catalogue, on, settings, today } = this.view;
    const members = this.together(service);
    const counted = new Set(census(today, 'verified', settings).filter((row) => row.clause === null).map((row) => row.service));
    const lists = [members.filter((member) => counted.has(member)), members.filter((member) => today.entry(member))];
    const among = lists.find((list) => list.length > 0);
    const first = [...members].sort((a, b) => (fold(a.code) < fold(b.code) ? -1 : 1))[0];
    return catalogue.owner(among ? chosen(today, among, 'verified') : first, on);
  }

  // entering is when each unit enters the plan, -Infinity for existing stock.
  entering(dateOf) {
    const { catalogue, settings, today } = this.view;
    const entering = new Map();
    const enter = (unit, on, owner) => {
      if (!entering.has(unit) || on < entering.get(unit).on) entering.set(unit, { on, owner });
    };
    for (const original of this.originals.values()) {
      const service = this.serviceOf(original);
      if (service && !settings.rule.count_existing && today.existed(service, 'verified', settings)) continue;
      const on = dateOf(original);
      if (on === null) continue;
      const owner = (service && this.ownerOf(service)) ?? original.entity;
      enter(service ? this.unitOf(service) : original.key, on, owner);
    }
    for (const service of settings.rule.count_existing ? catalogue.services.values() : []) {
      if (this.isStock(service)) enter(this.unitOf(service), -Infinity, this.ownerOf(service));
    }
    return [...entering.values()];
  }

  // isStock says whether a service counted on the day before the programme's start; where its first entry is later, by
  // that entry.
  isStock(service) {
    const { catalogue, settings } = this.view;
    const first = service.stream[0]?.effective ?? Infinity;
    const eve = settings.starts - 1;
    const day = catalogue.on(first > eve ? first : eve);
    if (!day.entry(service)) return false;
    const standing = day.standingOn(service, eve, DEEPEST);
    return clauseOf(day.entry(service), standing, 'verified', settings.rule) === null;
  }

  planned() {
    this.originalEntries ??= this.entering((original) => Math.max(original.on, original.approved));
    return this.originalEntries;
  }

  // curve is the plan on a day (docs/rules.md#plan-curve).
  curve(on) {
    if (this.first === null || on < this.first) return none();
    return reported(this.planned().filter((each) => each.on <= on).length);
  }

  // currentCurve takes the current dates; what the newest revision no longer names enters on the day it was done.
  currentCurve(on) {
    if (this.first === null || on < this.first) return none();
    return reported(this.replanned().filter((each) => each.on <= on).length);
  }

  replanned() {
    this.currentEntries ??= this.entering((original) => this.current(original)?.on ?? this.wentLive(original, 'verified'));
    return this.currentEntries;
  }

  // entityCurve is the plan of the units that an entity owns; by the current dates when asked for. Both begin with its
  // first approval, or with the first planned date of a service that came to it.
  entityCurve(entity, on, entries = this.planned()) {
    const own = (list) => list.filter((each) => each.owner === entity).map((each) => each.on);
    const begins = Math.min(this.baselines.get(entity)?.[0].from ?? Infinity, ...own(this.planned()).filter(Number.isFinite));
    if (this.first === null || on < begins) return none();
    return reported(own(entries).filter((each) => each <= on).length);
  }

  // milestones are the planned go-lives with their slip (docs/rules.md#slip).
  milestones(basis) {
    this.milestonesOf ??= {};
    this.milestonesOf[basis] ??= [...this.originals.values()].map((original) => this.milestone(original, basis));
    return this.milestonesOf[basis];
  }

  milestone(original, basis) {
    const { on, catalogue } = this.view;
    const service = this.serviceOf(original);
    const actual = this.wentLive(original, basis);
    const claimed = actual === null && basis === 'verified' ? this.claimedOn(original) : null;
    const current = this.current(original);
    const expected = current?.expected ?? original.on;
    const days = { original: original.on, expected, actual, claimed };
    const entity = (service && catalogue.owner(service, on)) ?? original.entity;
    const others = [...(current?.dependsOn ?? []), ...((service && this.view.today.entry(service)?.depends_on) ?? [])];
    return {
      ...days, current: current?.on ?? null, noDate: actual === null && claimed === null && expected < on,
      dependsOn: [...new Set(others)].filter((other) => other !== entity).sort(),
      stands: actual ?? Math.max(expected, on), key: original.key, service: original.code, milestone: original.milestone, level: original.level,
      due: original.on <= on, entity,
      slip: (actual ?? Math.max(expected, on)) - original.on, status: statusOf(days, on), standing: standingOf(days, on),
    };
  }

  // slips are the median over due milestones and how many are over 30 days.
  slips(milestones) {
    const due = milestones.filter((each) => each.due).map((each) => each.slip);
    return { slip_median: median(due), slip_over_30: due.filter((days) => days > LONG).length };
  }

  progress(basis, counted) {
    const { settings, on } = this.view;
    const plan = this.curve(on);
    const left = Math.max(0, monthOf(settings.target) - monthOf(on));
    return {
      ...against(counted, plan),
      months_left: left,
      required_rate: rate(Math.max(0, settings.goal - counted), left),
      reach: reach(settings.goal, counted, this.milestones(basis), settings.target),
      plan_rate: this.planRate(counted, left),
      recent_rate: { months_3: this.recent(basis, 3), months_6: this.recent(basis, 6) },
      ...this.slips(this.milestones(basis)),
    };
  }

  // planRate is what the plan asks of the next months (docs/rules.md#standing-of-the-required-rate).
  planRate(counted, left) {
    const { settings, on } = this.view;
    if (on < settings.starts) return none('not_applicable');
    const months = Math.min(3, left);
    const plan = this.curve(lastOf(monthOf(on) + months));
    return plan.state === 'reported' ? rate(Math.max(0, plan.value - counted), months) : none();
  }

  // recent is the growth of the count over the last ended months (docs/rules.md#recent-rate).
  recent(basis, months) {
    const { catalogue, settings, lastEnded } = this.view;
    const at = (month) => census(catalogue.on(lastOf(month)), basis, settings).filter((row) => row.clause === null).length;
    return rate(at(lastEnded) - at(lastEnded - months), months);
  }

  // figures are how the programme keeps to its plans.
  figures() {
    const milestones = this.milestones('verified');
    const done = milestones.filter((each) => each.actual !== null);
    const target = monthOf(this.view.settings.target);
    const share = (which) => ratio(milestones.filter((each) => which(monthOf(each.original))).length, milestones.length);
    return {
      on_time: ratio(done.filter((each) => each.actual <= each.original).length, done.length),
      quarter_end: share((month) => month % 3 === 2),
      last_quarter: share((month) => month > target - 3 && month <= target),
      milestones: milestones.map((each) => this.shown(each)),
      platforms: this.platforms(milestones), entities: this.spans(milestones), months: monthsPlanned(milestones),
      counts: { all: milestones.length, ...countsOf(milestones) },
    };
  }

  // shown is a milestone as it is written; an expected date that has passed, or is no longer awaited, is not shown.
  shown(each) {
    const { on } = this.view;
    return {
      service: each.service, milestone: each.milestone, entity: each.entity, level: each.level, due: each.due,
      status: each.status, standing: each.standing, slip: each.slip,
      original_on: dayText(each.original), current_on: dayText(each.current), actual_on: dayText(each.actual),
      expected_on: each.actual === null && each.expected >= on ? dayText(each.expected) : '',
      no_date_given: each.noDate, depends_on: each.dependsOn,
      claimed_on: dayText(each.claimed), waiting_days: each.claimed === null ? 0 : on - each.claimed,
    };
  }

  // platforms are the entities on which milestones of others depend (docs/rules.md#what-a-platform-delays).
  platforms(milestones) {
    const notLive = milestones.filter((each) => each.status === 'late' || each.status === 'open');
    return [...new Set(notLive.flatMap((each) => each.dependsOn))].map((entity) => {
      const waiting = notLive.filter((each) => each.entity !== entity && each.dependsOn.includes(entity));
      const late = milestones.filter((each) => each.entity === entity && each.status === 'late');
      const ready = late.length === 0 ? null : Math.max(...late.map((each) => each.stands));
      const delayed = waiting.filter((each) => ready !== null && each.original < ready);
      return {
        entity, waiting: waiting.length, waiting_integrated: waiting.filter((each) => each.level === 4).length,
        late: late.length, ready_on: dayText(ready), late_days: Math.max(0, ...late.map((each) => each.slip)),
        delayed: delayed.length, days_passed_on: delayed.reduce((sum, each) => sum + ready - each.original, 0),
      };
    });
  }

  // spans are the time over which each entity's milestones lie, as first planned and now.
  spans(milestones) {
    return [...new Set(milestones.map((each) => each.entity))].map((entity) => {
      const own = milestones.filter((each) => each.entity === entity);
      const { done, late, awaiting_verification } = countsOf(own);
      const days = (pick, field) => dayText(pick(...own.map((each) => each[field])));
      return {
        entity, milestones: own.length, done, late, awaiting_verification, done_share: ratio(done, own.length),
        original_from: days(Math.min, 'original'), original_to: days(Math.max, 'original'),
        current_from: days(Math.min, 'stands'), current_to: days(Math.max, 'stands'),
        slip_median: this.slips(own).slip_median,
      };
    });
  }
}

// monthsPlanned counts the go-lives of each month, from the first to the last.
function monthsPlanned(milestones) {
  const months = (field) => milestones.map((each) => each[field]).filter((on) => on !== null).map(monthOf);
  const lists = { planned: months('original'), current: months('current'), gone_live: months('actual') };
  const all = Object.values(lists).flat();
  const points = [];
  for (let month = Math.min(...all); month <= Math.max(...all); month++) {
    const counts = Object.entries(lists).map(([name, list]) => [name, list.filter((each) => each === month).length]);
    points.push({ month: monthText(month), ...Object.fromEntries(counts) });
  }
  return points;
}

// against is a count beside its plan (docs/rules.md#variance-and-schedule-index).
export function against(counted, plan) {
  if (plan.state !== 'reported') return { plan, variance: none(), schedule_index: none() };
  return { plan, variance: reported(counted - plan.value), schedule_index: ratio(counted, plan.value) };
}
