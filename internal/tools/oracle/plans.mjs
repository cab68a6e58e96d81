// Plans: what was approved, the plan curve and slip (docs/rules.md#plans).
import { DEEPEST, fold } from './catalogue.mjs';
import { census, clauseOf, inScope } from './counting.mjs';
import { day, dayText, monthOf, lastOf } from './dates.mjs';
import { median, none, rate, ratio, reported } from './numbers.mjs';
import { waitingSince } from './waiting.mjs';

const LONG = 30; // days of slip
const SOON = 90; // days ahead that a milestone is due

// approvalsOf are the baselines of an entity in force by a day (docs/rules.md#baseline).
function approvalsOf(entity, stream, on) {
  const baselines = [];
  let inForce = new Map();
  for (const fact of stream) {
    if (fact.body.kind !== 'approved') continue;
    const from = day(fact.body.approved_on) ?? fact.known;
    const submitted = stream.findLast((each) =>
      each.seq < fact.seq && each.body.kind === 'submitted' && each.body.revision === fact.body.revision);
    const milestones = fact.body.milestones ?? submitted?.body.milestones ?? [];
    const returned = new Set((fact.body.returned ?? []).map((each) => each.milestone));
    const next = new Map(milestones.filter((each) => !returned.has(each.code)).map((each) => [each.code, each]));
    for (const code of returned) {
      if (inForce.has(code)) next.set(code, inForce.get(code));
    }
    inForce = next;
    if (from <= on) baselines.push({ entity, from, milestones: [...next.values()] });
  }
  return baselines;
}

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

  counts(milestone) {
    if (milestone.level < this.view.settings.rule.minimum_level) return false;
    const service = this.view.catalogue.services.get(fold(milestone.service));
    const entry = service && this.view.today.entry(service);
    return !entry || inScope(entry, this.view.settings.rule);
  }

  // findOriginals is each service's first approved milestone (docs/rules.md#original-date).
  findOriginals(baselines) {
    const originals = new Map();
    for (const baseline of [...baselines].sort((a, b) => a.from - b.from)) {
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
    for (const [entity, baselines] of this.baselines) {
      for (const each of baselines.at(-1).milestones) {
        if (fold(each.service) !== original.key || !this.counts(each)) continue;
        const planned = day(each.planned_on);
        const better = !found || (entity === original.entity && found.entity !== entity) || planned < found.on;
        if (better) found = { entity, on: planned, expected: day(each.expected_on) ?? planned };
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

  // unitOf names a unit: by its first member.
  unitOf(service) {
    return this.view.today.unit(service).map((member) => fold(member.code)).sort()[0];
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
      const owner = (service && catalogue.owner(service, this.view.on)) ?? original.entity;
      enter(service ? this.unitOf(service) : original.key, on, owner);
    }
    for (const service of settings.rule.count_existing ? catalogue.services.values() : []) {
      if (this.isStock(service)) enter(this.unitOf(service), -Infinity, catalogue.owner(service, this.view.on));
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
    this.currentEntries ??= this.entering((original) => this.current(original)?.on ?? this.wentLive(original, 'verified'));
    return reported(this.currentEntries.filter((each) => each.on <= on).length);
  }

  // entityCurve is the plan of the units that an entity owns.
  entityCurve(entity, on) {
    const own = this.planned().filter((each) => each.owner === entity);
    const begins = Math.min(this.baselines.get(entity)?.[0].from ?? Infinity,
      ...own.map((each) => each.on).filter(Number.isFinite));
    if (this.first === null || on < begins) return none();
    return reported(own.filter((each) => each.on <= on).length);
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
    const expected = this.current(original)?.expected ?? original.on;
    const days = { original: original.on, expected, actual, claimed };
    return {
      ...days, key: original.key, service: original.code, milestone: original.milestone, level: original.level,
      due: original.on <= on, entity: (service && catalogue.owner(service, on)) ?? original.entity,
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
      recent_rate: { months_3: this.recent(basis, 3), months_6: this.recent(basis, 6) },
      ...this.slips(this.milestones(basis)),
    };
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
      milestones: milestones.map((each) => ({
        service: each.service, milestone: each.milestone, entity: each.entity, level: each.level, due: each.due,
        original_on: dayText(each.original), actual_on: dayText(each.actual), slip: each.slip,
        status: each.status, standing: each.standing, claimed_on: dayText(each.claimed),
        waiting_days: each.claimed === null ? 0 : this.view.on - each.claimed,
      })),
      counts: { all: milestones.length, ...countsOf(milestones) },
    };
  }
}

// statusOf is that by which milestones are counted, standingOf what they are called (docs/rules.md#standing-of-a-milestone).
function statusOf({ original, actual, claimed }, on) {
  if (actual !== null) return 'done';
  if (claimed !== null) return 'awaiting_verification';
  return original < on ? 'late' : 'open';
}

function standingOf({ original, expected, actual, claimed }, on) {
  if (actual !== null) return 'done';
  if (claimed !== null) return 'awaiting_verification';
  if (on - original > LONG) return 'late';
  if (original < on || expected > original) return 'at_risk';
  return original - on <= SOON ? 'due' : 'planned';
}

// countsOf is how many milestones have each status.
export function countsOf(milestones) {
  const counts = { done: 0, awaiting_verification: 0, late: 0, open: 0 };
  for (const each of milestones) counts[each.status]++;
  return counts;
}

// against is a count beside its plan (docs/rules.md#variance-and-schedule-index).
export function against(counted, plan) {
  if (plan.state !== 'reported') return { plan, variance: none(), schedule_index: none() };
  return { plan, variance: reported(counted - plan.value), schedule_index: ratio(counted, plan.value) };
}
