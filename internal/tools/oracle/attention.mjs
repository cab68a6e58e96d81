// What needs a decision, worst first (docs/rules.md#attention).
import { fold } from './catalogue.mjs';
import { dayText } from './dates.mjs';
import { newestClaim, waits } from './waiting.mjs';
import { DIGITAL } from './life.mjs';

const byCode = (a, b) => (a.code < b.code ? -1 : 1);

// attention lists what needs a decision among the services and entities of a day.
export function attention(view, services, entities) {
  const { on, users } = view;
  const listed = (which, measure) => services.filter(which).map((each) => ({ code: each.code, by: measure(each) }))
    .sort((a, b) => a.by - b.by || byCode(a, b)).map(({ code }) => code);
  const claimOf = ({ code }) => newestClaim(users.service(fold(code)), on);
  const late = view.plans.milestones('verified').filter((each) => each.status === 'late')
    .map((each) => ({ service: each.service, entity: each.entity, level: each.level, days: on - each.original,
      planned_on: dayText(each.original), code: each.key }));
  const lateEntities = entities.filter((each) => each.status === 'late');
  return {
    late: late.sort((a, b) => b.days - a.days || byCode(a, b)).map(({ code, ...each }) => each),
    dormant: listed((each) => each.dormant, ({ code }) => view.users.total(DIGITAL, 'completed', users.lastThirty(), '',
      (other) => other === fold(code)).value),
    silent: listed((each) => each.silent, ({ code }) => users.lastHeard(fold(code))),
    without_numbers: listed((each) => each.without_numbers, ({ code }) => users.lastHeard(fold(code))),
    claimed_not_verified: listed((each) => decides(each, claimOf(each), on), (each) => claimOf(each).day),
    late_entities: lateEntities.sort((a, b) => b.reason.late_over_30 - a.reason.late_over_30 || byCode(a, b)).map(({ code }) => code),
    behind_plan: entities.filter(({ variance }) => variance.state === 'reported' && variance.value < 0).length,
  };
}

// decides says whether a service's newest claim is for the programme office to decide.
const decides = (each, claim, on) => each.status === 'live' && claim !== null && claim.level > each.level_verified && waits(claim, on);
