// Totals that are not the sum of their parts (docs/rules.md#findings).
import { firstOf, isWholeMonths, monthOf, monthPeriod, quarterPeriod, yearPeriod, dayPeriod } from './dates.mjs';
import { isReported, reported } from './numbers.mjs';

const tilesAt = (at, whole) => {
  const month = monthOf(at);
  const tiles = [yearPeriod(month), quarterPeriod(month), monthPeriod(month)];
  return whole ? tiles : [...tiles, dayPeriod(at)];
};

export function wholes(seeker) {
  const { users, lines, on } = seeker;
  const found = [];
  for (const code of users.codes) {
    for (const row of lines.about(code)) {
      const { period, channel, measure } = row;
      if (row.state !== 'reported' || period.grain === 'day' || period.to > on || period.to < firstOf(seeker.from)) continue;
      const parts = partsOf(seeker, { service: code, channel, measure }, period);
      if (!parts || !differs(row.value, parts)) continue;
      found.push({
        kind: 'whole_differs', entity: row.entity, service: row.service, channel, measure, period: period.text,
        value: reported(row.value), against: reported(parts.sum), incomplete: parts.missing || undefined,
      });
    }
  }
  return found;
}

function differs(value, { sum, missing, events }) {
  if (missing) return sum > value;
  return events ? Math.abs(sum - value) * 20 > value : sum !== value;
}

// partsOf sums the parts of a period, the coarsest that are known; null when there are none.
function partsOf(seeker, line, period) {
  const parts = { sum: 0, missing: false, events: false, any: false };
  const byDay = period.grain === 'month' || !isWholeMonths(period);
  for (let at = period.from; at <= period.to;) {
    const tiles = tilesAt(at, !byDay).filter((tile) => tile.from === at && tile.to <= period.to && tile.text !== period.text);
    const known = tiles.map((tile) => ({ tile, number: seeker.lines.value(line, tile) }))
      .find(({ tile, number }) => (isReported(number) && (period.grain !== 'month' || number.stated)) || number.state === 'not_applicable');
    if (!known) {
      parts.missing = true;
      at = tiles.at(-1).to + 1;
      continue;
    }
    if (isReported(known.number)) {
      parts.any = true;
      parts.sum += known.number.value;
      parts.events ||= !known.number.stated;
    }
    at = known.tile.to + 1;
  }
  return parts.any ? parts : null;
}
