// Doubts about one line beside its events or another line (docs/rules.md#findings).
import { fold } from './catalogue.mjs';
import { firstOf, lastOf, monthOf, monthsOf } from './dates.mjs';
import { SUMMED } from './lines.mjs';
import { isReported, rate, reported } from './numbers.mjs';
import { inRuns, percentAway } from './seeker.mjs';

const YEAR = 12;
const STAGES = [['completed', ['started', 'submitted']], ['submitted', ['started']]];

// statementsThatDiffer are totals far from the events of the same line and period.
export function statementsThatDiffer(seeker) {
  const { lines, on } = seeker;
  const since = firstOf(monthOf(on) - YEAR + 1);
  const found = [];
  for (const { period, measure, channel, ...row } of seeker.users.codes.flatMap((code) => lines.about(code))) {
    if (row.state !== 'reported' || !SUMMED.has(measure) || period.to > on || period.to < since) continue;
    const code = fold(row.service);
    const by = new Map();
    if (!wholeEvents(lines, code, period) || !lines.add({ service: code, channel, measure }, period.from, period.to, by)) continue;
    const sum = [...by.values()].reduce((total, uses) => total + uses, 0);
    if (Math.abs(sum - row.value) * 20 <= row.value) continue;
    found.push({
      kind: 'statement_differs', entity: row.entity, service: row.service, channel, measure, period: period.text,
      statement: reported(row.value), events: reported(sum), difference: percentAway(sum, row.value),
    });
  }
  return found;
}

// wholeEvents says whether a service has events in every month of a period, and no feed lacks a day of it.
function wholeEvents(lines, code, period) {
  return monthsOf(period).every((month) => {
    const senders = lines.reporters(code, month);
    const [from, to] = [Math.max(period.from, firstOf(month)), Math.min(period.to, lastOf(month))];
    return senders.size > 0 && lines.feeds.lack(senders, from, to) === null;
  });
}

// stages are later stages above earlier ones.
export function stages(seeker) {
  const found = [];
  for (const line of seeker.channels()) {
    for (const [later, before] of STAGES) {
      for (const period of seeker.periods(line, later)) {
        const value = seeker.number(line, later, period);
        const earlier = isReported(value) && before.find((stage) => isAbove(value, seeker.beside(line, stage, period)));
        if (!earlier) continue;
        const against = seeker.beside(line, earlier, period).value;
        found.push(seeker.finding('stage_above_earlier', line, later, period, value, {
          against: reported(against), against_measure: earlier, difference: percentAway(against, value.value),
        }));
      }
    }
  }
  return found;
}

// isAbove says whether a later stage has more uses than an earlier one lets it have.
function isAbove(later, earlier) {
  if (!isReported(earlier) || !earlier.spoken || later.value <= earlier.value) return false;
  const more = later.value - earlier.value;
  return later.stated || earlier.stated || (more > 10 && more * 20 > earlier.value);
}

// ratings are sums that no ratings from 1 to 5 can have.
export function ratings(seeker) {
  const found = [];
  for (const line of seeker.channels()) {
    for (const period of seeker.periods(line, 'rating_sum')) {
      const sum = seeker.number(line, 'rating_sum', period);
      const count = seeker.beside(line, 'rating_count', period);
      if (!isReported(sum) || !isReported(count) || (sum.value >= count.value && sum.value <= 5 * count.value)) continue;
      found.push(seeker.finding('rating_out_of_range', line, 'rating_sum', period, sum, {
        against: reported(count.value), against_measure: 'rating_count', mean: rate(sum.value, count.value),
      }));
    }
  }
  return found;
}

// bundles are completions of a bundle beside those of its parts.
export function bundles(seeker) {
  const { catalogue } = seeker.view;
  const found = [];
  for (const line of seeker.channels()) {
    if (!catalogue.children.has(line.code)) continue;
    const doubts = [];
    for (const period of seeker.periods(line, 'completed')) {
      const own = seeker.number(line, 'completed', period);
      if (!isReported(own) || own.value === 0) continue;
      const against = catalogue.partsOf(line.service, period.to).map((part) => seeker.beside({ ...line, code: fold(part.code) }, 'completed', period))
        .filter(isReported).reduce((total, part) => total + part.value, 0);
      if (against > 0) doubts.push({ period, entity: seeker.reporter(line, own, period), value: own.value, against });
    }
    found.push(...inRuns(doubts).map((run) => ({
      kind: 'bundle_beside_parts', service: line.service.code, channel: line.channel, measure: 'completed', ...run,
      value: reported(run.value), against: reported(run.against),
    })));
  }
  return found;
}
