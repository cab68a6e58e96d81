// Where doubts are sought: the ended months of each line, and the other periods that are stated of it
// (docs/rules.md#findings).
import { firstOf, interval, isWholeMonths, monthOf, monthPeriod } from './dates.mjs';
import { CHANNELS } from './life.mjs';
import { none, ratio } from './numbers.mjs';

const MONTHS = 36;

// MEASURES are those of use and ratings, the plainest first; a sum of ratings follows their number.
export const MEASURES = ['completed', 'submitted', 'started', 'views', 'rating_count'];

export const percentAway = (found, expected) => ratio(found - expected, expected);

export class Seeker {
  constructor(view) {
    Object.assign(this, { view, users: view.users, lines: view.lines, on: view.on });
    this.since = firstOf(monthOf(view.on) - MONTHS + 1);
    this.months = [];
    for (let month = monthOf(this.since); month <= view.lastEnded; month++) this.months.push(monthPeriod(month));
  }

  // channels are those on which anything speaks of a service.
  * channels() {
    for (const code of this.users.codes) {
      const spoken = this.lines.use.channels.get(code) ?? new Set();
      for (const channel of CHANNELS) if (spoken.has(channel)) yield { code, channel, service: this.users.service(code) };
    }
  }

  // stated are the periods that are stated of a line and end by the day, the earliest first.
  stated({ code, channel }, measure) {
    return [...this.lines.statementsOf({ service: code, channel, measure }).values()].map((row) => row.period)
      .filter((period) => period.to <= this.on).sort((a, b) => a.from - b.from || a.to - b.to);
  }

  // periods are those that are looked at of a line.
  periods(line, measure) {
    return [...this.months, ...this.stated(line, measure).filter((period) => period.grain !== 'month' && period.to >= this.since)];
  }

  number({ code, channel }, measure, period) {
    return this.lines.number(code, channel, measure, period);
  }

  statement({ code, channel }, measure, period) {
    return this.lines.statementsOf({ service: code, channel, measure }).get(period.text);
  }

  // beside is another line's number: of a month, or of a period that is stated of it too.
  beside(line, measure, period) {
    return period.grain === 'month' || this.statement(line, measure, period) ? this.number(line, measure, period) : none();
  }

  // has says whether a service had a channel on a day of a period, or, known by its use alone, by its entry.
  has({ code, channel }, period) {
    return Boolean(this.users.listed(code, period)?.has(channel));
  }

  // reporter is who reported a number, the first by code of several; else the owner at the end of the period.
  reporter({ service }, number, period) {
    return [...(number.by?.keys() ?? [])].sort()[0] ?? this.view.catalogue.owner(service, Math.min(period.to, this.on));
  }

  // finding is a doubt about a number of a line.
  finding(kind, line, measure, period, number, rest) {
    return {
      kind, entity: this.reporter(line, number, period), service: line.service.code, channel: line.channel, measure,
      period: period.text, value: { value: number.value, state: 'reported' }, ...rest,
    };
  }
}

// inRuns joins the doubts about months in a row, of the same kind and entity, with the sums of their numbers.
export function inRuns(doubts) {
  const runs = [];
  for (const { period, ...doubt } of doubts) {
    const run = runs.at(-1);
    const follows = run && period.grain === 'month' && isWholeMonths(run) && run.to + 1 === period.from
      && run.kind === doubt.kind && run.entity === doubt.entity;
    if (!follows) {
      runs.push({ ...doubt, from: period.from, to: period.to });
      continue;
    }
    run.to = period.to;
    run.value += doubt.value;
    if (doubt.against !== undefined) run.against += doubt.against;
  }
  return runs.map(({ from, to, ...run }) => ({ ...run, period: interval(from, to).text }));
}
