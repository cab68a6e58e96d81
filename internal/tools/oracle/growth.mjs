// Growth, its decomposition and the streak (docs/rules.md#growth-and-use).
import { before, day, monthOf, monthPeriod, yearBefore } from './dates.mjs';
import { growth, isReported, none, ratio, reported } from './numbers.mjs';
import { shape } from './use.mjs';

const MOST_USED = 5;

// Growing compares periods of use on some channels, of everything or of what one entity reported.
export class Growing {
  constructor(users, { measure = 'completed', channels, entity = '' }) {
    Object.assign(this, { users, view: users.view, measure, channels, entity });
    this.linesOf = new Map();
  }

  total(period) {
    return this.users.total(this.channels, this.measure, period, this.entity);
  }

  // parts are the parts of services on some channels, by code.
  * parts(channels, period) {
    for (const [code, total] of this.users.table(channels, this.measure, period)) {
      const part = this.entity === '' ? total : this.users.partOf(this.entity, code, total, period);
      if (part && isReported(part)) yield [code, part];
    }
  }

  // unitOf names the unit that a service is in.
  unitOf(code) {
    return this.view.today.unit(this.users.service(code)).map((member) => member.code).sort()[0];
  }

  // lines are what is reported in a period by line: a unit and a channel.
  lines(period) {
    if (this.linesOf.has(period.text)) return this.linesOf.get(period.text);
    const lines = new Map();
    for (const channel of this.channels) {
      for (const [code, part] of this.parts([channel], period)) {
        const unit = this.unitOf(code);
        const line = lines.get(`${unit} ${channel}`) ?? { unit, value: 0, partial: false };
        line.value += part.value;
        line.partial ||= part.partial > 0;
        lines.set(`${unit} ${channel}`, line);
      }
    }
    this.linesOf.set(period.text, lines);
    return lines;
  }

  // compared is growth over the lines reported in both periods and partial in neither.
  compared(now, earlier) {
    const [a, b] = [this.lines(now), this.lines(earlier)];
    const result = { sumNow: 0, sumThen: 0, units: new Set(), lines: 0, leftOut: 0, partial: 0 };
    for (const key of new Set([...a.keys(), ...b.keys()])) {
      const [left, right] = [a.get(key), b.get(key)];
      if (left?.partial || right?.partial) result.partial++;
      if (!left || !right || left.partial || right.partial) {
        result.leftOut++;
        continue;
      }
      result.lines++;
      result.units.add(left.unit);
      result.sumNow += left.value;
      result.sumThen += right.value;
    }
    const value = result.lines === 0 ? none() : ratio(result.sumNow - result.sumThen, result.sumThen);
    const moves = isReported(value) ? direction(result.sumNow, result.sumThen) : undefined;
    return {
      like_for_like: value, direction: moves, step: step(moves, this.decomposition(now, earlier), result.sumThen),
      services_in_both: result.units.size, lines_in_both: result.lines, left_out: result.leftOut, left_out_partial: result.partial,
    };
  }

  // decomposition splits the change of use over units, without the lines that are partial in either period.
  decomposition(now, earlier) {
    const [a, b] = [this.lines(now), this.lines(earlier)];
    const sums = { existing: 0, launched: 0, returned: 0, retired: 0, silent: 0, partial: 0 };
    const units = new Map();
    for (const key of new Set([...a.keys(), ...b.keys()])) {
      const [left, right] = [a.get(key), b.get(key)];
      if (left?.partial || right?.partial) {
        sums.partial += (left?.value ?? 0) - (right?.value ?? 0);
        continue;
      }
      const name = (left ?? right).unit;
      const unit = units.get(name) ?? { now: null, then: null };
      if (left) unit.now = (unit.now ?? 0) + left.value;
      if (right) unit.then = (unit.then ?? 0) + right.value;
      units.set(name, unit);
    }
    for (const [name, { now: value, then }] of units) {
      if (value !== null && then !== null) sums.existing += value - then;
      else if (value !== null) sums[this.isNew(name, now) ? 'launched' : 'returned'] += value;
      else sums[this.isGone(name, now) ? 'retired' : 'silent'] -= then;
    }
    const fresh = sums.launched + sums.returned;
    const lost = sums.retired + sums.silent;
    return { change: sums.existing + fresh + lost, existing: sums.existing, new: fresh, lost, ...sums };
  }

  members(unit) {
    return this.view.today.unit(this.users.service(unit.toLowerCase()));
  }

