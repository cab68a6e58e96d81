// Doubts about data that were accepted (docs/rules.md#findings): what is sought in the lines, month by month.
import { fold } from './catalogue.mjs';
import { before, dayText, firstOf, interval, lastOf, monthOf, monthPeriod, period as periodOf } from './dates.mjs';
import { gaps, partialMonths } from './findings_feeds.mjs';
import { strays } from './findings_stray.mjs';
import { wholes } from './findings_whole.mjs';
import { CHANNELS, DIGITAL } from './life.mjs';
import { SUMMED } from './lines.mjs';
import { aggregate, isReported, none, ratio, reported } from './numbers.mjs';

const MONTHS = 36;
const YEAR = 12;
export const MEASURES = ['completed', 'submitted', 'started', 'views', 'rating_count'];

// findings are all that the lines, the feeds and the levels give.
export function findings(view) {
  const seeker = new Seeker(view);
  return [
    ...seeker.statementsThatDiffer(), ...levelsWithoutUse(view), ...seeker.stages(), ...seeker.ratings(),
    ...strays(seeker), ...seeker.farFromUsual(), ...seeker.repeated(), ...wholes(seeker), ...seeker.bundles(),
    ...gaps(view, firstOf(seeker.from)), ...partialMonths(seeker),
  ];
}

export const percentAway = (found, expected) => ratio(found - expected, expected);

// Seeker looks at the ended months of each line, and at the other periods that are stated and end by the day.
export class Seeker {
  constructor(view) {
    Object.assign(this, { view, users: view.users, lines: view.lines, on: view.on });
    this.from = monthOf(view.on) - MONTHS + 1;
    this.months = [];
    for (let month = this.from; month <= view.lastEnded; month++) this.months.push(monthPeriod(month));
  }

  // periods are those that are looked at of a service and channel.
  periods(code, channel, measures) {
    const stated = this.lines.about(code).filter((row) => row.channel === channel && measures.includes(row.measure)
      && row.period.to <= this.on && row.period.to >= firstOf(this.from)).map((row) => row.period.text);
    return [...new Set([...this.months.map((month) => month.text), ...stated])].map(periodOf);
  }

  // * channels are those on which anything speaks of a service.
  * channels() {
    for (const code of this.users.codes) {
      const spoken = this.lines.use.channels.get(code) ?? new Set();
      for (const channel of CHANNELS) if (spoken.has(channel)) yield { code, channel, service: this.users.service(code) };
    }
  }

  number(code, channel, measure, period) {
    return this.lines.number(code, channel, measure, period);
  }

  // reporter is who reported a number, the first by code of several; else the owner at the end of the period.
  reporter(code, number, period) {
    return [...(number.by?.keys() ?? [])].sort()[0] ?? this.view.catalogue.owner(this.users.service(code), Math.min(period.to, this.on));
  }

  finding(kind, { code, channel }, measure, period, number, rest) {
    return {
      kind, entity: this.reporter(code, number, period), service: this.users.service(code).code, channel, measure,
      period: period.text, ...rest,
    };
  }

  // statementsThatDiffer are totals beside events of the same line and period.
  statementsThatDiffer() {
    const found = [];
    for (const code of this.users.codes) {
      for (const row of this.lines.about(code)) {
        const { period, measure, channel } = row;
        if (row.state !== 'reported' || !SUMMED.has(measure) || period.to > this.on) continue;
        if (period.to < firstOf(monthOf(this.on) - YEAR + 1)) continue;
        if (!this.everyMonth(code, period)) continue;
        const by = new Map();
        if (!this.lines.add({ service: code, channel, measure }, period.from, period.to, by)) continue;
        const sum = [...by.values()].reduce((total, uses) => total + uses, 0);
        if (Math.abs(sum - row.value) * 20 <= row.value) continue;
        found.push({
          kind: 'statement_differs', entity: row.entity, service: row.service, channel, measure, period: period.text,
          statement: reported(row.value), events: reported(sum), difference: percentAway(sum, row.value),
        });
      }
    }
    return found;
  }

