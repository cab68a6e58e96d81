// Reads the raw rows: one JSON object a line, its kind in `row`. What is known as at a day is what was recorded by the
// end of that day in the programme's zone (docs/rules.md#on-and-as-at).
import { readFileSync } from 'node:fs';
import { clock, day, period } from './dates.mjs';

export function readDump(path) {
  const rows = { fact: [], rollout: [], statement: [], use: [], zone: 'UTC' };
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '') continue;
    const row = JSON.parse(line);
    if (row.row === 'zone') rows.zone = row.zone;
    else rows[row.row].push(row);
  }
  const dayAt = clock(rows.zone);
  for (const fact of rows.fact) fact.effective = day(fact.effective_on) ?? -Infinity; // none: always
  for (const rollout of rows.rollout) rollout.effective = day(rollout.effective_on);
  for (const statement of rows.statement) statement.period = period(statement.period);
  for (const use of rows.use) use.day = day(use.report_date);
  for (const fact of rows.fact) fact.body = JSON.parse(fact.body);
  for (const rollout of rows.rollout) rollout.channels = rollout.channels === "" ? [] : JSON.parse(rollout.channels);
  for (const kind of ['fact', 'rollout', 'statement', 'use']) {
    for (const row of rows[kind]) row.known = dayAt(row.recorded_at);
  }
  return rows;
}

const ordered = (...pairs) => {
  for (const [a, b] of pairs) {
    if (a < b) return -1;
    if (a > b) return 1;
  }
  return 0;
};
export const compare = ordered;

// knownAt are the rows known as at a day: everything when there is none, and of each identity what counts.
export function knownAt(rows, asAt) {
  const known = (list) => (asAt === null ? list : list.filter((row) => row.known <= asAt));
  return {
    streams: streams(known(rows.fact)),
    rollouts: newestRollouts(known(rows.rollout)),
    statements: newestStatements(known(rows.statement)),
    firstValues: firstValues(known(rows.statement)),
    events: newestEvents(known(rows.use)),
  };
}

// streams are facts by family and subject in their sequence; of two with one number the first recorded counts
// (docs/rules.md#facts-and-their-order).
function streams(facts) {
  const found = new Map();
  const sorted = [...facts].sort((a, b) => ordered([a.seq, b.seq], [a.recorded_at, b.recorded_at], [a.id, b.id]));
  for (const fact of sorted) {
    const family = found.get(fact.family) ?? found.set(fact.family, new Map()).get(fact.family);
    const stream = family.get(fact.subject) ?? family.set(fact.subject, []).get(fact.subject);
    if (stream.at(-1)?.seq !== fact.seq) stream.push(fact);
  }
  return (family) => found.get(family) ?? new Map();
}

function newestRollouts(rollouts) {
  const newest = new Map();
  for (const row of rollouts) {
    const key = `${row.entity}\n${row.source}\n${row.event_id}`;
    const other = newest.get(key);
    if (!other || row.recorded_at >= other.recorded_at) newest.set(key, row);
  }
  return [...newest.values()].sort((a, b) =>
    ordered([a.effective, b.effective], [a.recorded_at, b.recorded_at], [a.id, b.id]));
}

// newestStatements are, for each line and period, what counts (docs/rules.md#newest-statement).
function newestStatements(statements) {
  const rank = (row) => [row.event_id, row.source, row.state, row.value, row.entity];
  const newer = (a, b) => {
    const [left, right] = [rank(a), rank(b)];
    return ordered([a.recorded_at, b.recorded_at], ...left.map((value, i) => [value, right[i]])) > 0;
  };
  const newest = new Map();
  for (const row of statements) {
    const key = `${row.service}\n${row.channel}\n${row.measure}\n${row.period.text}`;
    const other = newest.get(key);
    if (!other || newer(row, other)) newest.set(key, row);
  }
  return [...newest.values()];
}

// firstValues is, for each line and period, the day on which a value was first received.
function firstValues(statements) {
  const first = new Map();
  for (const row of statements) {
    if (row.state !== 'reported') continue;
    const key = `${row.service}\n${row.channel}\n${row.measure}\n${row.period.text}`;
    first.set(key, Math.min(first.get(key) ?? Infinity, row.known));
  }
  return first;
}

// newestEvents are the events of which each identity's newest version counts; a voided one is none
// (docs/rules.md#identity-of-an-event).
function newestEvents(events) {
  const newest = new Map();
  for (const row of events) {
    const key = `${row.entity}\n${row.key}\n${row.service}\n${row.day}`;
    const other = newest.get(key);
    if (!other || row.recorded_at > other.recorded_at) newest.set(key, row);
  }
  return [...newest.values()].filter((row) => row.count > 0);
}
