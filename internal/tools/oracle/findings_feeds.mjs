// Gaps of feeds and the months that they touch (docs/rules.md#gap, #partial-month).
import { dayText, interval } from './dates.mjs';
import { SUMMED } from './lines.mjs';
import { reported } from './numbers.mjs';

// gaps are those that end in the months looked at or later; one without an end, when it began in them.
export function gaps({ view, since }) {
  const found = [];
  for (const [entity, feed] of view.lines.feeds.feeds) {
    const unended = feed.ends < view.on ? [{ from: feed.ends + 1, to: view.on, open: true }] : [];
    for (const gap of [...feed.gaps, ...unended]) {
      if ((gap.open ? gap.from : gap.to) < since) continue;
      found.push({
        kind: 'gap', entity, service: '', period: interval(gap.from, gap.to).text, open: gap.open || undefined,
        value: reported(view.lines.feeds.lengthOf(gap)),
      });
    }
  }
  return found;
}

// partialMonths are the months of an entity's services of which its feed lacks days.
export function partialMonths(seeker) {
  const { lines } = seeker;
  const found = new Map();
  for (const line of seeker.channels()) {
    for (const month of seeker.months) {
      for (const measure of SUMMED) {
        const number = seeker.number(line, measure, month);
        if (number.state !== 'reported' || !number.days || !number.spoken || number.by.size > 1) continue;
        const [entity] = number.by.keys();
        const key = `${entity} ${month.text}`;
        if (!found.has(key)) found.set(key, { entity, month, days: missing(lines.feeds, entity, month), services: new Set() });
        found.get(key).services.add(line.code);
      }
    }
  }
  return [...found.values()].map(({ entity, month, days, services }) => ({
    kind: 'partial_month', entity, service: '', period: month.text, days, services: services.size,
    value: reported(month.to - month.from + 1 - days.length), against: reported(month.to - month.from + 1),
  }));
}

function missing(feeds, entity, { from, to }) {
  const days = [];
  for (let on = from; on <= to; on++) if (!feeds.covers(entity, on)) days.push(dayText(on));
  return days;
}
