// The words of plans and of the goal: the standing of milestones, entities and rates, what the goal takes, its likelihood
// (docs/rules.md#standing-of-a-milestone to #likelihood).
import { none, reported } from './numbers.mjs';

export const LONG = 30; // days of slip
const SOON = 90; // days ahead that a milestone is due

// statusOf is that by which milestones are counted.
export function statusOf({ original, actual, claimed }, on) {
  if (actual !== null) return 'done';
  if (claimed !== null) return 'awaiting_verification';
  return original < on ? 'late' : 'open';
}

// standingOf is what a milestone is called.
export function standingOf({ original, expected, actual, claimed }, on) {
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

// entityStatus is that of an entity with its milestones, and the numbers behind it (docs/rules.md#status-of-an-entity).
export function entityStatus(milestones, hasPlan, on) {
  const { done, late, awaiting_verification } = countsOf(milestones);
  const reason = {
    due: milestones.filter((each) => each.due).length, done, late,
    late_over_30: milestones.filter((each) => each.status === 'late' && on - each.original > LONG).length,
    milestones: milestones.length, awaiting_verification,
  };
  return { status: wordOf(reason, hasPlan), reason };
}

function wordOf(reason, hasPlan) {
  if (!hasPlan && reason.milestones === 0) return 'no_data';
  if (reason.milestones > 0 && reason.done === reason.milestones) return 'done';
  if (10 * reason.late_over_30 > reason.due) return 'late';
  return reason.late > 0 ? 'at_risk' : 'on_track';
}

// reach is what the goal still takes, and how far the count comes without each kind of milestone.
export function reach(goal, counted, milestones, target) {
  const { awaiting_verification, late } = countsOf(milestones);
  const due = milestones.filter((each) => each.status === 'open' && each.original <= target).length;
  return {
    missing: Math.max(0, goal - counted), awaiting_verification, late, due,
    at_most_without: {
      awaiting_verification: counted + late + due,
      late: counted + awaiting_verification + due,
      due: counted + awaiting_verification + late,
    },
  };
}

const known = (number) => number.state === 'reported';

// paceStatus compares a recent rate with what the plan asks (docs/rules.md#standing-of-the-required-rate).
export function paceStatus(goal, counted, planRate, recent) {
  if (goal > 0 && counted >= goal) return 'done';
  if (!known(planRate) || !known(recent)) return 'no_data';
  if (recent.value >= planRate.value) return 'on_track';
  return 4 * recent.value >= 3 * planRate.value ? 'at_risk' : 'late';
}

// countStatus compares the count with the plan (docs/rules.md#standing-of-the-count).
export function countStatus(counted, plan) {
  if (!known(plan)) return 'no_data';
  if (counted >= plan.value) return 'on_track';
  return 10 * counted >= 9 * plan.value ? 'at_risk' : 'late';
}

// likelihood words a probability of the goal; while the back-test held too seldom the surest words are not said.
export function likelihood(goal, counted, probability, held) {
  if (goal > 0 && counted >= goal) return { word: 'reached', limited: false };
  if (!known(probability)) return { word: '', limited: false };
  const words = [['almost_certain', probability.value >= 0.95], ['likely', probability.value >= 0.75],
    ['very_unlikely', probability.value <= 0.05], ['unlikely', probability.value <= 0.25], ['uncertain', true]];
  const full = words.find(([, holds]) => holds)[0];
  const bounded = { almost_certain: 'likely', very_unlikely: 'unlikely' }[full];
  return bounded && known(held) && held.value < 0.6 ? { word: bounded, limited: true } : { word: full, limited: false };
}

// difference is now less before, times a scale, to one decimal.
export function difference(now, before, scale) {
  if (!known(now) || !known(before)) return none();
  const tenths = Math.round(Math.abs(now.value - before.value) * scale * 10 + 1e-9);
  return reported(tenths === 0 ? 0 : (Math.sign(now.value - before.value) * tenths) / 10);
}

// headlines are the figures at the top of the first page, with what each is compared with.
export function headlines({ verified, usage, coverage }, lastMonth) {
  const { growth } = usage;
  const { months_3: recent } = verified.recent_rate;
  const at = (list, text) => list.find((each) => each.period === text)?.value ?? none();
  const count = ({ value, state }) => ({ value, state });
  const way = (change) => (known(change) ? { direction: ['down', 'flat', 'up'][Math.sign(change.value) + 1] } : { direction: '' });
  const compared = (kind, value, against, change) => ({ kind, value, against, change, status: '', ...way(change) });
  const lastEndToEnd = verified.series.find((point) => point.month === lastMonth)?.end_to_end ?? none();
  const endToEnd = reported(verified.end_to_end);
  const then = { lfl: at(usage.like_for_like, growth.previous), takeUp: at(usage.take_ups, growth.previous) };
  return [
    { ...compared('counted', reported(verified.counted), verified.plan, verified.variance),
      status: countStatus(verified.counted, verified.plan) },
    compared('end_to_end', endToEnd, lastEndToEnd, difference(endToEnd, lastEndToEnd, 1)),
    { ...compared('required_rate', verified.required_rate, recent, difference(recent, verified.required_rate, 1)),
      status: paceStatus(verified.goal, verified.counted, verified.plan_rate, recent) },
    compared('coverage', coverage.share, coverage.mobile_share, none('not_applicable')),
    { ...compared('completed', count(growth.total), count(growth.previous_total), growth.naive), direction: growth.direction ?? '' },
    { ...compared('like_for_like', growth.like_for_like, then.lfl, difference(growth.like_for_like, then.lfl, 100)),
      direction: growth.direction ?? '' },
    compared('take_up', usage.take_up.value, then.takeUp, difference(usage.take_up.value, then.takeUp, 100)),
  ];
}
