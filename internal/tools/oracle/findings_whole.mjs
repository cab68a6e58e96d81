// Totals that are not the sum of their parts (docs/rules.md#findings).
import { dayPeriod, monthOf, monthPeriod, quarterPeriod, yearPeriod } from './dates.mjs';
import { isReported, reported } from './numbers.mjs';
import { percentAway } from './seeker.mjs';

export function wholes(seeker) {
  const { users, lines, on, since } = seeker;
  const found = [];
  for (const { period, channel, measure, ...row } of users.codes.flatMap((code) => lines.about(code))) {
    if (row.state !== 'reported' || period.from === period.to || period.to > on || period.to < since) continue;
    const parts = partsOf(lines, { service: row.service.toLowerCase(), channel, measure }, period);
    if (!parts.stated || !differs(row.value, parts)) continue;
    found.push({
      kind: 'whole_differs', entity: row.entity, service: row.service, channel, measure, period: period.text,
      value: reported(row.value), against: reported(parts.sum), difference: percentAway(parts.sum, row.value),
      incomplete: parts.missing || undefined,
    });
  }
  return found;
}

function differs(value, { sum, missing, events }) {
  if (missing) return sum > value;
  return events ? Math.abs(sum - value) * 20 > value : sum !== value;
}

// partsOf sums the parts of a period: years and quarters that are stated, months, and stated days.
function partsOf(lines, line, period) {
  const parts = { sum: 0, stated: false, missing: false, events: false };
  for (let at = period.from; at <= period.to;) {
    const tiles = tilesAt(at, period);
    const numbers = tiles.map((tile) => ({ tile, number: lines.value(line, tile) }));
    const known = numbers.find(({ tile, number }) => number.state !== 'not_provided'
      && (tile.grain === 'month' || lines.statementsOf(line).has(tile.text)));
    at = (known?.tile.to ?? at) + 1;
    if (!known || known.number.state === 'not_requested') parts.missing = true;
    else if (isReported(known.number)) addPart(parts, known.number, isStated(lines, line, known.tile));
  }
  return parts;
}

// tilesAt are the parts that can begin on a day.
function tilesAt(at, period) {
  const month = monthOf(at);
  return [yearPeriod(month), quarterPeriod(month), monthPeriod(month), dayPeriod(at)]
    .filter((tile) => tile.from === at && tile.to <= period.to && tile.text !== period.text);
}

// isStated says whether a part rests on a statement: its own, or of a month one of its days.
const isStated = (lines, line, tile) => lines.statementsOf(line).has(tile.text)
  || (tile.grain === 'month' && lines.speaksWithin(line, tile));

function addPart(parts, number, stated) {
  parts.sum += number.value;
  parts.stated ||= stated;
  if (stated) return;
  parts.events = true;
  parts.missing ||= Boolean(number.days);
}
