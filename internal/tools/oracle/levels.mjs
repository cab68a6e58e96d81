// Levels of maturity: what answers amount to, claims and their verification (docs/rules.md#levels).
import { compare } from './dump.mjs';

// levelOf is the highest level whose criteria hold, 0 for none (docs/rules.md#criteria).
export function levelOf(answers) {
  const last = new Map((answers ?? []).map((answer) => [answer.criterion, answer]));
  const says = (criterion) => last.get(criterion)?.answer ?? 'no';
  const yes = (criterion) => says(criterion) === 'yes';
  const withOthers = (criterion) => yes(criterion) && (last.get(criterion).entities ?? []).length > 0;
  if (!yes('info')) return 0;
  const third = ['apply', 'documents', 'payment', 'decision_remote', 'delivery_remote'].map(says);
  const atThird = third.every((each) => each === 'yes' || each === 'not_applicable') && third.includes('yes');
  if (atThird) return withOthers('linked') || withOthers('notify_once') || yes('proactive') ? 4 : 3;
  return ['status', 'enquiry', 'form'].some(yes) ? 2 : 1;
}

// claimsOf are a service's claims and the decisions on them, from its assessments and its rollout events.
export function claimsOf(assessments, rollouts) {
  const claims = new Map();
  for (const fact of assessments) {
    if (fact.body.kind !== 'claim') continue;
    claims.set(fact.id, {
      id: fact.id, day: fact.effective, recorded: fact.recorded_at, actor: fact.actor,
      level: fact.body.level || levelOf(fact.body.answers), decisions: [],
    });
  }
  for (const row of rollouts) {
    if (row.level === 0) continue;
    const claim = { id: row.id, day: row.effective, recorded: row.recorded_at, actor: row.actor, level: row.level, decisions: [] };
    if (row.verified_by) {
      claim.decisions.push({ kind: 'verified', id: row.id, recorded: row.recorded_at, day: row.effective, level: row.level });
    }
    claims.set(row.id, claim);
  }
  for (const fact of assessments) {
    const claim = claims.get(fact.body.claim);
    if (fact.body.kind === 'claim' || !claim || fact.actor === claim.actor) continue;
    claim.decisions.push({
      kind: fact.body.kind, id: fact.id, recorded: fact.recorded_at,
      day: Math.max(claim.day, fact.effective), level: Math.min(claim.level, fact.body.level || claim.level),
    });
  }
  return [...claims.values()].sort((a, b) => compare([a.day, b.day], [a.recorded, b.recorded], [a.id, b.id]));
}

// verificationsOf are the levels that claims were confirmed at, in the order in which they hold.
export function verificationsOf(claims) {
  return claims.flatMap((claim) => claim.decisions.filter((decision) => decision.kind === 'verified'))
    .sort((a, b) => compare([a.day, b.day], [a.recorded, b.recorded], [a.id, b.id]));
}

// levelOn is the level of the newest of some steps in their order that holds on a day; 0 for none.
export function levelOn(steps, on) {
  let level = 0;
  for (const step of steps) {
    if (step.day > on) break;
    level = step.level;
  }
  return level;
}
