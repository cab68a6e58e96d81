// What waits for the programme office (docs/rules.md#state-of-a-claim, #standing-of-a-milestone).
import { DEEPEST } from './catalogue.mjs';

// waits says whether a claim waits on a day: nobody has decided on it, or what was decided is not in effect yet.
export function waits(claim, on) {
  return !claim.decisions.some((decision) => decision.recorded >= claim.recorded && decision.day <= on);
}

// newestClaim is a service's newest by a day.
export const newestClaim = (service, on) => service.claims.findLast((claim) => claim.day <= on) ?? null;

// waitingSince is the day of the claim by which a service waits to be verified at a level; null when it does not wait.
// A bundle by its parts waits when each of its live parts has the level or waits for it, since the newest claim.
export function waitingSince(day, service, level, depth = DEEPEST) {
  const standing = day.standingOn(service, day.day, depth);
  if (!day.entry(service) || !standing.live || standing.verified >= level || standing.claimed < level) return null;
  if (!standing.byParts) {
    const claim = newestClaim(service, day.day);
    return claim && waits(claim, day.day) ? claim.day : null;
  }
  let since = null;
  for (const part of day.catalogue.partsOf(service, day.day)) {
    const own = day.standingOn(part, day.day, depth - 1);
    if (!own.live || own.verified >= level) continue;
    const from = waitingSince(day, part, level, depth - 1);
    if (from === null) return null;
    since = Math.max(since ?? from, from);
  }
  return since;
}
