// The value of a line: one service, one channel, one measure, one period (docs/rules.md#the-value-of-use).
import { Feeds } from './feeds.mjs';
import { dayPeriod, firstOf, interval, isWholeMonths, lastOf, monthOf, monthPeriod, monthsOf, quarterPeriod,
  yearPeriod } from './dates.mjs';
import { fold } from './catalogue.mjs';

const MEASURE_OF = { view: 'views', start: 'started', submit: 'submitted', complete: 'completed' };
export const SUMMED = new Set(Object.values(MEASURE_OF));

// Use is everything that is known of use: events by line and day, and statements by line.
export class Use {
  constructor(known) {
    this.lines = new Map(); // service, channel → measure → day → entity → uses
    this.firstOnChannel = new Map(); // service, channel → first day with an event
    this.months = new Map(); // service → month → entity → first day with an event
    this.sentDays = new Map(); // entity → days
    this.statements = new Map(); // service, channel, measure → period → statement
    this.byService = new Map(); // service → statements
    this.channels = new Map(); // service → channels of which anything speaks
    for (const event of known.events) this.addEvent(event);
    for (const statement of known.statements) this.addStatement(statement);
    this.firstValues = known.firstValues;
  }

  addEvent({ service, entity, channel, stage, day, count }) {
    const key = fold(service);
    const line = `${key} ${channel}`;
    inner(this.sentDays, entity, Set).add(day);
    inner(this.channels, key, Set).add(channel);
    this.firstOnChannel.set(line, Math.min(day, this.firstOnChannel.get(line) ?? Infinity));
    const reporters = inner(inner(this.months, key), monthOf(day));
    reporters.set(entity, Math.min(day, reporters.get(entity) ?? Infinity));
    const measure = MEASURE_OF[stage];
    if (!measure) return;
    const byEntity = inner(inner(this.lines, `${line} ${measure}`), day);
    byEntity.set(entity, (byEntity.get(entity) ?? 0) + count);
  }

  addStatement(statement) {
    const key = fold(statement.service);
    inner(this.channels, key, Set).add(statement.channel);
    if (!this.byService.has(key)) this.byService.set(key, []);
    this.byService.get(key).push(statement);
    inner(this.statements, `${key} ${statement.channel} ${statement.measure}`).set(statement.period.text, statement);
  }
}

function inner(map, key, Kind = Map) {
  if (!map.has(key)) map.set(key, new Kind());
  return map.get(key);
}

const missing = { state: 'not_provided', value: null };

// Lines answers what each line's number is, as described on a day.
export class Lines {
  constructor(use, holidays, on) {
    this.use = use;
    this.on = on;
    this.feeds = new Feeds(use.sentDays, holidays, on);
    this.values = new Map();
  }

  // number is the line's for a period; of one that runs on the day it is the number to date.
  number(service, channel, measure, period) {
    const line = { service: fold(service), channel, measure };
    return this.value(line, toDate(period, this.on));
  }

  value(line, period) {
    const key = `${line.service} ${line.channel} ${line.measure} ${period.text}`;
    if (!this.values.has(key)) this.values.set(key, this.found(line, period));
    return this.values.get(key);
  }

  statementsOf(line) {
    return this.use.statements.get(`${line.service} ${line.channel} ${line.measure}`) ?? new Map();
  }

  found(line, period) {
    if (period.from > this.on) return missing;
    const stated = this.statementsOf(line).get(period.text);
    if (stated && period.to <= this.on) {
      const value = stated.state === 'reported' ? stated.value : null;
      return { state: stated.state, value, by: new Map(value === null ? [] : [[stated.entity, value]]), spoken: true, stated: true };
    }
    const number = this.tiled(line, period) ?? this.summed(line, period);
    if (number) return number;
    // Of a month a part of which was stated something is said, though no number follows.
    return period.grain === 'month' && this.speaksWithin(line, period) ? { ...missing, spoken: true } : missing;
  }

  // speaksWithin says whether a statement of the line is about a part of a period.
  speaksWithin(line, period) {
    for (const { period: other } of this.statementsOf(line).values()) {
      if (other.from >= period.from && other.to <= period.to && other.text !== period.text && other.to <= this.on) return true;
    }
    return false;
  }

  // tiled is the sum over smaller periods that tile the period, the coarsest that knows its number first; null when they
  // do not.
  tiled(line, period) {
    if (period.grain === 'day') return null;
    // Days without statements sum to what rule 3 says.
    if ((period.grain === 'month' || !isWholeMonths(period)) && !this.speaksWithin(line, period)) return null;
    const tiles = [];
    for (let at = period.from; at <= period.to;) {
      const tile = this.tileAt(line, period, at);
      if (!tile) return null;
      tiles.push(tile);
      at = tile.period.to + 1;
    }
    const states = tiles.map((tile) => tile.state);
    if (!states.includes('reported')) {
      return { state: states.includes('not_requested') ? 'not_requested' : 'not_applicable', value: null, spoken: true };
    }
    return states.includes('not_requested') ? null : sumOf(tiles);
  }

  tileAt(line, period, at) {
    let unrequested = null;
    for (const tile of tilesAt(at)) {
      if (tile.from !== at || tile.to > period.to || tile.text === period.text) continue;
      const number = { ...this.value(line, tile), period: tile };
      if (number.state === 'reported' || number.state === 'not_applicable') return number;
      if (number.state === 'not_requested') unrequested ??= number;
    }
    return unrequested;
  }

