// Numbers far from what is usual, and numbers that are stated again and again (docs/rules.md#findings).
import { dayPeriod, interval, monthOf, monthPeriod } from './dates.mjs';
import { isReported, reported } from './numbers.mjs';
import { MEASURES, percentAway } from './seeker.mjs';

const USUAL = 6; // periods
const BACK = 12; // periods in which these are sought
const FROM = 100; // uses

// farFromUsual are periods far from the median of those before: months, and stated quarters and years.
export function farFromUsual(seeker) {
  const found = [];
  for (const line of seeker.channels()) {
    for (const measure of MEASURES) {
      for (const period of seeker.periods(line, measure)) {
        const value = ['month', 'quarter', 'year'].includes(period.grain) && usable(seeker, line, measure, period);
        const usual = value && usualBefore(seeker, line, measure, period);
        if (!usual || !isFar(value.value, usual.median)) continue;
        const against = Math.ceil(usual.median);
        found.push(seeker.finding('far_from_usual', line, measure, period, value, {
          against: reported(against), periods: usual.periods, difference: percentAway(against, value.value),
        }));
      }
    }
  }
  return found;
}

const isFar = (value, median) => Math.max(value, median) >= FROM && (value > 10 * median || 10 * value < median);

// usable is a number by which a line is measured: reported, of whole days, and no 0 of a channel that it has not.
function usable(seeker, line, measure, period) {
  const number = seeker.number(line, measure, period);
  if (!isReported(number) || number.days) return null;
  return number.spoken || seeker.has(line, period) ? number : null;
}

// usualBefore is the median of the last six periods before one.
function usualBefore(seeker, line, measure, period) {
  const values = [];
  for (const at of earlier(seeker, line, measure, period)) {
    if (values.length === USUAL) break;
    const number = usable(seeker, line, measure, at);
    if (number && !opened(seeker, line, at)) values.push(number.value);
  }
  if (values.length === 0) return null;
  values.sort((a, b) => a - b);
  const half = Math.floor(values.length / 2);
  return { periods: values.length, median: values.length % 2 ? values[half] : (values[half - 1] + values[half]) / 2 };
}

// earlier are the twelve periods of a kind before one, the newest first: months, or those that are stated.
function earlier(seeker, line, measure, period) {
  if (period.grain === 'month') {
    const first = seeker.lines.firstMonth({ ...line, measure });
    return Array.from({ length: BACK }, (_, i) => monthOf(period.from) - 1 - i).filter((month) => month >= first).map(monthPeriod);
  }
  return seeker.stated(line, measure).filter((each) => each.grain === period.grain && each.from < period.from)
    .reverse().slice(0, BACK);
}

// opened says whether a service was launched, or opened the channel, after the first day of a period.
const opened = (seeker, line, period) => !seeker.users.knownByUse(line.service)
  && seeker.has(line, period) && !seeker.has(line, dayPeriod(period.from));

// repeated are runs of months for which one number is stated.
export function repeated(seeker) {
  const found = [];
  for (const line of seeker.channels()) {
    for (const measure of MEASURES) {
      const months = seeker.stated(line, measure).filter((period) => period.grain === 'month');
      const valueOf = (month) => month && seeker.statement(line, measure, month);
      for (let i = 0, next; i < months.length; i = next) {
        const first = valueOf(months[i]);
        next = i + 1;
        while (months[next]?.from === months[next - 1].to + 1 && same(valueOf(months[next]), first)) next++;
        const [from, to] = [months[i].from, months[next - 1].to];
        if (next - i < 3 || first.state !== 'reported' || first.value < FROM || to < seeker.since) continue;
        found.push({
          kind: 'repeated_value', entity: valueOf(months[next - 1]).entity, service: line.service.code, channel: line.channel, measure,
          period: interval(from, to).text, value: reported(first.value), periods: next - i,
        });
      }
    }
  }
  return found;
}

const same = (a, b) => a.state === b.state && a.value === b.value;
