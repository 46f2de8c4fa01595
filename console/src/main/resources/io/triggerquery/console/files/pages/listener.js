// One listener: its partitions, and the ids that are stuck.
import { html, useState, useStore } from '../ui.js';
import { filter, to } from '../address.js';
import { view } from '../api.js';
import { history, overview } from '../live.js';
import { Act, Badge, Confirm, Empty, Field, perform, ShareInShort, Sparkline, Table, trend, Trouble, useRead } from '../parts.js';
import { byCause, isRetry, KIND, partitionsOf, stalenessOf, stateOf, statusesOf, workLeftOf } from '../status.js';
import { number, seconds, span, t, time, word } from '../text.js';

const ROWS = 50;
const MOST = 1000;

/** The links between the pages of a listener. */
export function Tabs({ listener, page }) {
  return html`<nav class="tabs" aria-label=${listener}>
    ${['listener', 'consistency', 'letters', 'deferred'].map(one => html`
      <a href=${to(one, { listener })} aria-current=${one === page ? 'page' : undefined}>${t(`page.${one}`)}</a>`)}
    <${FindId} listener=${listener} />
  </nav>`;
}

function FindId({ listener }) {
  const open = event => {
    event.preventDefault();
    const id = new FormData(event.target).get('id').trim();
    if (id) filter({ page: 'id', id, cause: null, from: null });
  };
  return html`<form class="find" role="search" onSubmit=${open}>
    <input name="id" aria-label=${t('find.id', { listener })} placeholder=${t('find.id.short')} /></form>`;
}

/** The pause of a listener or of an id, requested with a reason and an end. */
export function PauseDialog({ listener, id, onClose }) {
  const pause = ({ reason, until }) => {
    onClose();
    perform('consumer', { listener, operation: 'pause', id, reason, until });
  };
  return html`<${Confirm} title=${id ? t('pause.id.title', { id }) : t('pause.title', { listener })} action=${t('pause')}
    onDone=${pause} onCancel=${onClose}>
    <p>${t(id ? 'pause.id.effect' : 'pause.effect')}</p>
    <${Field} label=${t('reason')} name="reason" maxlength="200" />
    <${Field} label=${t(id ? 'until.required' : 'until')} name="until" placeholder="2h" required=${!!id} />
  <//>`;
}

