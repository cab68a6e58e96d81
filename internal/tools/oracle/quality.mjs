// Take-up, coverage, completeness, silence and dormancy (docs/rules.md#take-up, #online-coverage, #completeness,
// #silent-and-without-numbers, #dormant).
import { before, firstOf, lastOf, monthOf, periodOfGrain } from './dates.mjs';
import { CHANNELS, DIGITAL } from './life.mjs';
import { aggregate, isReported, none, ratio, reported } from './numbers.mjs';

const LONG_LIVE = 90; // days
const FEW = 30; // completions

const known = (part) => isReported(part) || part.state === 'not_applicable';
const sum = (parts) => parts.filter(isReported).reduce((total, part) => total + part.value, 0);

const plain = ({ value, state }) => ({ value, state });

// takeUp is digital completions ÷ all (docs/rules.md#take-up), over the services that a choice keeps.
export function takeUp(users, period, keeps = () => true) {
  const { view } = users;
  const result = { digital: 0, all: 0, services: 0, live: 0, digitalOnly: [] };
  for (const code of users.codes.filter(keeps)) {
    const listed = users.listed(code, period);
    const parts = users.spokenOf(code, CHANNELS, 'completed', period, listed ?? new Set());
    const any = parts.some(isReported);
    const service = users.service(code);
    if (users.knownByUse(service) ? listed !== null && any : listed !== null) result.live++;
    if (!listed || (users.knownByUse(service) && !any)) continue;
    const digital = parts.filter((part) => DIGITAL.includes(part.channel));
    const elsewhere = parts.some((part) => !DIGITAL.includes(part.channel) && (listed.has(part.channel) || isReported(part)));
    if (!elsewhere) {
      result.digitalOnly.push(aggregate(digital));
      continue;
    }
    if (!any || listed.size === 0 || !parts.filter((part) => listed.has(part.channel)).every(known)) continue;
    result.services++;
    result.digital += sum(digital);
    result.all += sum(parts);
  }
  if (!view.ended(period)) return { period: period.text, value: none(), running: true };
  return {
    period: period.text, value: ratio(result.digital, result.all), covered_share: ratio(result.services, result.live),
    services: result.services, live: result.live, digital_only: result.digitalOnly.length,
    digital_only_completed: plain(aggregate(result.digitalOnly)),
    digital: result.services > 0 ? reported(result.digital) : none(),
    all: result.services > 0 ? reported(result.all) : none(),
  };
}

// coverage is services live on a digital channel ÷ those of the catalogue that are not retired.
export function coverage(view) {
  const now = census(view.today);
  return {
    services: now.services, digital: now.digital, web: now.web, mobile: now.mobile, both: now.both,
    share: ratio(now.digital, now.services), mobile_share: ratio(now.mobile, now.services),
    last_month_services: reported(census(view.catalogue.on(lastOf(monthOf(view.on) - 1))).services),
  };
}

function census(today) {
  const all = today.members.map((service) => today.standing(service)).filter((standing) => !standing.retired);
  const live = all.filter((standing) => standing.live);
  const on = (...channels) => live.filter(({ channels: own }) => channels.every((channel) => own.has(channel))).length;
  return {
    services: all.length, digital: live.filter(({ channels }) => DIGITAL.some((one) => channels.has(one))).length,
    web: on('web'), mobile: on('mobile'), both: on('web', 'mobile'),
  };
}

// dueDay is the day by which a period's data is due (docs/rules.md#due-day-of-a-period).
export function dueDay(view, period) {
  const next = monthOf(period.to) + 1;
  return view.dueDays.get(next) ?? Math.min(firstOf(next) + view.settings.dueDay - 1, lastOf(next));
}

// completeness is what was received of what was expected of the last ended month.
export function completeness(users, keeps = () => true) {
  const { view } = users;
  const period = users.lastEnded();
  const due = dueDay(view, period);
  let [expected, received, onTime] = [0, 0, 0];
  for (const code of users.codes.filter(keeps)) {
    const use = users.of(code, CHANNELS, 'completed', period);
    if (users.expected(code, period) === null || use === null) continue; // without a channel nothing can come
    if (use.state === 'not_requested' || use.state === 'not_applicable') continue;
    expected++;
    if (!isReported(use) || use.partial > 0) continue;
    received++;
    if (!users.lines.lateStatement(code, period, due)) onTime++;
  }
  return { reported: received, expected, share: ratio(received, expected), grade: grade(expected, received, onTime) };
}

function grade(expected, received, onTime) {
  if (expected === 0) return '';
  if (100 * onTime >= 98 * expected) return 'A';
  if (100 * received >= 90 * expected) return 'B';
  return 100 * received >= 75 * expected ? 'C' : 'D';
}

// duePeriods are the last two of a service that were due before the day.
function duePeriods(users, code) {
  const { view } = users;
  const grain = users.lines.grainOf(code);
  let newest = periodOfGrain(grain, view.on);
  while (dueDay(view, newest) >= view.on) newest = before(newest);
  return [newest, before(newest)];
}

// answers says of what a service owed: nothing for either period, or only states without a value in both.
export function answers(users, code) {
  const { view } = users;
  const periods = duePeriods(users, code);
  const service = users.service(code);
  const owes = (period) => (users.knownByUse(service)
    ? users.firstReport(service) <= period.to && users.entryFor(service, period) !== null
    : users.expected(code, period) !== null);
  if (!periods.every(owes) || !users.liveNow(service)) return { silent: false, withoutNumbers: false };
  const heard = periods.map((period) => users.lines.heard(code, period));
  return {
    silent: heard.every((each) => each === 'nothing'),
    withoutNumbers: heard.every((each) => each === 'states'),
  };
}

// dormant is a service that has been live for long, whose digital use of thirty days is all known and little.
export function dormant(users, code) {
  const { view } = users;
  const service = users.service(code);
  if (!view.today.entry(service)) return false;
  const standing = view.today.standing(service);
  if (!standing.live || view.on - standing.liveSince < LONG_LIVE) return false;
  const numbers = DIGITAL.map((channel) => ({ channel, ...users.lines.number(code, channel, 'completed', users.lastThirty()) }));
  const whole = numbers.map((number) => (number.days ? { ...number, state: 'not_provided' } : number));
  const listed = users.listed(code, users.lastThirty()) ?? new Set();
  const own = whole.filter(({ channel }) => listed.has(channel));
  return own.length > 0 && own.every(known) && whole.some(isReported) && sum(whole) < FEW;
}