  everyMonth(code, { from, to }) {
    for (let month = monthOf(from); month <= monthOf(to); month++) {
      if (this.lines.reporters(code, month).size === 0) return false;
    }
    return true;
  }

  // stages are later stages above earlier ones.
  stages() {
    const pairs = [['completed', 'started'], ['submitted', 'started'], ['completed', 'submitted']];
    const found = [];
    for (const line of this.channels()) {
      for (const [later, earlier] of pairs) {
        for (const period of this.periods(line.code, line.channel, [later, earlier])) {
          const value = this.number(line.code, line.channel, later, period);
          const against = this.number(line.code, line.channel, earlier, period);
          if (!isReported(value) || !isReported(against) || !against.spoken || value.value <= against.value) continue;
          const bothEvents = !value.stated && !against.stated;
          const more = value.value - against.value;
          if (bothEvents && (more <= 10 || more * 20 <= against.value)) continue;
          found.push(this.finding('stage_above_earlier', line, later, period, value, {
            value: reported(value.value), against: reported(against.value), against_measure: earlier,
          }));
        }
      }
    }
    return found;
  }

  // ratings are sums that no ratings from 1 to 5 can have.
  ratings() {
    const found = [];
    for (const line of this.channels()) {
      for (const period of this.periods(line.code, line.channel, ['rating_count', 'rating_sum'])) {
        const count = this.number(line.code, line.channel, 'rating_count', period);
        const sum = this.number(line.code, line.channel, 'rating_sum', period);
        if (!isReported(count) || !isReported(sum)) continue;
        if (sum.value >= count.value && sum.value <= 5 * count.value) continue;
        found.push(this.finding('rating_out_of_range', line, 'rating_sum', period, sum, {
          value: reported(sum.value), against: reported(count.value),
        }));
      }
    }
    return found;
  }

  // farFromUsual are periods far from the median of those before.
  farFromUsual() {
    const found = [];
    for (const line of this.channels()) {
      for (const measure of MEASURES) {
        for (const period of this.periods(line.code, line.channel, [measure])) {
          if (!['month', 'quarter', 'year'].includes(period.grain)) continue;
          if (period.grain !== 'month' && !this.isStated(line, measure, period)) continue;
          const value = this.usable(line, measure, period);
          const usual = value && this.usual(line, measure, period);
          if (!usual) continue;
          const larger = Math.max(value.value, usual.median);
          if (larger < 100 || (value.value <= 10 * usual.median && 10 * value.value >= usual.median)) continue;
          found.push(this.finding('far_from_usual', line, measure, period, value, {
            value: reported(value.value), periods: usual.periods,
          }));
        }
      }
    }
    return found;
  }

  isStated({ code, channel }, measure, period) {
    return this.lines.statementsOf({ service: code, channel, measure }).has(period.text);
  }

  // usable is a number by which a line is measured: reported, of whole days, and no 0 of a channel that it has not.
  usable(line, measure, period) {
    const number = this.number(line.code, line.channel, measure, period);
    if (!isReported(number) || number.days) return null;
    if (!number.spoken && !this.hasChannel(line, period)) return null;
    return number;
  }

  hasChannel({ code, channel, service }, period) {
    return this.users.knownByUse(service)
      ? (this.users.entryFor(service, period)?.channels ?? []).includes(channel)
      : Boolean(this.users.liveChannels(service, period, period.to)?.has(channel));
  }

