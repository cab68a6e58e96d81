// Recomputes figures from raw rows, by docs/rules.md alone.
//
//   node main.mjs rows.jsonl < questions.jsonl > answers.jsonl
//
// rows.jsonl holds the rows that the store keeps: facts, rollout events, statements and usage events. A question is
// {id, kind, on, as_at, today, query}; the kinds are in KINDS below. Its answer holds the figures, in the shape of the
// program's own answers, of those fields that are recomputed.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { day } from './dates.mjs';
import { readDump } from './dump.mjs';
import { Knowledge, View } from './view.mjs';

const KINDS = {
  figures: (view) => view.figures(),
  headlines: (view, query) => view.headlines(query),
  quality: (view) => view.quality(),
  usage: (view, query) => view.usage(query),
  growth: (view, query) => view.growth(query),
  take_up: (view, query) => view.takeUp(query),
};

const rows = readDump(process.argv[2]);
const knowledge = new Map();
let last = { key: '' }; // questions about one moment follow one another, and a view holds much

function knowledgeAt(asAt) {
  if (!knowledge.has(asAt)) knowledge.set(asAt, new Knowledge(rows, day(asAt)));
  return knowledge.get(asAt);
}

function viewOf({ on, as_at: asAt, today }) {
  const key = `${on} ${asAt}`;
  if (last.key !== key) last = { key, view: new View(knowledgeAt(asAt), day(on), day(today)) };
  return last.view;
}

function write(answer) {
  const bytes = Buffer.from(`${JSON.stringify(answer)}\n`);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (fault) {
      if (fault.code !== 'EAGAIN') throw fault; // the reader is behind
    }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  write(KINDS[question.kind](viewOf(question), question.query ?? {}));
}
