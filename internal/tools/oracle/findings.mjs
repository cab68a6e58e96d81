// Doubts about data that were accepted (docs/rules.md#findings).
import { gaps, partialMonths } from './findings_feeds.mjs';
import { levelsWithoutUse } from './findings_level.mjs';
import { bundles, ratings, stages, statementsThatDiffer } from './findings_lines.mjs';
import { strays } from './findings_stray.mjs';
import { farFromUsual, repeated } from './findings_usual.mjs';
import { wholes } from './findings_whole.mjs';
import { Seeker } from './seeker.mjs';

// findings are all that the lines, the feeds and the levels give.
export function findings(view) {
  const seeker = new Seeker(view);
  return [
    statementsThatDiffer, levelsWithoutUse, stages, ratings, strays, farFromUsual, repeated, wholes, bundles, gaps, partialMonths,
  ].flatMap((seek) => seek(seeker));
}