  // summed is the sum of the line's own events, where the rule lets them speak; null where not.
  summed(line, period) {
    if (!SUMMED.has(line.measure)) return null;
    const end = Math.min(period.to, this.on);
    const first = this.use.firstOnChannel.get(`${line.service} ${line.channel}`) ?? Infinity;
    if (first > end) return null;
    if (period.grain === 'day') return this.daySum(line, period);
    if (period.grain !== 'month' && isWholeMonths(period)) return null;
    if (this.speaksWithin(line, period)) return null;
    const reporters = new Set();
    for (const month of monthsOf(period)) {
      const found = this.reporters(line.service, month);
      if (found.size === 0) return null;
      for (const entity of found) reporters.add(entity);
    }
    const by = new Map();
    const spoken = this.add(line, period.from, end, by);
    // A zero that follows from the service's other events is that of who sent these.
    const senders = spoken ? new Set(by.keys()) : new Set([[...reporters].sort()[0]]);
    if (!spoken) for (const entity of senders) by.set(entity, 0);
    const value = [...by.values()].reduce((sum, uses) => sum + uses, 0);
    return { state: 'reported', value, by, spoken, days: this.feeds.lack(senders, period.from, end) };
  }

  // reporters are the entities with an accepted event of a service in a month.
  reporters(service, month) {
    const found = this.use.months.get(service)?.get(month) ?? new Map();
    return new Set([...found].filter(([, first]) => first <= this.on).map(([entity]) => entity));
  }

  // daySum is a day's: without events of the line 0, when who reported the service's month sent anything that day.
  daySum(line, period) {
    const by = new Map();
    const spoken = this.add(line, period.from, period.to, by);
    if (!spoken) {
      for (const entity of this.reporters(line.service, monthOf(period.from))) {
        if (this.use.sentDays.get(entity)?.has(period.from)) by.set(entity, 0);
      }
    }
    if (by.size === 0) return null;
    return { state: 'reported', value: [...by.values()].reduce((sum, uses) => sum + uses, 0), by, spoken };
  }

  // add sums the line's events between two days by who sent them, and says whether there were any.
  add(line, from, to, by) {
    const days = this.use.lines.get(`${line.service} ${line.channel} ${line.measure}`);
    let any = false;
    for (let day = from; days && day <= to; day++) {
      for (const [entity, uses] of days.get(day) ?? []) {
        any = true;
        by.set(entity, (by.get(entity) ?? 0) + uses);
      }
    }
    return any;
  }

  // about lists a service's statements, of every channel and measure.
  about(service) {
    return this.use.byService.get(service) ?? [];
  }

  // grainOf is a service's finest grain of reporting so far: month at the least, year at the most.
  grainOf(service) {
    if ([...(this.use.months.get(service)?.values() ?? [])].some((reporters) => Math.min(...reporters.values()) <= this.on)) {
      return 'month';
    }
    const grains = new Set(this.about(service).filter((row) => row.period.to <= this.on).map(({ period }) => period.grain));
    if (grains.size === 0 || grains.has('day') || grains.has('month')) return 'month';
    return grains.has('quarter') ? 'quarter' : 'year';
  }

  // firstMonth is the first of which anything speaks of a line: an event, or a statement for a month or its days.
  firstMonth({ code, channel, measure }) {
    const line = { service: code, channel, measure };
    const stated = [...this.statementsOf(line).values()].map((row) => row.period)
      .filter(({ grain, from, to }) => grain === 'month' || monthOf(from) === monthOf(to));
    const sent = [...(this.use.lines.get(`${code} ${channel} ${measure}`)?.keys() ?? [])];
    return Math.min(...stated.map(({ from }) => monthOf(from)), ...sent.map(monthOf));
  }

  // heard is what came for a period: nothing, states without a value alone, or numbers.
  heard(service, period) {
    if (this.reportersWithin(service, period)) return 'numbers';
    const about = this.about(service).filter((row) =>
      row.period.to <= this.on && row.period.from >= period.from && row.period.to <= period.to);
    if (about.length === 0) return 'nothing';
    return about.some((row) => row.state === 'reported') ? 'numbers' : 'states';
  }

  reportersWithin(service, period) {
    return monthsOf(period).some((month) => this.reporters(service, month).size > 0);
  }

  // lateStatement says whether a total of a period's completions came after a day.
  lateStatement(service, period, due) {
    return this.about(service).some((row) => row.measure === 'completed' && row.period.text === period.text
      && row.state === 'reported'
      && this.use.firstValues.get(`${row.service}\n${row.channel}\n${row.measure}\n${row.period.text}`) > due);
  }
}

const tilesAt = (at) => {
  const month = monthOf(at);
  return [yearPeriod(month), quarterPeriod(month), monthPeriod(month), dayPeriod(at)];
};

// toDate is the part of a period that has a number on a day: of one that runs, the months that have ended, or the days.
export function toDate(period, on) {
  if (period.to <= on || period.from > on || period.grain === 'day') return period;
  const end = lastOf(monthOf(on)) === on ? on : firstOf(monthOf(on)) - 1;
  if (period.grain === 'month' || end < period.from) return { ...interval(period.from, on), running: true };
  return interval(period.from, end);
}

// sumOf sums tiles; a tile that is whole covers all of its days.
function sumOf(tiles) {
  const by = new Map();
  let [value, covered, expected, spoken, stated] = [0, 0, 0, false, true];
  for (const tile of tiles) {
    const days = tile.period.to - tile.period.from + 1;
    covered += tile.days ? tile.days.covered : days;
    expected += tile.days ? tile.days.expected : days;
    spoken ||= Boolean(tile.spoken);
    if (tile.state !== 'reported') continue;
    stated &&= Boolean(tile.stated);
    value += tile.value;
    for (const [entity, uses] of tile.by) by.set(entity, (by.get(entity) ?? 0) + uses);
  }
  return { state: 'reported', value, by, spoken, stated, days: covered === expected ? null : { covered, expected } };
}
