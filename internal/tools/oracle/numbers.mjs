// Numbers with a state, aggregates and rounding (docs/rules.md#numbers).

const STATES = ['reported', 'not_provided', 'not_requested', 'not_applicable'];

export const reported = (value) => ({ value, state: 'reported' });
export const none = (state = 'not_provided') => ({ value: null, state });
export const isReported = (number) => number.state === 'reported';

// firstState is the first present of some states, in the order of the rule; without any it is not_provided.
export const firstState = (states) => STATES.find((state) => states.includes(state)) ?? 'not_provided';

// rounded rounds an exact fraction of whole numbers once, half away from zero, never to −0.
function rounded(numerator, denominator, decimals) {
  let [n, d] = [BigInt(numerator), BigInt(denominator)];
  if (d < 0n) [n, d] = [-n, -d];
  const scale = 10n ** BigInt(decimals);
  const size = n < 0n ? -n : n;
  const units = (2n * size * scale + d) / (2n * d);
  const value = Number(units) / Number(scale);
  return n < 0n && units > 0n ? -value : value;
}

const quotient = (decimals) => (numerator, denominator) =>
  BigInt(denominator) === 0n ? none() : reported(rounded(numerator, denominator, decimals));

export const ratio = quotient(3);
export const rate = quotient(1);

// median is the middle of whole numbers, to one decimal; of an even number of them the mean of the two middle ones.
export function median(values) {
  if (values.length === 0) return none();
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return reported(sorted[half]);
  return rate(sorted[half - 1] + sorted[half], 2);
}

// growth is now ÷ before − 1; no value when either is missing or the earlier is 0.
export function growth(now, earlier) {
  if (!isReported(now) || !isReported(earlier)) return none();
  return ratio(now.value - earlier.value, earlier.value);
}

// aggregate sums parts: the reported ones, the first state present, how many were reported and expected, and how many
// of the reported ones lack days; the days when all lack the same.
export function aggregate(parts) {
  const total = { value: 0, state: 'not_provided', parts: { reported: 0, expected: 0 }, partial: 0 };
  let days = null;
  for (const part of parts) {
    if (part.state === 'reported' || part.state === 'not_provided') total.parts.expected++;
    if (part.state !== 'reported') continue;
    total.parts.reported++;
    total.value += part.value;
    const lack = part.days ?? null;
    if (lack || part.partial > 0) total.partial++;
    if (total.parts.reported === 1) days = lack;
    else if (days && !(lack && lack.covered === days.covered && lack.expected === days.expected)) days = null;
  }
  total.state = firstState(parts.map((part) => part.state));
  if (total.state !== 'reported') total.value = null;
  if (days) total.days = days;
  return total;
}
