// Use where there should be none: on a channel that a service has not, before its launch, after its retirement
// (docs/rules.md#findings).
import { before, interval, lastOf, monthOf, monthPeriod, firstOf } from './dates.mjs';
import { MEASURES } from './findings.mjs';
import { stateOn } from './life.mjs';
import { isReported, reported } from './numbers.mjs';

// strays are runs of months, and other stated periods, with such use; of several measures the first speaks.
export function strays(seeker) {
  const found = [];
  for (const line of seeker.channels()) {
    const all = [...seeker.periods(line.code, line.channel, MEASURES), ...older(seeker, line)];
    let run = null;
    for (const period of all.sort((a, b) => a.from - b.from || a.to - b.to)) {
      const use = firstUse(seeker, line, period);
      const kind = use && kindOf(seeker, line, period);
      if (!kind) continue;
      const entity = seeker.reporter(line.code, use.number, period);
      const follows = run && period.grain === 'month' && run.grain === 'month' && run.next === period.from
        && run.kind === kind && run.measure === use.measure && run.entity === entity;
      if (follows) {
        run.value += use.number.value;
        run.to = period.to;
      } else {
        run = { ...line, entity, kind, measure: use.measure, from: period.from, to: period.to, grain: period.grain, value: use.number.value };
        found.push(run);
      }
      run.next = period.to + 1;
    }
  }
  return found.map((run) => ({
    kind: run.kind, entity: run.entity, service: run.service.code, channel: run.channel, measure: run.measure,
    period: interval(run.from, run.to).text, value: reported(run.value),
  }));
}

// older are the periods before the months that are looked at: use before the launch is sought in all that is known.
function older(seeker, { code, channel }) {
  const stated = seeker.lines.about(code).filter((row) => row.channel === channel && row.period.to < firstOf(seeker.from))
    .map((row) => row.period);
  const months = [...(seeker.lines.use.months.get(code)?.keys() ?? [])].filter((month) => month < seeker.from).map(monthPeriod);
  return [...new Map([...stated, ...months].map((each) => [each.text, { ...each, old: true }])).values()];
}

function firstUse(seeker, { code, channel }, period) {
  for (const measure of MEASURES) {
    const number = seeker.number(code, channel, measure, period);
    if (isReported(number) && number.value > 0) return { measure, number };
  }
  return null;
}

function kindOf(seeker, { code, channel, service }, period) {
  const { view, users } = seeker;
  const rolled = !users.knownByUse(service);
  const live = rolled && users.liveChannels(service, period, period.to);
  if (rolled && !live) {
    const state = stateOn(service.rollouts, view.on);
    if (state.launchedOn === null || period.to < state.launchedOn) return 'use_before_launch';
    return stateOn(service.rollouts, period.from).retired ? 'use_after_retirement' : null;
  }
  if (period.old) return null;
  const listed = users.listed(code, period);
  return listed && listed.size > 0 && !listed.has(channel) ? 'channel_not_listed' : null;
}
