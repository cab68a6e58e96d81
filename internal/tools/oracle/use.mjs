// Use of services and entities, and series of it (docs/rules.md#expected-use to #series-of-use).
import { DEEPEST, fold } from './catalogue.mjs';
import { before, dayText, firstOf, interval, lastOf, monthOf, monthPeriod, periodOfGrain } from './dates.mjs';
import { CHANNELS, DIGITAL } from './life.mjs';
import { toDate } from './lines.mjs';
import { aggregate, firstState, isReported } from './numbers.mjs';

const DEFAULT_POINTS = 12;

// Users answers who is expected to report, and what the use of services and entities is, as described on a day.
export class Users {
  constructor(view, lines) {
    this.view = view;
    this.lines = lines;
    this.expectations = new Map();
    this.tables = new Map();
    this.codes = [...view.catalogue.services.keys()].sort();
  }

  service(code) {
    return this.view.catalogue.services.get(code);
  }

  // entryFor is the catalogue's entry at the end of a period or on the day, or else on the period's first day.
  entryFor(service, period) {
    const { catalogue, on } = this.view;
    return catalogue.entry(service, Math.min(period.to, on)) ?? catalogue.entry(service, period.from);
  }

  // knownByUse says whether a service has no rollout event, nor a part that was launched, so that it is known by its use alone.
  knownByUse(service) {
    const { catalogue, on } = this.view;
    const rolled = service.rollouts.some((row) => row.effective <= on);
    const launched = (part) => catalogue.on(on).standing(part).launched;
    return !rolled && !catalogue.partsOf(service, on).some(launched);
  }

  // expected are the channels on which a service is expected to report a period; null when it is not expected, or known
  // by its use alone.
  expected(code, period) {
    if (!this.expectations.has(period.text)) this.expectations.set(period.text, new Map());
    const found = this.expectations.get(period.text);
    if (!found.has(code)) found.set(code, this.expectedOn(code, period));
    return found.get(code);
  }

  expectedOn(code, period) {
    const { on } = this.view;
    const service = this.service(code);
    if (period.from > on || this.knownByUse(service)) return null;
    if (!this.entryFor(service, period)) return null;
    return this.liveChannels(service, period, toDate(period, on).to);
  }

  // listed are the channels on which a service is expected, or, where it is known by its use alone, those of its entry.
  listed(code, period) {
    const service = this.service(code);
    if (!this.knownByUse(service)) return this.expected(code, period);
    const entry = period.from > this.view.on ? null : this.entryFor(service, period);
    return entry && new Set(entry.channels ?? []);
  }

  // liveChannels are those that a service had on the days on which it was live; null when it was on none.
  liveChannels(service, period, to) {
    const { catalogue } = this.view;
    const at = catalogue.on(catalogue.entry(service, to) ? to : period.from);
    const days = [period.from, ...catalogue.on(to).turns(service, DEEPEST).filter((day) => day > period.from && day <= to)];
    let channels = null;
    for (const day of days) {
      const standing = at.standingOn(service, day, DEEPEST);
      if (standing.live) channels = new Set([...(channels ?? []), ...standing.channels]);
    }
    return channels;
  }

  // firstReport is the first day of the first period of which a service reported a number; Infinity when it never did.
  firstReport(service) {
    const code = fold(service.code);
    const stated = this.lines.about(code).filter((row) => row.state === 'reported' && row.period.to <= this.view.on);
    const sent = [...(this.lines.use.months.get(code)?.keys() ?? [])].map(firstOf).filter((day) => day <= this.view.on);
    return Math.min(...stated.map((row) => row.period.from), ...sent);
  }

  // lastHeard is the last day of the ended periods of which a service said anything; −Infinity when it never did.
  lastHeard(code) {
    const { on } = this.view;
    const stated = this.lines.about(code).filter((row) => row.period.to <= on).map((row) => row.period.to);
    const sent = [...(this.lines.use.months.get(code)?.keys() ?? [])].filter((month) => firstOf(month) <= on)
      .map(lastOf).filter((day) => day <= on);
    return Math.max(...stated, ...sent);
  }

  // speaksOf says whether any number of use is reported for a period, on any channel.
  speaksOf(period) {
    return isReported(this.total(CHANNELS, 'completed', period));
  }

  // liveNow says whether a service is live on the day; one known by its use alone is while it is in the catalogue.
  liveNow(service) {
    const { today } = this.view;
    if (!today.entry(service)) return false;
    return this.knownByUse(service) || today.standing(service).live;
  }

  // partsOf are the numbers of a service's lines on some channels: where it is expected, and where anything of the line
  // itself answers for the period.
  partsOf(code, channels, measure, period) {
    const parts = this.spokenOf(code, channels, measure, period, this.expected(code, period) ?? new Set());
    const service = this.service(code);
    if (parts.length > 0 || !this.knownByUse(service) || period.from > this.view.on || !this.entryFor(service, period)) return parts;
    // A service known by its use alone is missed in the period after one in which it reported.
    const earlier = this.spokenOf(code, channels, measure, before(period), new Set());
    return earlier.some(isReported) ? [{ state: 'not_provided', value: null, by: new Map() }] : parts;
  }

