// The feed of each entity's events: gaps, beginnings and ends (docs/rules.md#gap, #partial-month).

const SHORTEST = 4; // days that no gap is
const WEEKS_BEFORE = 84; // the twelve weeks that a gap is compared with

// Feeds are those of all entities as known on a day.
export class Feeds {
  constructor(sentDays, holidays, on) {
    this.on = on;
    this.holidays = holidays;
    this.feeds = new Map();
    this.lacks = new Map();
    for (const [entity, days] of sentDays) {
      const sent = [...days].filter((each) => each <= on).sort((a, b) => a - b);
      if (sent.length > 0) this.feeds.set(entity, this.feed(sent));
    }
  }

  // feed is where a feed begins and ends and the gaps within.
  feed(sent) {
    const runs = [];
    for (let i = 0; i < sent.length; i++) {
      const next = sent[i + 1] ?? this.on + 1;
      if (next - sent[i] > 1) runs.push({ from: sent[i] + 1, to: next - 1, open: i === sent.length - 1 });
    }
    for (const run of runs) run.length = this.lengthOf(run);
    const feed = { begins: sent[0], ends: this.on, gaps: [] };
    for (const run of runs) {
      const earlier = runs.filter((other) => other.to < run.from && other.to >= run.from - WEEKS_BEFORE);
      const longest = Math.max(0, ...earlier.map((other) => other.length));
      if (run.length <= SHORTEST || run.length <= 2 * longest) continue;
      if (run.open) feed.ends = run.from - 1;
      else feed.gaps.push(run);
    }
    return feed;
  }

  // lengthOf counts the days of a run that are no holidays.
  lengthOf(run) {
    let length = 0;
    for (let each = run.from; each <= run.to; each++) if (!this.holidays.has(each)) length++;
    return length;
  }

  // covered says whether a day is within an entity's feed.
  covers(entity, day) {
    const feed = this.feeds.get(entity);
    return Boolean(feed) && day >= feed.begins && day <= feed.ends
      && !feed.gaps.some((gap) => day >= gap.from && day <= gap.to);
  }

  // lack is how many days of a stretch the feeds of some entities cover; null when they cover all.
  lack(entities, from, to) {
    const key = `${[...entities].sort().join(' ')} ${from} ${to}`;
    if (!this.lacks.has(key)) {
      let covered = 0;
      for (let each = from; each <= to; each++) if ([...entities].some((entity) => this.covers(entity, each))) covered++;
      const expected = to - from + 1;
      this.lacks.set(key, covered === expected ? null : { covered, expected });
    }
    return this.lacks.get(key);
  }
}
