// The triggers that have not been sent yet, by strategy and destination.
import { html, useState, useStore } from '../ui.js';
import { to } from '../address.js';
import { view } from '../api.js';
import { history, overview } from '../live.js';
import { Act, Badge, Confirm, Empty, perform, Sparkline, Table, trend, Trouble, useRead } from '../parts.js';
import { number, seconds, span, t, time, word } from '../text.js';

const KIND = { OPEN: 'good', DRAINING: 'warn', PARTLY_AWAY: 'warn', AWAY: 'bad' };
const MOST = 200;

function Strategy({ report, onAsk }) {
  const { strategy } = report;
  const values = history(`strategy/${strategy}`);
  const destinations = Object.entries(report.destinations);
  const unconfigured = Object.entries(report.unconfiguredDestinations);
  return html`<section>
    <h2><a href=${to('producer', { strategy })}>${strategy}</a>
      ${' '}<${Badge} kind=${report.running ? 'good' : 'bad'}>${t(report.running ? 'runs' : 'stopped')}<//></h2>
    ${report.storeFailure && html`<p class="trouble">${report.storeFailure}</p>`}
    <dl class="facts">
      <div><dt>${t('to.send')}</dt><dd>${number(report.pending)} <${Sparkline} values=${values} label=${t(`trend.${trend(values)}`)} /></dd></div>
      <div><dt>${t('oldest')}</dt><dd>${span(seconds(report.oldestAge))}</dd></div>
      <div><dt>${t('parked')}</dt><dd>${number(report.parked)}</dd></div>
    </dl>
    <${Table} label=${t('destinations')} head=${[t('destination'), t('state'), t('operations')]}>
      ${destinations.map(([destination, state]) => html`<tr key=${destination}>
        <th scope="row">${destination}</th>
        <td><${Badge} kind=${KIND[state]}>${word('destination', state)}<//></td>
        <td class="nowrap"><${Act} part="producer" kind="small"
            onClick=${() => perform('producer', { strategy, destination, operation: 'retry' })}>${t('send.now')}<//>
          ${' '}<${Act} part="producer" kind="small" disabled=${report.parked ? null : t('parked.none')}
            onClick=${() => onAsk({ strategy, destination, n: report.parked })}>${t('unpark.all')}<//></td>
      </tr>`)}
      ${unconfigured.map(([destination, count]) => html`<tr key=${destination}>
        <th scope="row">${destination}</th>
        <td><${Badge} kind="bad">${t('unconfigured', { n: number(count) })}<//></td><td></td>
      </tr>`)}
    <//>
  </section>`;
}

function Waiting({ strategy }) {
  const { value, error, again } = useRead(options => view('producer', { strategy, limit: MOST }, options), [strategy]);
  const act = async (operation, { destination, id }) => {
    await perform('producer', { strategy, operation, destination, id });
    again();
  };
  if (error) return html`<${Trouble} error=${error} />`;
  if (!value) return html`<${Empty}>${t('loading')}<//>`;
  if (value.waiting.length === 0) return html`<${Empty}>${t('to.send.none')}<//>`;
  return html`<p>${t('to.send.shown', { n: number(value.waiting.length) })}
      <button type="button" class="small" onClick=${again}>${t('read.again')}</button></p>
    <${Table} label=${t('to.send')} head=${[t('id'), t('destination'), { text: t('version'), end: true }, t('published'),
      { text: t('attempts'), end: true }, t('parked'), t('operations')]}>
      ${value.waiting.map((one, i) => html`<tr key=${i}>
        <th scope="row" class="id">${one.id}</th>
        <td>${one.destination}</td>
        <td class="end">${number(one.version)}</td>
        <td class="nowrap">${time(one.since)}</td>
        <td class="end">${number(one.attempts)}</td>
        <td class="error">${one.parked ?? '–'}</td>
        <td><${Act} part="producer" kind="small" onClick=${() => act(one.parked ? 'unpark' : 'retry', one)}>
          ${t(one.parked ? 'unpark' : 'send.now')}<//></td>
      </tr>`)}
    <//>`;
}

export function Producer({ strategy }) {
  const newest = useStore(overview);
  const [asked, setAsked] = useState(null);
  const strategies = newest?.parts.producer?.strategies;
  const chosen = strategy ?? strategies?.[0]?.strategy;
  return html`
    <h1>${t('page.producer')}</h1>
    ${!strategies && html`<${Empty}>${t('loading')}<//>`}
    ${strategies?.length === 0 && html`<${Empty}>${t('strategies.none')}<//>`}
    ${strategies?.map(one => html`<${Strategy} key=${one.strategy} report=${one} onAsk=${setAsked} />`)}
    ${chosen && html`<h2>${t('waiting.of', { strategy: chosen })}</h2><${Waiting} key=${chosen} strategy=${chosen} />`}
    ${asked && html`<${Confirm} title=${t('unpark.title', { ...asked, n: number(asked.n) })} action=${t('unpark')}
      onDone=${() => {
        setAsked(null);
        perform('producer', { strategy: asked.strategy, destination: asked.destination, operation: 'unpark' });
      }} onCancel=${() => setAsked(null)}><p>${t('unpark.effect')}</p><//>`}`;
}