function Operations({ listener, paused }) {
  const [dialog, setDialog] = useState(null);
  const close = () => setDialog(null);
  const confirmed = operation => {
    close();
    perform('consumer', { listener, operation });
  };
  return html`<div class="actions">
    ${paused
      ? html`<${Act} kind="primary" onClick=${() => perform('consumer', { listener, operation: 'resume' })}>${t('resume')}<//>`
      : html`<${Act} onClick=${() => setDialog('pause')}>${t('pause')}<//>`}
    <${Act} onClick=${() => setDialog('resync')}>${t('resync')}<//>
    <${Act} onClick=${() => setDialog('confirm-absences')}>${t('confirm-absences')}<//>
    ${dialog === 'pause' && html`<${PauseDialog} listener=${listener} onClose=${close} />`}
    ${dialog && dialog !== 'pause' && html`<${Confirm} title=${t(`${dialog}.title`, { listener })} action=${t(dialog)}
      onDone=${() => confirmed(dialog)} onCancel=${close}><p>${t(`${dialog}.effect`)}</p><//>`}
  </div>`;
}

const resyncOf = ({ running, listed, finishedAt, lastError }) => lastError
  ?? (running ? t('resync.running', { n: number(listed) }) : finishedAt ? t('resync.ended', { time: time(finishedAt) }) : '–');

function Facts({ listener }) {
  const { report, fleet } = listener;
  const facts = [
    [t('topics'), report.topics.join(', ')],
    [t('retry.topic'), report.retryTopic],
    [t('source'), `${report.source.name}, ${report.source.circuit}`],
    [t('staleness'), `p50 ${span(stalenessOf(listener, 0.5))}, p99 ${span(stalenessOf(listener, 0.99))}`],
    [t('work.left'), span(workLeftOf(statusesOf(listener)))],
    [t('work.here'), t('work.numbers', {
      pending: number(report.work.pending), ready: number(report.work.ready),
      running: number(report.work.running), waiting: number(report.work.waiting),
    })],
    [t('page.consistency'), html`<${ShareInShort} listener=${listener} />`],
    [t('resync'), resyncOf(report.resync)],
    [t('answered.by'), fleet.from.instance],
  ];
  return html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function Partitions({ listener }) {
  const { report } = listener;
  const rows = partitionsOf(listener);
  return html`<${Table} label=${t('partitions')} head=${[t('partition'), t('instance'), { text: t('watermark'), end: true },
    { text: t('open'), end: true }, { text: t('lag'), end: true }, t('trend')]}>
    ${rows.map(one => {
      const values = history(`${report.id}/${one.partition}`);
      const direction = trend(values);
      const stands = one.open > 0 && values.length > 20 && direction !== 'falling';
      return html`<tr key=${one.partition}>
        <th scope="row">${one.partition} ${isRetry(report, one.partition) && html`<${Badge} kind="plain">${t('retry.topic')}<//>`}</th>
        <td>${one.instance} ${one.gone && html`<${Badge} kind="bad">${t('instance.gone')}<//>`}</td>
        <td class="end">${number(one.watermark)}</td>
        <td class="end">${number(one.open)}</td>
        <td class="end" title=${one.lag === null ? t('lag.unknown') : undefined}>${number(one.lag)}</td>
        <td><${Sparkline} values=${values} label=${t(`trend.${direction}`)} />
          ${' '}<span class="trend ${direction}">${t(`trend.${direction}`)}</span>
          ${stands && html` <${Badge} kind="warn">${t('stands')}<//>`}</td>
      </tr>`;
    })}
  <//>`;
}

export const StuckRow = ({ listener, one, withError }) => html`<tr>
  <th scope="row"><a href=${to('id', { listener, id: one.id })}>${one.id}</a></th>
  <td><${Badge} kind=${one.state === 'running' || one.state === 'held' ? 'warn' : 'plain'}>${word('state', one.state)}<//>
    <span class="quiet"> ${one.reason ? word('reason', one.reason) : ''}</span></td>
  <td>${one.instance}</td>
  <td class="end">${number(one.failures)}</td>
  <td class="end">${span(seconds(one.stuckFor))}</td>
  <td class="end">${one.nextTryIn ? span(seconds(one.nextTryIn)) : '–'}</td>
  ${withError && html`<td class="error">${one.lastError ?? '–'}</td>`}
</tr>`;

function Stuck({ listener, cause, from }) {
  const [asked, setAsked] = useState(null);
  const { value, error, again } = useRead(options => view('consumer', { listener, view: 'ids', limit: MOST }, options), [listener]);
  if (error) return html`<${Trouble} error=${error} />`;
  if (!value) return html`<${Empty}>${t('loading')}<//>`;
  const missing = value.missing && html`<p class="trouble">${value.missing}</p>`;
  if (value.total === 0) return html`${missing}<${Empty}>${t('stuck.none')}<//>`;
  const groups = byCause(value.ids);
  const shown = cause === undefined ? value.ids : groups.find(([one]) => one === cause)?.[1] ?? [];
  const start = Math.min(+from || 0, Math.max(0, shown.length - 1));
  const rows = shown.slice(start, start + ROWS);
  const retry = ({ part }) => {
    setAsked(null);
    perform('consumer', { listener, operation: 'retry', reason: part });
  };
  const page = step => filter({ from: Math.max(0, start + step * ROWS) || null });
  return html`${missing}
    <p>${t('stuck.total', { n: number(value.total) })}
      ${value.total > value.ids.length && ` ${t('stuck.shown', { n: number(value.ids.length) })}`}
      ${' '}<button type="button" class="small" onClick=${again}>${t('read.again')}</button></p>
    <${Table} label=${t('causes')} head=${[t('cause'), { text: t('ids'), end: true }, t('example'), t('operations')]}>
      ${groups.slice(0, ROWS).map(([one, ids]) => html`<tr key=${one} class=${one === cause ? 'chosen' : ''}>
        <td class="error"><a href=${to('listener', { listener, cause: one === cause ? null : one })}
          aria-current=${one === cause ? 'true' : undefined}>${one ? word('reason', one) : t('cause.none')}</a></td>
        <td class="end">${number(ids.length)}</td>
        <td><a href=${to('id', { listener, id: ids[0].id })}>${ids[0].id}</a></td>
        <td>${ids[0].lastError && html`<${Act} kind="small"
          onClick=${() => setAsked({ part: one.split(/[…#]/)[0].trim(), n: ids.length })}>${t('retry.all')}<//>`}</td>
      </tr>`)}
    <//>
    ${asked && html`<${Confirm} title=${t('retry.title', { n: number(asked.n) })} action=${t('retry.all')}
      onDone=${() => retry(asked)} onCancel=${() => setAsked(null)}><p>${t('retry.effect')}</p><p class="error">${asked.part}</p><//>`}
    <h3>${cause === undefined ? t('ids.all') : t('ids.of.cause')}</h3>
    <${Table} label=${t('ids')} head=${[t('id'), t('state'), t('instance'), { text: t('failures'), end: true }, { text: t('stuck.for'), end: true },
      { text: t('next.try'), end: true }, ...(cause === undefined ? [t('last.error')] : [])]}>
      ${rows.map(one => html`<${StuckRow} key=${one.id} listener=${listener} one=${one} withError=${cause === undefined} />`)}
    <//>
    ${shown.length > ROWS && html`<div class="pager">
      <button type="button" disabled=${start === 0} onClick=${() => page(-1)}>${t('before')}</button>
      <span>${t('rows', { from: number(start + 1), to: number(start + rows.length), n: number(shown.length) })}</span>
      <button type="button" disabled=${start + ROWS >= shown.length} onClick=${() => page(1)}>${t('next')}</button>
    </div>`}`;
}

export function Listener({ listener, cause, from }) {
  const newest = useStore(overview);
  const found = newest?.parts.consumer?.listeners.find(({ report }) => report.id === listener);
  if (!newest) return html`<h1>${listener}</h1><${Empty}>${t('loading')}<//>`;
  if (!found) return html`<h1>${listener}</h1><${Trouble} error=${t('listener.unknown', { listener })} />`;
  const { report, fleet } = found;
  const state = stateOf(found);
  const paused = Object.entries(fleet.pausedIds);
  return html`
    <h1>${listener} <${Badge} kind=${KIND[state]}>${t(`listener.${state}`)}<//></h1>
    <${Tabs} listener=${listener} page="listener" />
    <${Operations} listener=${listener} paused=${fleet.pause || report.container.paused} />
    ${fleet.pause && html`<p class="trouble">${t('paused.by', { by: fleet.pause.by, since: time(fleet.pause.since) })}
      ${fleet.pause.reason && html` <q>${fleet.pause.reason}</q>`}
      ${fleet.pause.until && ` ${t('paused.until', { until: time(fleet.pause.until) })}`}</p>`}
    ${report.work.suspended && html`<p class="trouble">${t('suspended.because')} ${report.work.suspended}</p>`}
    <${Facts} listener=${found} />
    <h2>${t('partitions')}</h2>
    <${Partitions} listener=${found} />
    <h2>${t('stuck')}</h2>
    <${Stuck} listener=${listener} cause=${cause} from=${from} />
    ${paused.length > 0 && html`<h2>${t('paused.ids')}</h2>
      <${Table} label=${t('paused.ids')} head=${[t('id'), t('user'), t('reason'), t('until')]}>
        ${paused.map(([id, pause]) => html`<tr><th scope="row"><a href=${to('id', { listener, id })}>${id}</a></th>
          <td>${pause.by}</td><td>${pause.reason ?? '–'}</td><td>${time(pause.until)}</td></tr>`)}
      <//>`}`;
}