  // usual is the median of the last six periods before one, at most a year back.
  usual(line, measure, period) {
    const values = [];
    for (let at = before(period); values.length < 6 && at.from >= firstOf(monthOf(period.from) - YEAR); at = before(at)) {
      if (at.grain !== 'month' && !this.isStated(line, measure, at)) continue;
      const number = this.usable(line, measure, at);
      if (number && !this.opened(line, at)) values.push(number.value);
    }
    if (values.length === 0) return null;
    values.sort((a, b) => a - b);
    const half = Math.floor(values.length / 2);
    return { periods: values.length, median: values.length % 2 ? values[half] : (values[half - 1] + values[half]) / 2 };
  }

  // opened says whether a service was launched or opened a channel in a period.
  opened({ service, channel }, { from, to }) {
    return service.rollouts.some((row) => row.effective >= from && row.effective <= to
      && (row.action === 'launch' || (row.action === 'add_channel' && row.channels.includes(channel))));
  }

  // repeated are runs of months for which one number is stated.
  repeated() {
    const found = [];
    for (const line of this.channels()) {
      for (const measure of [...MEASURES, 'rating_sum']) {
        const statements = this.lines.statementsOf({ service: line.code, channel: line.channel, measure });
        const valueOf = (month) => {
          const row = statements.get(month.text);
          return row && row.state === 'reported' && row.value >= 100 && month.to <= this.on ? row : null;
        };
        for (let i = 0; i < this.months.length;) {
          const first = valueOf(this.months[i]);
          let next = i + 1;
          while (first && next < this.months.length && valueOf(this.months[next])?.value === first.value) next++;
          if (first && next - i >= 3) {
            found.push({
              kind: 'repeated_value', entity: first.entity, service: this.users.service(line.code).code, channel: line.channel, measure,
              period: interval(this.months[i].from, this.months[next - 1].to).text, value: reported(first.value), periods: next - i,
            });
          }
          i = next;
        }
      }
    }
    return found;
  }

  // bundles are completions of a bundle beside those of its parts.
  bundles() {
    const found = [];
    for (const line of this.channels()) {
      for (const period of this.periods(line.code, line.channel, ['completed'])) {
        const own = this.number(line.code, line.channel, 'completed', period);
        if (!isReported(own) || own.value === 0) continue;
        const parts = this.view.catalogue.partsOf(line.service, period.to)
          .map((part) => this.number(fold(part.code), line.channel, 'completed', period)).filter(isReported);
        const sum = parts.reduce((total, part) => total + part.value, 0);
        if (sum === 0) continue;
        found.push(this.finding('bundle_beside_parts', line, 'completed', period, own, {
          value: reported(own.value), against: reported(sum),
        }));
      }
    }
    return found;
  }
}

// levelsWithoutUse are services at a high level whose digital use is nothing.
function levelsWithoutUse(view) {
  const found = [];
  for (const service of view.today.members) {
    const levelOn = (on) => {
      const standing = view.catalogue.on(on).standingOn(service, on, 4);
      return standing.live ? standing.claimed : 0;
    };
    if (view.catalogue.partsOf(service, view.on).length > 0 || levelOn(view.on) < 3 || levelOn(view.on - 60) < 3) continue;
    const period = interval(firstOf(view.lastEnded - 1), view.on);
    const spans = [monthPeriod(view.lastEnded - 1), monthPeriod(view.lastEnded)];
    if (view.on > lastOf(view.lastEnded)) spans.push(interval(firstOf(view.lastEnded + 1), view.on));
    const totals = spans.map((span) => view.users.of(fold(service.code), DIGITAL, 'completed', span)).filter((each) => each !== null);
    const all = aggregate(totals);
    if (all.value > 0 || all.state === 'not_requested' || all.state === 'not_applicable') continue;
    found.push({
      kind: 'level_without_use', entity: view.catalogue.owner(service, view.on), service: service.code, period: period.text,
      level: levelOn(view.on), completed: isReported(all) ? reported(0) : none(),
    });
  }
  return found;
}

export const missingDays = (covers, { from, to }) => {
  const days = [];
  for (let on = from; on <= to; on++) if (!covers(on)) days.push(dayText(on));
  return days;
};
