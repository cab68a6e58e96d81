// Use of services and entities, and series of it (docs/rules.md#expected-use to #series-of-use).
import { fold } from './catalogue.mjs';
import { before, dayText, firstOf, interval, lastOf, monthOf, monthPeriod, periodOfGrain } from './dates.mjs';
import { CHANNELS, channelsOf, DIGITAL, stateOn } from './life.mjs';
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

  // knownByUse says whether a service has no rollout event, so that it is known by its use alone.
  knownByUse(service) {
    const rolled = (one) => one.rollouts.some((row) => row.effective <= this.view.on);
    return !rolled(service) && !(this.view.today.parts.get(fold(service.code)) ?? []).some(rolled);
  }

  // expected are the channels on which a service is expected to report a period; null when it is not expected.
  expected(code, period, measure = 'completed') {
    const key = `${period.text} ${measure}`;
    if (!this.expectations.has(key)) this.expectations.set(key, new Map());
    const found = this.expectations.get(key);
    if (!found.has(code)) found.set(code, this.expectedOn(code, period, measure));
    return found.get(code);
  }

  expectedOn(code, period, measure) {
    const { on } = this.view;
    const service = this.service(code);
    if (period.from > on) return null;
    const entry = this.entryFor(service, period);
    if (!entry) return null;
    if (this.knownByUse(service)) {
      return this.reportedBefore(code, period, measure) ? new Set(entry.channels ?? []) : null;
    }
    return this.liveChannels(service, entry, period.from, toDate(period, on).to);
  }

  // liveChannels are those that a service had on the days on which it was live; null when it was on none.
  liveChannels(service, entry, from, to) {
    const days = [from, ...service.rollouts.map((row) => row.effective).filter((day) => day > from && day <= to)];
    let channels = null;
    for (const day of days) {
      const state = stateOn(service.rollouts, day);
      if (!state.live) continue;
      channels = new Set([...(channels ?? []), ...channelsOf(entry, state)]);
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

  // liveNow says whether a service is live on the day; one known by its use alone is while it is in the catalogue.
  liveNow(service) {
    const { today } = this.view;
    if (!today.entry(service)) return false;
    return this.knownByUse(service) || today.standing(service).live;
  }

  reportedBefore(code, period, measure) {
    const earlier = before(period);
    const spoken = this.lines.use.channels.get(code) ?? new Set();
    return [...spoken].some((channel) => isReported(this.lines.number(code, channel, measure, earlier)));
  }

  // partsOf are the numbers of a service's lines on some channels: where it is expected, and where anything speaks.
  partsOf(code, channels, measure, period) {
    const expected = this.expected(code, period, measure) ?? new Set();
    const spoken = this.lines.use.channels.get(code) ?? new Set();
    const parts = [];
    for (const channel of channels) {
      const wanted = expected.has(channel);
      if (!wanted && !(spoken.has(channel) && this.lines.speaks(code, channel, measure, toDate(period, this.view.on)))) continue;
      parts.push({ channel, ...this.lines.number(code, channel, measure, period) });
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
        if (parts.length > 0) table.set(code, { ...aggregate(parts), lines: parts });
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
    if (own.length > 0) return aggregate(own);
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

// speaks says whether any point of a line of a split series has something to say.
const speaks = (line) => line.points.some(({ total }) => total.parts.expected > 0 || total.state.startsWith('not_') && total.state !== 'not_provided');

// shape is a total as it is written.
export function shape(total) {
  return {
    value: total.value, state: total.state, parts: total.parts,
    partial: total.partial || undefined, days: total.days,
  };
}

