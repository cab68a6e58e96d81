// Recomputes figures from raw rows, by docs/rules.md alone.
//
//   node main.mjs rows.jsonl questions.json > answers.json
//
// rows.jsonl holds the rows that the store keeps: facts, rollout events, statements and usage events. questions.json is
// a list of {id, kind, on, as_at, today, query}; the kinds are in KINDS below. The answer is an
// object from id to figures, in the shape of the program's own answers, of those fields that are recomputed.
import { readFileSync, writeSync } from 'node:fs';
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

const [rowsPath, questionsPath] = process.argv.slice(2);
const rows = readDump(rowsPath);
const knowledge = new Map();
const views = new Map();

function knowledgeAt(asAt) {
  if (!knowledge.has(asAt)) knowledge.set(asAt, new Knowledge(rows, day(asAt)));
  return knowledge.get(asAt);
}

function viewOf({ on, as_at: asAt, today }) {
  const key = `${on} ${asAt}`;
  if (!views.has(key)) views.set(key, new View(knowledgeAt(asAt), day(on), day(today)));
  return views.get(key);
}

const answers = {};
for (const question of JSON.parse(readFileSync(questionsPath, 'utf8'))) {
  answers[question.id] = KINDS[question.kind](viewOf(question), question.query ?? {});
}
const text = Buffer.from(JSON.stringify(answers));
for (let at = 0; at < text.length;) at += writeSync(1, text, at);
