// All listeners and all instances of the group at a glance.
import { html, useStore } from '../ui.js';
import { to } from '../address.js';
import { history, overview } from '../live.js';
import { Badge, Empty, known, ShareInShort, Sparkline, Table, trend } from '../parts.js';
import { isRetry, KIND, partitionsOf, stalenessOf, stateOf, statusesOf, sum, violationsOf, workLeftOf } from '../status.js';
import { number, seconds, span, t } from '../text.js';

const Card = ({ label, value, note, kind = '', href }) => html`
  <div class="card ${kind}"><span class="label">${href ? html`<a href=${href}>${label}</a>` : label}</span>
    <strong>${value}</strong>${note && html`<span class="note">${note}</span>`}</div>`;

function Cards({ listeners, strategies }) {
  const instances = new Map(listeners.flatMap(({ fleet }) => fleet.instances.map(one => [one.instance, one])));
  const gone = [...instances.values()].filter(one => one.gone).length;
  const total = name => sum(listeners, one => sum(statusesOf(one), status => status[name]));
  const failing = total('waiting');
  const letters = sum(listeners, one => one.letters?.count);
  const more = listeners.some(one => one.letters?.more);
  const monitored = listeners.filter(one => one.consistency);
  const violations = monitored.flatMap(violationsOf);
  const parked = sum(strategies, one => one.parked);
  return html`<div class="cards">
    <${Card} label=${t('instances')} value=${number(instances.size)} kind=${gone ? 'warn' : ''}
      note=${gone ? t('instances.gone', { n: gone }) : t('instances.all')} />
    <${Card} label=${t('working')} value=${number(total('running'))}
      note=${t('ready.n', { n: number(total('ready')) })} />
    <${Card} label=${t('waiting.ids')} value=${number(failing)} kind=${failing ? 'warn' : ''} />
    <${Card} label=${t('page.letters')} value=${(more ? '≥ ' : '') + number(letters)} kind=${letters ? 'warn' : ''} />
    ${monitored.length > 0 && html`<${Card} label=${t('known.violations')} kind=${violations.some(one => one > 0) ? 'warn' : ''}
      value=${known(violations)} />`}
    ${strategies.length > 0 && html`<${Card} label=${t('to.send')} href=${to('producer')}
      value=${number(sum(strategies, one => one.pending))} kind=${parked ? 'warn' : ''}
      note=${parked ? t('parked.n', { n: number(parked) }) : ''} />`}
  </div>`;
}

/** Says in a few words why a listener is in its state, with a link to where to look. */
function Why({ listener: { report, fleet } }) {
  if (fleet.pause) return html`<span class="quiet">${fleet.pause.reason ?? fleet.pause.by}</span>`;
  if (report.work.suspended) return html`<span class="quiet">${report.work.suspended}</span>`;
  const longest = fleet.instances.map(one => one.status.longestStuck).filter(Boolean).sort((a, b) => b.seconds - a.seconds)[0];
  return longest && html`<a href=${to('id', { listener: report.id, id: longest.id })}>${longest.id}</a>
    <span class="quiet"> ${span(longest.seconds)}</span>`;
}

function Row({ listener }) {
  const { report, fleet } = listener;
  const state = stateOf(listener);
  const partitions = partitionsOf(listener);
  const [deferred, live] = [true, false].map(retry => partitions.filter(one => isRetry(report, one.partition) === retry));
  const values = history(report.id);
  const name = report.id;
  return html`<tr>
    <th scope="row"><a href=${to('listener', { listener: name })}>${name}</a></th>
    <td><${Badge} kind=${KIND[state]}>${t(`listener.${state}`)}<//> <${Why} listener=${listener} /></td>
    <td class="end">${number(sum(live, one => one.lag))}</td>
    <td><${Sparkline} values=${values} label=${t(`trend.${trend(values)}`)} /></td>
    <td class="end nowrap">${span(stalenessOf(listener, 0.5))}</td>
    <td class="end nowrap">${span(stalenessOf(listener, 0.99))}</td>
    <td><${ShareInShort} listener=${listener} /></td>
    <td class="end">${number(sum(statusesOf(listener), one => one.running))}</td>
    <td class="end">${number(sum(statusesOf(listener), one => one.waiting))}</td>
    <td class="end"><a href=${to('deferred', { listener: name })}>${number(sum(deferred, one => one.lag))}</a></td>
    <td class="end"><a href=${to('letters', { listener: name })}>${listener.letters
      ? (listener.letters.more ? '≥ ' : '') + number(listener.letters.count) : '…'}</a></td>
    <td class="end nowrap">${span(workLeftOf(statusesOf(listener)))}</td>
    <td><span class=${report.source.circuit === 'CLOSED' ? 'quiet' : 'bad'}>${report.source.circuit}</span></td>
  </tr>`;
}

