// Who is what on a day: catalogue, life, levels, bundles and succession (docs/rules.md#catalogue-and-life-of-a-service).
import { claimsOf, levelOn, verificationsOf } from './levels.mjs';
import { channelsOf, stateOn } from './life.mjs';

export const DEEPEST = 4; // bundles within bundles
export const BASES = ['verified', 'claimed'];

export const fold = (code) => (code ?? '').toLowerCase();

// inForce is the version with the highest number among those effective on a day.
export function inForce(stream, on) {
  return stream.findLast((fact) => fact.effective <= on);
}

export class Catalogue {
  constructor(known) {
    this.services = new Map();
    const assessments = new Map([...known.streams('assessment')].map(([code, facts]) => [fold(code), facts]));
    for (const [code, stream] of known.streams('service')) this.service(code).stream = stream;
    for (const row of known.rollouts) this.service(row.service).rollouts.push(row);
    for (const service of this.services.values()) {
      service.claims = claimsOf(assessments.get(fold(service.code)) ?? [], service.rollouts);
      service.verifications = verificationsOf(service.claims);
    }
    this.entities = known.streams('entity');
    this.children = new Map(); // bundle → services that any entry makes a part of it
    for (const service of this.services.values()) {
      for (const bundle of new Set(service.stream.map((fact) => fold(fact.body.part_of)).filter((code) => code !== ''))) {
        this.children.set(bundle, [...(this.children.get(bundle) ?? []), service]);
      }
    }
    this.days = new Map();
  }

  service(code) {
    const key = fold(code);
    if (!this.services.has(key)) this.services.set(key, { code, stream: [], rollouts: [] });
    return this.services.get(key);
  }

  // entry is the catalogue's on a day; none before the first version and once removed.
  entry(service, on) {
    const fact = inForce(service.stream, on);
    return fact && !fact.body.removed ? fact.body : null;
  }

  // owner is the entity of the entry; of what has left the catalogue that of its oldest entry.
  owner(service, on) {
    return (this.entry(service, on) ?? service.stream[0]?.body)?.entity;
  }

  // partsOf are the parts of a bundle, by the entries of a day.
  partsOf(bundle, on) {
    return (this.children.get(fold(bundle.code)) ?? [])
      .filter((part) => part !== bundle && fold(this.entry(part, on)?.part_of) === fold(bundle.code));
  }

  // on is the catalogue of a day.
  on(day) {
    if (!this.days.has(day)) this.days.set(day, new Day(this, day));
    return this.days.get(day);
  }
}

// Day is the catalogue of one day.
class Day {
  constructor(catalogue, day) {
    this.catalogue = catalogue;
    this.day = day;
    this.members = [];
    for (const service of catalogue.services.values()) {
      const entry = catalogue.entry(service, day);
      if (!entry) continue;
      this.members.push(service);
    }
    this.members.sort((a, b) => (a.code < b.code ? -1 : 1));
    this.standings = new Map();
    this.units = unitsOf(this);
  }

  entry(service) {
    return this.catalogue.entry(service, this.day);
  }

  // standing is what a service is on the day: launched, live, its channels and levels.
  standing(service) {
    if (!this.standings.has(service)) this.standings.set(service, this.standingOn(service, this.day, DEEPEST));
    return this.standings.get(service);
  }

  // standingOn is the same on another day, with the channels of this day's entry.
  standingOn(service, on, depth) {
    const state = stateOn(service.rollouts, on);
    const verified = levelOn(service.verifications, on);
    const own = {
      ...state, channels: channelsOf(this.entry(service), state),
      claimed: levelOn(service.claims, on), verified,
      verifiedBefore: service.verifications.reduce((most, one) => (one.day <= on ? Math.max(most, one.level) : most), 0),
    };
    const parts = depth === 0 ? [] : this.catalogue.partsOf(service, on);
    const all = parts.map((part) => this.catalogue.on(on).standingOn(part, on, depth - 1));
    return all.some((part) => part.launched) ? bundle(own, all) : own;
  }

  // firstAt is the first day by the day of this catalogue on which a service was launched and at a level.
  firstAt(service, basis, level) {
    service.firsts ??= new Map();
    const key = `${this.day} ${basis} ${level}`;
    if (!service.firsts.has(key)) {
      const found = this.turns(service, DEEPEST).find((on) => {
        const standing = this.standingOn(service, on, DEEPEST);
        return standing.launched && standing[basis] >= level;
      });
      service.firsts.set(key, found ?? null);
    }
    return service.firsts.get(key);
  }

  // turns are the days on which something of a service or its parts changed, up to the day of this catalogue.
  turns(service, depth) {
    const days = [service.rollouts.map((row) => row.effective), service.claims.map((claim) => claim.day),
      service.verifications.map((one) => one.day)].flat();
    if (depth > 0) {
      for (const part of this.catalogue.children.get(fold(service.code)) ?? []) {
        days.push(...this.turns(part, depth - 1), ...part.stream.map((fact) => fact.effective).filter(Number.isFinite));
      }
    }
    return [...new Set(days)].filter((on) => on <= this.day).sort((a, b) => a - b);
  }

  // unit are the services that are one with a service by succession.
  unit(service) {
    return this.units.get(service) ?? [service];
  }

  existed(service, basis, settings) {
    return this.unit(service).some((member) => {
      const first = this.firstAt(member, basis, settings.rule.new_at_level);
      return first !== null && first < settings.starts;
    });
  }
}

// bundle is what a service is by its parts: it has the level of the weakest live one.
function bundle(own, parts) {
  const live = parts.filter((part) => part.live);
  const weakest = (basis) => (live.length === 0 ? 0 : Math.min(...live.map((part) => part[basis])));
  const levels = {
    byParts: true, claimed: weakest('claimed'), verified: weakest('verified'), verifiedBefore: weakest('verified'),
  };
  if (own.launched || live.length === 0) return { ...own, ...levels };
  const earliest = (field) => Math.min(...live.map((part) => part[field]));
  return {
    ...own, ...levels, launched: true, live: true,
    launchedOn: earliest('launchedOn'), liveSince: earliest('liveSince'),
    channels: new Set(live.flatMap((part) => [...part.channels])),
  };
}

// unitsOf connects what succeeds what.
function unitsOf(day) {
  const units = new Map();
  for (const service of day.members) {
    for (const code of day.entry(service).succeeds ?? []) {
      const other = day.catalogue.services.get(fold(code));
      if (!other) continue;
      const [a, b] = [units.get(service) ?? [service], units.get(other) ?? [other]];
      if (a.includes(other)) continue;
      const joined = [...a, ...b];
      for (const member of joined) units.set(member, joined);
    }
  }
  return units;
}
