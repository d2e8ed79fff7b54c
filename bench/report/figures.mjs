export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median over the rounds of what `of` makes of each. */
export function medianOf(rounds, of) {
  return median(rounds.map(of));
}

/** The subject's rate by another's, round by round; the subject's is the mean of its two. */
export function ratioTo(other, subject, again) {
  const complete = Math.min(other.length, subject.length, again.length);
  return median(other.slice(0, complete).map(({ rate }, n) => (subject[n].rate + again[n].rate) / 2 / rate));
}

/** The subject by itself: what the machine's noise alone makes of a ratio. */
export function likeness(subject, again) {
  const complete = Math.min(subject.length, again.length);
  return median(subject.slice(0, complete).map(({ rate }, n) => rate / again[n].rate));
}
