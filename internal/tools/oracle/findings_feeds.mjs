// Gaps of feeds and the months that they touch (docs/rules.md#gap, #partial-month).
import { dayText, interval } from './dates.mjs';
import { missingDays } from './findings.mjs';
import { reported } from './numbers.mjs';

// gaps are those that end since a day; one without an end, when it began since.
export function gaps(view, since) {
  const found = [];
  for (const [entity, feed] of view.lines.feeds.feeds) {
    const ends = feed.ends < view.on ? [{ from: feed.ends + 1, to: view.on, open: true }] : [];
    for (const gap of [...feed.gaps, ...ends]) {
      if ((gap.open ? gap.from : gap.to) < since) continue;
      found.push({ kind: 'gap', entity, service: '', period: interval(gap.from, gap.to).text, open: gap.open || undefined });
    }
  }
  return found;
}

// partialMonths are the months of an entity's services that its feed does not cover.
export function partialMonths(seeker) {
  const { view, lines } = seeker;
  const found = new Map();
  for (const { code, channel } of seeker.channels()) {
    for (const month of seeker.months) {
      const number = lines.number(code, channel, 'completed', month);
      if (number.state !== 'reported' || !number.days) continue;
      for (const entity of number.by.keys()) {
        const covers = (on) => lines.feeds.covers(entity, on);
        const key = `${entity} ${month.text}`;
        if (!found.has(key)) {
          const days = missingDays(covers, month);
          found.set(key, { entity, month, days, services: new Set() });
        }
        found.get(key).services.add(code);
      }
    }
  }
  return [...found.values()].filter(({ days }) => days.length > 0).map(({ entity, month, days, services }) => ({
    kind: 'partial_month', entity, service: '', period: month.text, days, services: services.size,
    value: reported(month.to - month.from + 1 - days.length), against: reported(month.to - month.from + 1),
  }));
}
