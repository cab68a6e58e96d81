// Services at a high level that nobody uses (docs/rules.md#findings).
import { DEEPEST, fold } from './catalogue.mjs';
import { firstOf, interval, monthOf, monthPeriod } from './dates.mjs';
import { DIGITAL } from './life.mjs';
import { isReported, none, reported } from './numbers.mjs';

const HIGH = 3;
const LONG = 60; // days

export function levelsWithoutUse({ view }) {
  return view.today.members.filter((service) => isHigh(view, service)).flatMap((service) => {
    const uses = sinceTwoMonths(view, service);
    if (uses.some((use) => use.value > 0 || use.state === 'not_requested' || use.state === 'not_applicable')) return [];
    return [{
      kind: 'level_without_use', entity: view.catalogue.owner(service, view.on), service: service.code,
      period: interval(firstOf(view.lastEnded - 1), view.on).text, level: levelOn(view, service, view.on),
      completed: uses.some(isReported) ? reported(0) : none(),
    }];
  });
}

const isHigh = (view, service) => view.on - view.today.standing(service).liveSince >= LONG && view.catalogue.partsOf(service, view.on).length === 0
  && levelOn(view, service, view.on) >= HIGH && levelOn(view, service, view.on - LONG) >= HIGH;

function levelOn(view, service, on) {
  const standing = view.catalogue.on(on).standingOn(service, on, DEEPEST);
  return standing.live ? standing.claimed : 0;
}

// sinceTwoMonths is the digital use of the two last ended months and of those since.
function sinceTwoMonths(view, service) {
  const uses = [];
  for (let month = view.lastEnded - 1; month <= monthOf(view.on); month++) {
    uses.push(view.users.of(fold(service.code), DIGITAL, 'completed', monthPeriod(month)));
  }
  return uses.filter((each) => each !== null);
}
