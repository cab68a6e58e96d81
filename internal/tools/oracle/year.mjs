// The use of services on the pages: of the last ended month, and of up to 36 months (docs/rules.md#series-of-use).
import { before, firstOf, monthOf, monthPeriod } from './dates.mjs';
import { DIGITAL } from './life.mjs';
import { ratio } from './numbers.mjs';
import { takeUp } from './quality.mjs';

const MONTHS = 36;
const TOP = 10;

export function usageFigures(view, month) {
  view.usageOf ??= found(view, month);
  return view.usageOf;
}

function found(view, month) {
  const growing = view.growing({});
  const growth = growing.figures(month);
  const from = firstMonth(view, month);
  const months = [];
  for (let at = from; at <= monthOf(month.from); at++) months.push(monthPeriod(at));
  const series = (by) => (months.length === 0 ? [] : view.users.series({ by, from: firstOf(from), to: month.to }));
  return {
    month: month.text, completed: growth.total, growth, take_up: takeUp(view.users, month),
    total: series('')[0] ?? { key: '', points: [] }, by_channel: series('channel'), by_level: series('level'),
    like_for_like: months.map((each) => ({ period: each.text, value: growing.compared(each, before(each)).like_for_like })),
    take_ups: months.map((each) => ({ period: each.text, value: takeUp(view.users, each).value })),
    top: top(view, month, growth.total),
  };
}

// firstMonth is the first of the months that are shown: the 36 that end with the last ended one, from the first with use;
// without any there are none.
function firstMonth(view, month) {
  const last = monthOf(month.from);
  for (let at = last - MONTHS + 1; at <= last; at++) {
    if (view.users.speaksOf(monthPeriod(at))) return at;
  }
  return last + 1;
}

// top are the services with most digital completions.
function top(view, month, total) {
  const all = [...view.growing({}).parts(DIGITAL, month)]
    .map(([code, part]) => ({ service: view.users.service(code).code, completed: part.value }));
  all.sort((a, b) => b.completed - a.completed || (a.service < b.service ? -1 : 1));
  return all.slice(0, TOP).map((each) => ({ ...each, share: ratio(each.completed, total.value) }));
}