function Instances({ listeners }) {
  const rows = new Map();
  for (const { report, fleet } of listeners) {
    for (const one of fleet.instances) {
      const row = rows.get(one.instance) ?? { ...one, listeners: 0, partitions: 0, pending: 0, waiting: 0, longest: null, statuses: [] };
      row.listeners++;
      row.partitions += one.status.partitions.length + one.status.morePartitions;
      row.pending += one.status.pending;
      row.waiting += one.status.waiting;
      row.statuses.push(one.status);
      const stuck = one.status.longestStuck;
      if (stuck && (row.longest?.seconds ?? -1) < stuck.seconds) row.longest = { ...stuck, listener: report.id };
      rows.set(one.instance, row);
    }
  }
  return html`<${Table} label=${t('instances')} head=${[t('instance'), t('state'), { text: t('age'), end: true },
    { text: t('partitions'), end: true }, { text: t('pending'), end: true }, { text: t('waiting.ids'), end: true }, { text: t('work.left'), end: true }, t('longest')]}>
    ${[...rows.values()].map(one => html`<tr key=${one.instance}>
      <th scope="row">${one.instance}</th>
      <td><${Badge} kind=${one.gone ? 'bad' : 'good'}>${t(one.gone ? 'instance.gone' : 'instance.answers')}<//></td>
      <td class="end">${span(seconds(one.age))}</td>
      <td class="end">${number(one.partitions)}</td>
      <td class="end">${number(one.pending)}</td>
      <td class="end">${number(one.waiting)}</td>
      <td class="end nowrap">${span(workLeftOf(one.statuses))}</td>
      <td>${one.longest ? html`<a href=${to('id', { listener: one.longest.listener, id: one.longest.id })}>${one.longest.id}</a>
        <span class="quiet"> ${span(one.longest.seconds)}</span>` : '–'}</td>
    </tr>`)}
  <//>`;
}

export function Overview() {
  const newest = useStore(overview);
  if (!newest) return html`<h1>${t('page.overview')}</h1><${Empty}>${t('loading')}<//>`;
  const listeners = newest.parts.consumer?.listeners ?? [];
  const strategies = newest.parts.producer?.strategies ?? [];
  const alone = listeners.map(({ fleet }) => fleet.from.alone).find(Boolean);
  return html`
    <h1>${t('page.overview')}</h1>
    <${Cards} listeners=${listeners} strategies=${strategies} />
    ${alone && html`<p class="trouble">${t('alone', { why: alone })}</p>`}
    <h2>${t('listeners')}</h2>
    ${listeners.length === 0 ? html`<${Empty}>${t('listeners.none')}<//>` : html`
      <${Table} label=${t('listeners')} head=${[t('listener'), t('state'), { text: t('lag'), end: true }, t('trend'),
        { text: t('staleness.p50'), end: true }, { text: t('staleness.p99'), end: true }, t('page.consistency'), { text: t('working'), end: true },
        { text: t('waiting.ids'), end: true }, { text: t('page.deferred'), end: true }, { text: t('page.letters'), end: true },
        { text: t('work.left'), end: true }, t('circuit')]}>
        ${listeners.map(one => html`<${Row} key=${one.report.id} listener=${one} />`)}
      <//>
      <h2>${t('instances')}</h2>
      <${Instances} listeners=${listeners} />`}`;
}
