// Services at a high level that nobody uses (docs/rules.md#findings).
import { DEEPEST, fold } from './catalogue.mjs';
import { firstOf, interval, lastOf, monthPeriod } from './dates.mjs';
import { DIGITAL } from './life.mjs';
import { aggregate, isReported, none, reported } from './numbers.mjs';

const HIGH = 3;
const LONG = 60; // days

export function levelsWithoutUse({ view }) {
  return view.today.members.filter((service) => isHigh(view, service)).flatMap((service) => {
    const use = sinceTwoMonths(view, service);
    if (use.value > 0 || use.state === 'not_requested' || use.state === 'not_applicable') return [];
    return [{
      kind: 'level_without_use', entity: view.catalogue.owner(service, view.on), service: service.code,
      period: interval(firstOf(view.lastEnded - 1), view.on).text, level: levelOn(view, service, view.on),
      completed: isReported(use) ? reported(0) : none(),
    }];
  });
}

const isHigh = (view, service) => view.catalogue.partsOf(service, view.on).length === 0
  && levelOn(view, service, view.on) >= HIGH && levelOn(view, service, view.on - LONG) >= HIGH;

function levelOn(view, service, on) {
  const standing = view.catalogue.on(on).standingOn(service, on, DEEPEST);
  return standing.live ? standing.claimed : 0;
}

// sinceTwoMonths is the digital use of the two last ended months and since.
function sinceTwoMonths(view, service) {
  const spans = [monthPeriod(view.lastEnded - 1), monthPeriod(view.lastEnded)];
  if (view.on > lastOf(view.lastEnded)) spans.push(interval(firstOf(view.lastEnded + 1), view.on));
  return aggregate(spans.map((span) => view.users.of(fold(service.code), DIGITAL, 'completed', span)).filter((each) => each !== null));
}
