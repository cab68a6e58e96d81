// Civil days, months and periods (docs/rules.md#dates-months-and-periods).
//
// A day is a number: days since 1970-01-01. A month is 12 × year + month − 1. A period has the grain day, month,
// quarter, year or interval, its first and its last day.

const DAY_MS = 86_400_000;

export const day = (text) => (text ? Date.parse(`${text}T00:00:00Z`) / DAY_MS : null);

export function dayText(number) {
  return number === null ? '' : new Date(number * DAY_MS).toISOString().slice(0, 10);
}

export function monthOf(number) {
  const date = new Date(number * DAY_MS);
  return 12 * date.getUTCFullYear() + date.getUTCMonth();
}

export const firstOf = (month) => Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY_MS;
export const lastOf = (month) => firstOf(month + 1) - 1;

const pad = (number) => String(number).padStart(2, '0');
export const monthText = (month) => `${Math.floor(month / 12)}-${pad((month % 12) + 1)}`;

// whole is the period of a grain that begins with a month.
function whole(grain, month, months) {
  const year = Math.floor(month / 12);
  const text = { month: monthText(month), quarter: `${year}-Q${Math.floor((month % 12) / 3) + 1}`, year: `${year}` }[grain];
  return { grain, from: firstOf(month), to: lastOf(month + months - 1), text };
}

export const monthPeriod = (month) => whole('month', month, 1);
export const quarterPeriod = (month) => whole('quarter', month - (month % 3), 3);
export const yearPeriod = (month) => whole('year', month - (month % 12), 12);
export const dayPeriod = (number) => ({ grain: 'day', from: number, to: number, text: dayText(number) });

// periodOfGrain is the period of a grain that holds a day.
export function periodOfGrain(grain, number) {
  if (grain === 'day') return dayPeriod(number);
  return { month: monthPeriod, quarter: quarterPeriod, year: yearPeriod }[grain](monthOf(number));
}

// interval is the period between two days; one that is exactly a whole month, quarter or year is that.
export function interval(from, to) {
  if (from === to) return dayPeriod(from);
  for (const grain of ['month', 'quarter', 'year']) {
    const same = periodOfGrain(grain, from);
    if (same.from === from && same.to === to) return same;
  }
  return { grain: 'interval', from, to, text: `${dayText(from)}/${dayText(to)}` };
}

const parsed = new Map();

export function period(text) {
  if (!parsed.has(text)) parsed.set(text, parse(text));
  return parsed.get(text);
}

function parse(text) {
  const both = text.split('/');
  if (both.length === 2) return interval(day(both[0]), day(both[1]));
  if (/^\d{4}$/.test(text)) return yearPeriod(12 * Number(text));
  const quarter = /^(\d{4})-Q([1-4])$/.exec(text);
  if (quarter) return quarterPeriod(12 * Number(quarter[1]) + 3 * (Number(quarter[2]) - 1));
  if (/^\d{4}-\d{2}$/.test(text)) return monthPeriod(monthOf(day(`${text}-01`)));
  return dayPeriod(day(text));
}

const wholeMonths = (p) => p.from === firstOf(monthOf(p.from)) && p.to === lastOf(monthOf(p.to));
export const isWholeMonths = wholeMonths;

// before is the period before: of the same grain; of an interval of whole months as many months, else as many days.
export function before(p) {
  const end = p.from - 1;
  if (p.grain !== 'interval') return periodOfGrain(p.grain, end);
  if (!wholeMonths(p)) return interval(end - (p.to - p.from), end);
  const months = monthOf(p.to) - monthOf(p.from) + 1;
  return interval(firstOf(monthOf(p.from) - months), end);
}

// yearBefore is the same period a year earlier.
export function yearBefore(p) {
  const moved = (number) => {
    const month = monthOf(number) - 12;
    return Math.min(firstOf(month) + number - firstOf(monthOf(number)), lastOf(month));
  };
  if (p.grain !== 'interval' || !wholeMonths(p)) {
    return p.grain === 'interval' ? interval(moved(p.from), moved(p.to)) : periodOfGrain(p.grain, moved(p.from));
  }
  return interval(moved(p.from), lastOf(monthOf(p.to) - 12));
}

// monthsOf lists the months that a period touches.
export function monthsOf(p) {
  const months = [];
  for (let m = monthOf(p.from); m <= monthOf(p.to); m++) months.push(m);
  return months;
}

// clock returns a function that finds the civil day of an instant (microseconds since 1970) in a time zone.
export function clock(zone) {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const hours = new Map(); // zones move by quarters of an hour
  return (micros) => {
    const quarter = Math.floor(micros / 900e6);
    if (!hours.has(quarter)) hours.set(quarter, day(format.format(new Date(quarter * 900e3))));
    return hours.get(quarter);
  };
}