  // isNew says whether a unit was live for the first time in a period; one that was never launched, whether it reported for
  // the first time.
  isNew(unit, period) {
    const { today } = this.view;
    const members = this.members(unit);
    const firsts = members.map((member) => today.firstAt(member, 'claimed', 0)).filter((day) => day !== null);
    if (firsts.length > 0) return Math.min(...firsts) >= period.from && Math.min(...firsts) <= period.to;
    return members.every((member) => this.users.firstReport(member) >= period.from);
  }

  // isGone says whether every member was retired or out of the catalogue at the end of a period.
  isGone(unit, period) {
    const at = this.view.catalogue.on(Math.min(period.to, this.view.on));
    return this.members(unit).every((member) => !at.entry(member) || at.standing(member).retired);
  }

  // streak is how many periods in a row grew, like for like, and why it is no more.
  streak(period) {
    for (let length = 0, now = period; ; length++, now = before(now)) {
      const { like_for_like: value } = this.compared(now, before(now));
      if (!isReported(value)) return { streak: length, streak_end: 'no_common_service' };
      const grew = this.grew(now);
      if (!grew) return { streak: length, streak_end: 'not_growing' };
    }
  }

  // grew says whether the exact like-for-like growth is above 0.
  grew(period) {
    return this.compared(period, before(period)).like_for_like.value > 0;
  }

  // concentration is the largest services' share of the period's use.
  concentration(period) {
    const used = [...this.parts(this.channels, period)].map(([code, part]) => ({ code: this.users.service(code).code, value: part.value }));
    used.sort((a, b) => b.value - a.value || (a.code < b.code ? -1 : 1));
    const sum = (list) => list.reduce((total, each) => total + each.value, 0);
    const all = sum(used);
    const without = (count) => (used.length === 0 ? none() : reported(all - sum(used.slice(0, count))));
    return {
      largest: used[0]?.code ?? '', largest_share: ratio(sum(used.slice(0, 1)), all),
      top_five_share: ratio(sum(used.slice(0, MOST_USED)), all),
      without_largest: without(1), without_top_five: without(MOST_USED),
    };
  }

  // against is growth against another period.
  against(period, other) {
    const total = this.total(other);
    return { period: other.text, total: shape(total), naive: growth(this.total(period), total), ...this.compared(period, other) };
  }

  // lastLunarYear is growth against the month that held most of the Ramadan before (docs/rules.md#same-lunar-month).
  lastLunarYear(period, lastYear) {
    const ramadans = this.view.calendar('ramadan').map((each) => ({ from: day(each.from), to: day(each.to) }));
    const now = ramadans.find((each) => mostOf(each).text === period.text);
    const then = now && ramadans.find((each) => now.from - each.from >= 340 && now.from - each.from <= 370);
    if (!then || mostOf(then).text === lastYear.text) return undefined;
    return this.against(period, mostOf(then));
  }

  // figures are the growth of a period against the one before and the year before.
  figures(period) {
    const earlier = before(period);
    const lastYear = yearBefore(period);
    const total = this.total(period);
    const running = !this.view.ended(period);
    const base = { period: period.text, previous: earlier.text, measure: this.measure, channels: this.channels };
    if (running) return { ...base, running: true, total: shape(total) };
    const then = this.total(earlier);
    return {
      ...base, total: shape(total), previous_total: shape(then), naive: growth(total, then),
      ...this.compared(period, earlier),
      last_year: this.against(period, lastYear),
      last_lunar_year: this.lastLunarYear(period, lastYear),
      decomposition: this.decomposition(period, earlier),
      ...this.streak(period),
      concentration: this.concentration(period),
    };
  }
}

// mostOf is the month that holds most days of a stretch; of two with as many, the earlier.
function mostOf({ from, to }) {
  const months = [];
  for (let month = monthOf(from); month <= monthOf(to); month++) months.push(monthPeriod(month));
  const days = (month) => Math.min(to, month.to) - Math.max(from, month.from);
  return months.reduce((most, month) => (days(month) > days(most) ? month : most));
}

// step names what moved a total another way than the lines that are compared.
function step(way, moves, before) {
  const change = moves.change + moves.partial;
  if (way === 'flat' && Math.abs(change) * 100 <= before) return undefined;
  if (change > 0 && way !== 'up' && moves.new > 0) return 'new_reporters';
  return change < 0 && way !== 'down' && moves.lost < 0 ? 'silent_reporters' : undefined;
}

// direction is said of like for like alone: flat within one percent, by the exact sums.
function direction(now, then) {
  const grown = (now - then) * 100;
  if (Math.abs(grown) <= then) return 'flat';
  return grown > 0 ? 'up' : 'down';
}

