// The counting rule (docs/rules.md#the-counting-rule).
import { fold } from './catalogue.mjs';
import { firstOf, lastOf, monthOf, monthText } from './dates.mjs';
import { none, ratio, reported } from './numbers.mjs';

const CLAUSES = ['part_of_bundle', 'out_of_scope', 'not_launched', 'retired', 'claimed_not_verified', 'below_minimum',
  'existed_before', 'succeeded'];
const MOST_MONTHS = 600;

// inScope says whether a service can count at all, by its entry.
export function inScope(entry, rule) {
  return !entry.part_of && (rule.audiences.length === 0 || rule.audiences.includes(entry.audience));
}

// clauseOf is the first clause before existed_before that keeps a service from counting; null for none.
export function clauseOf(entry, standing, basis, rule) {
  if (entry.part_of) return 'part_of_bundle';
  if (!inScope(entry, rule)) return 'out_of_scope';
  if (!standing.launched) return 'not_launched';
  if (standing.retired) return 'retired';
  const minimum = rule.minimum_level;
  if (standing[basis] >= minimum) return null;
  if (basis === 'verified' && standing.claimed >= minimum && standing.verifiedBefore < minimum) return 'claimed_not_verified';
  return 'below_minimum';
}

// chosen is which of the members of a unit that pass the other clauses counts.
export function chosen(day, members, basis) {
  const succeeded = new Set(members.flatMap((member) => (day.entry(member)?.succeeds ?? []).map(fold)));
  const newest = members.filter((member) => !succeeded.has(fold(member.code)));
  const level = (member) => day.standing(member)[basis];
  const from = newest.length > 0 ? newest : members; // a circle of successions
  const byCode = (a, b) => (a.code < b.code ? -1 : 1);
  return [...from].sort((a, b) => (newest.length > 0 ? level(b) - level(a) : 0) || byCode(a, b))[0];
}

// census is, for every service of a day's catalogue, the clause that keeps it from counting; null where it counts.
export function census(day, basis, settings) {
  day.censuses ??= new Map();
  const key = basis + settings.rule.version;
  if (!day.censuses.has(key)) day.censuses.set(key, count(day, basis, settings));
  return day.censuses.get(key);
}

function count(day, basis, settings) {
  const rows = day.members.map((service) => ({
    service, level: day.standing(service)[basis], clause: clauseOf(day.entry(service), day.standing(service), basis, settings.rule),
    existed: day.existed(service, basis, settings),
  }));
  const passing = new Set(rows.filter((row) => row.clause === null).map((row) => row.service));
  for (const row of rows) {
    if (row.clause !== null) continue;
    const together = day.unit(row.service).filter((member) => passing.has(member) && !day.entry(member).counts_apart);
    row.behind = together.length > 1 && together.includes(row.service) && chosen(day, together, basis) !== row.service;
  }
  for (const row of rows) {
    if (row.clause !== null) continue;
    if (row.existed && !settings.rule.count_existing) row.clause = 'existed_before';
    else if (row.behind) row.clause = 'succeeded';
  }
  return rows;
}

const levels = (rows) => {
  const by = { 1: 0, 2: 0, 3: 0, 4: 0 };
  for (const row of rows) by[row.level]++;
  return by;
};

// counts are the figures of a census.
export function counts(rows) {
  const counted = rows.filter((row) => row.clause === null);
  const all = rows.filter((row) => row.clause === null || (row.clause === 'existed_before' && !row.behind));
  return {
    counted: counted.length,
    counted_all: all.length,
    counted_new: all.filter((row) => !row.existed).length,
    by_level: levels(counted),
    end_to_end: counted.filter((row) => row.level >= 3).length,
  };
}

export function notCounted(rows) {
  return CLAUSES.map((clause) => ({ clause, services: rows.filter((row) => row.clause === clause).length }))
    .filter((each) => each.services > 0);
}

// burnUp is the count at the end of each month, on the day described in its own (docs/rules.md#burn-up).
export function burnUp(view, basis, plans) {
  const { catalogue, settings, on } = view;
  const first = monthOf(settings.starts) - 1;
  const last = Math.min(Math.max(monthOf(settings.target), monthOf(on)), first + MOST_MONTHS);
  const points = [];
  for (let month = first; month <= last; month++) {
    const ahead = firstOf(month) > on;
    const at = month === monthOf(on) ? on : lastOf(month);
    const now = ahead ? null : counts(census(catalogue.on(at), basis, settings));
    points.push({
      month: monthText(month),
      counted: ahead ? none('not_requested') : reported(now.counted),
      end_to_end: ahead ? none('not_requested') : reported(now.end_to_end),
      by_level: ahead ? { 1: 0, 2: 0, 3: 0, 4: 0 } : now.by_level,
      plan: plans.curve(at),
      current_plan: plans.currentCurve(at),
    });
  }
  return points;
}

// progress are the figures of one basis.
export function progress(view, basis, plans) {
  const { settings, on } = view;
  const rows = census(view.today, basis, settings);
  const now = counts(rows);
  const series = burnUp(view, basis, plans);
  const monthsBefore = (months) =>
    reported(counts(census(view.catalogue.on(lastOf(monthOf(on) - months)), basis, settings)).counted);
  return {
    basis, goal: settings.goal, ...now, share: ratio(now.counted, settings.goal),
    last_month: monthsBefore(1), last_year: monthsBefore(12),
    not_counted: notCounted(rows),
    ...plans.progress(basis, now.counted),
    series,
  };
}
