// What the numbers of a listener mean.

/** Returns the state of a listener in all instances, the worst first. */
export function stateOf({ report, fleet }) {
  const statuses = statusesOf({ fleet });
  if (fleet.pause) return 'paused';
  if (!report.container.running) return 'stopped';
  if (report.work.suspended || statuses.some(status => status.suspendedSeconds !== null && status.suspendedSeconds !== undefined)) {
    return 'suspended';
  }
  if (report.source.circuit === 'OPEN' || report.source.circuit === 'FORCED_OPEN') return 'unavailable';
  if (fleet.instances.some(one => one.gone)) return 'gone';
  if (report.stuck.length || statuses.some(status => status.longestStuck)) return 'failing';
  if (report.work.full) return 'full';
  return report.work.pending ? 'working' : 'idle';
}

export const KIND = {
  paused: 'warn', stopped: 'bad', suspended: 'bad', unavailable: 'bad', gone: 'warn',
  failing: 'warn', full: 'warn', working: 'good', idle: 'good',
};

/** Returns the statuses of the instances that answer. */
export const statusesOf = ({ fleet }) => fleet.instances.filter(one => !one.gone).map(one => one.status);

export const sum = (some, value) => some.reduce((total, one) => total + (value(one) ?? 0), 0);

/** Returns the seconds that a share of the states which all instances have projected in 5 minutes did not exceed, or null. */
export function stalenessOf(listener, share) {
  const counts = statusesOf(listener).flatMap(status => Object.entries(status.staleness)).sort(([a], [b]) => a - b);
  let rank = Math.ceil(share * sum(counts, ([, count]) => count));
  const found = counts.find(([, count]) => (rank -= count) <= 0);
  return found ? found[0] / 1000 : null;
}

/** Returns for how many seconds the work of the instance with the most lasts, or null if none knows. */
export function workLeftOf(statuses) {
  const known = statuses.map(status => status.workLeft).filter(left => left !== null);
  return known.length ? Math.max(...known) : null;
}

/** Returns the number of violations that each instance knows to persist. */
export const violationsOf = listener => statusesOf(listener).map(status => status.violations ?? 0);

/** Returns the partitions of all instances, with their lag. */
export function partitionsOf({ report, fleet, elsewhere }) {
  const rows = new Map();
  // what a silent instance has said last is overridden by those that answer
  for (const one of [...fleet.instances].sort((a, b) => b.gone - a.gone)) {
    for (const partition of one.status.partitions) rows.set(partition.partition, { ...partition, ...one, status: undefined });
  }
  for (const partition of elsewhere) {
    rows.set(partition.partition, { ...rows.get(partition.partition), ...partition });
  }
  for (const partition of report.partitions) {
    rows.set(partition.partition, { ...partition, instance: fleet.from.instance });
  }
  return [...rows.values()].sort((a, b) => a.partition.localeCompare(b.partition, undefined, { numeric: true }));
}

export const isRetry = (report, partition) => partition.replace(/-\d+$/, '') === report.retryTopic;

/** The fewest checks of which a share says something. */
const ENOUGH = 100;

/** Returns the measure with the lowest share of right checks, of those with enough checks, or undefined. */
export const worstMeasure = ({ measures }) => measures.filter(one => one.checked >= ENOUGH)
  .sort((a, b) => a.right - b.right || a.atLeast - b.atLeast)[0];

/** Returns an error without what differs from id to id, or why the id waits if it has none. */
export function causeOf({ id, lastError, reason }) {
  if (!lastError) return reason ?? '';
  const text = lastError.split(id).join('…').replace(/\d{2,}/g, '#');
  return text.length > 240 ? `${text.slice(0, 240)}…` : text;
}

/** Groups the ids that are stuck by their cause, the largest group first. */
export function byCause(stuck) {
  const groups = new Map();
  for (const one of stuck) {
    const cause = causeOf(one);
    if (!groups.has(cause)) groups.set(cause, []);
    groups.get(cause).push(one);
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length);
}
