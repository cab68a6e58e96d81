// Use where there should be none: on a channel that a service has not, before its launch, after its retirement
// (docs/rules.md#findings).
import { dayText, monthPeriod } from './dates.mjs';
import { stateOn } from './life.mjs';
import { isReported, reported } from './numbers.mjs';
import { inRuns, MEASURES } from './seeker.mjs';

// strays are runs of months, and other stated periods, with such use; of several measures the first speaks.
export function strays(seeker) {
  const found = [];
  for (const line of seeker.channels()) {
    const seen = new Set();
    for (const measure of MEASURES) {
      for (const periods of everything(seeker, line, measure)) {
        const doubts = periods.map((period) => doubtOf(seeker, line, measure, period))
          .filter((doubt) => doubt && !seen.has(doubt.period.text));
        for (const { period } of doubts) seen.add(period.text);
        found.push(...inRuns(doubts).map((run) => ({
          service: line.service.code, channel: line.channel, measure, ...run, value: reported(run.value),
        })));
      }
    }
  }
  return found;
}

// everything are the months of a line, and the other periods that are stated of it, however old.
function everything(seeker, line, measure) {
  const stated = seeker.stated(line, measure);
  const sent = [...(seeker.lines.use.months.get(line.code)?.keys() ?? [])].map(monthPeriod);
  const months = new Map([...stated, ...sent].filter((period) => period.grain === 'month' && period.to < seeker.since)
    .map((period) => [period.text, period]));
  const older = [...months.values()].sort((a, b) => a.from - b.from);
  return [[...older, ...seeker.months], stated.filter((period) => period.grain !== 'month')];
}

function doubtOf(seeker, line, measure, period) {
  const number = seeker.number(line, measure, period);
  if (!isReported(number) || number.value === 0) return null;
  const about = kindOf(seeker, line, period);
  return about && { ...about, period, entity: seeker.reporter(line, number, period), value: number.value };
}

function kindOf(seeker, line, period) {
  const { on, users, since } = seeker;
  const { rollouts } = line.service;
  if (rollouts.some((row) => row.effective <= on) && !users.liveChannels(line.service, period, period.to)) {
    const then = stateOn(rollouts, period.from);
    if (then.retired) return { kind: 'use_after_retirement', days: [dayText(then.retiredOn)] };
    const { launchedOn } = stateOn(rollouts, on);
    return launchedOn !== null && period.to < launchedOn ? { kind: 'use_before_launch', days: [dayText(launchedOn)] } : null;
  }
  if (period.to < since) return null;
  const listed = users.listed(line.code, period);
  return listed && listed.size > 0 && !listed.has(line.channel) ? { kind: 'channel_not_listed' } : null;
}