  spokenOf(code, channels, measure, period, expected) {
    const spoken = this.lines.use.channels.get(code) ?? new Set();
    const parts = [];
    for (const channel of channels) {
      if (!expected.has(channel) && !spoken.has(channel)) continue;
      const number = this.lines.number(code, channel, measure, period);
      if (expected.has(channel) || number.spoken) parts.push({ channel, ...number });
    }
    return parts;
  }

  // table is the use of every service over some channels; services of which nothing is expected and nothing speaks are
  // not in it.
  table(channels, measure, period) {
    const key = `${channels.join('+')} ${measure} ${period.text}`;
    if (!this.tables.has(key)) {
      const table = new Map();
      for (const code of this.codes) {
        const parts = this.partsOf(code, channels, measure, period);
        if (parts.length > 0) table.set(code, { ...together(parts), lines: parts });
      }
      this.tables.set(key, table);
    }
    return this.tables.get(key);
  }

  // of is the use of a service over some channels; null where nothing is expected and nothing speaks.
  of(code, channels, measure, period) {
    return this.table(channels, measure, period).get(code) ?? null;
  }

  // ofEntity is the part of a service that an entity reported, or, as its owner, what is missing.
  ofEntity(entity, code, channels, measure, period) {
    return this.partOf(entity, code, this.of(code, channels, measure, period), period);
  }

  partOf(entity, code, total, period) {
    if (!total) return null;
    const own = [];
    const owned = this.view.catalogue.owner(this.service(code), Math.min(period.to, this.view.on)) === entity;
    for (const line of total.lines) {
      if (isReported(line) && line.by.has(entity)) own.push({ ...line, value: line.by.get(entity) });
    }
    if (own.length > 0) return together(own);
    return owned && !isReported(total) ? total : null;
  }

  // total is the aggregate over services, or of what one entity reported of them.
  total(channels, measure, period, entity = '', keeps = () => true) {
    const parts = [];
    for (const [code, total] of this.table(channels, measure, period)) {
      const part = !keeps(code) ? null : entity === '' ? total : this.partOf(entity, code, total, period);
      if (part) parts.push(part);
    }
    return aggregate(parts);
  }

  // toDateOf says how much of a period that runs on the day its number covers.
  toDateOf(period) {
    const { on } = this.view;
    if (period.from > on || period.to <= on || period.grain === 'day') return undefined;
    const covered = toDate(period, on);
    if (covered.running) return { until: dayText(on), ended: on - period.from + 1, of: period.to - period.from + 1 };
    const months = (p) => monthOf(p.to) - monthOf(p.from) + 1;
    return { until: dayText(covered.to), ended: months(covered), of: months(period) };
  }

  point(period, total) {
    const empty = aggregate([]);
    const shown = period.from > this.view.on ? { ...empty, state: 'not_requested' } : total();
    return { period: period.text, total: shape(shown), to_date: this.toDateOf(period) };
  }

  // series is use by period, split as asked (docs/rules.md#series-of-use).
  series({ measure = 'completed', grain = 'month', by = '', from, to, channels, service = '', entity = '' }) {
    const periods = this.span(grain, from, to);
    const over = channels ?? (by === 'channel' ? CHANNELS : DIGITAL);
    const only = (code) => service === '' || fold(service) === code;
    const lines = (keys, totalOf) => keys.map((key) => ({
      key, points: periods.map((period) => this.point(period, () => totalOf(key, period))),
    }));
    switch (by) {
      case 'channel':
        return lines(over, (key, period) => this.total([key], measure, period, entity, only)).filter(speaks);
      case 'service':
        return lines(this.codes.filter(only), (key, period) => this.total(over, measure, period, entity, (code) => code === key))
          .filter(speaks).map((line) => ({ ...line, key: this.service(line.key).code }));
      case 'entity':
        return lines([...this.view.entities()].sort(), (key, period) => this.total(over, measure, period, key, only)).filter(speaks);
      case 'level':
        return lines(['0', '1', '2', '3', '4'], (key, period) =>
          this.total(over, measure, period, entity, (code) => only(code) && String(this.levelOf(code, period)) === key)).filter(speaks);
      default:
        return lines([''], (key, period) => this.total(over, measure, period, entity, only));
    }
  }

  levelOf(code, period) {
    const day = this.view.catalogue.on(toDate(period, this.view.on).to);
    return day.standing(this.service(code)).verified;
  }

  span(grain, from, to) {
    const last = periodOfGrain(grain, to ?? this.view.on);
    const periods = [last];
    while (from === undefined ? periods.length < DEFAULT_POINTS : periods[0].from > from) periods.unshift(before(periods[0]));
    return periods;
  }

  // lastThirty is the thirty days that end with a day.
  lastThirty() {
    return interval(this.view.on - 29, this.view.on);
  }

  lastEnded() {
    return monthPeriod(this.view.lastEnded);
  }
}

// together are the lines of a service; it lacks the days of the line that lacks most.
function together(lines) {
  const total = aggregate(lines);
  delete total.days;
  for (const { days } of lines) {
    if (days && (!total.days || days.covered < total.days.covered)) total.days = days;
  }
  return total;
}

// speaks says whether any point of a line of a split series has something to say.
const speaks = (line) => line.points.some(({ total }) => total.parts.expected > 0 || total.state.startsWith('not_') && total.state !== 'not_provided');

// shape is a total as it is written.
export function shape(total) {
  return {
    value: total.value, state: total.state, parts: total.parts,
    partial: total.partial || undefined, days: total.days,
  };
}

