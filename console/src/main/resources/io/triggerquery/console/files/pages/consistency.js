// How consistent the projection of a listener is, and which ids are wrong.
import { html, useStore } from '../ui.js';
import { to } from '../address.js';
import { overview } from '../live.js';
import { Badge, Empty, known, Table, Trouble } from '../parts.js';
import { sum } from '../status.js';
import { number, percent, seconds, span, t, time, word } from '../text.js';
import { Tabs } from './listener.js';

const END = ['checked', 'wrong', 'right', 'at.least', 'nines', 'undecided', 'skipped', 'late', 'moved'];

const Shares = ({ measures }) => html`<${Table} label=${t('page.consistency')}
    head=${[t('measure'), ...END.map(name => ({ text: t(name), end: true }))]}>
    ${measures.map(one => html`<tr key=${one.measure}>
      <th scope="row">${word('measure', one.measure)}</th>
      <td class="end">${number(one.checked)}</td>
      <td class="end">${one.wrong ? html`<${Badge} kind="warn">${number(one.wrong)}<//>` : 0}</td>
      <td class="end nowrap">${percent(one.right)}</td>
      <td class="end nowrap">${one.checked ? percent(one.atLeast) : '–'}</td>
      <td class="end">${one.checked ? one.nines.toFixed(1) : '–'}</td>
      ${['undecided', 'skipped', 'late', 'moved'].map(name => html`<td class="end quiet">${number(one[name])}</td>`)}
    </tr>`)}
  <//>`;

const Causes = ({ causes }) => html`<${Table} label=${t('causes')} head=${[t('cause'), { text: t('count'), end: true }, t('meaning')]}>
    ${causes.map(({ cause, count }) => html`<tr key=${cause}>
      <th scope="row">${word('violation', cause)}</th>
      <td class="end">${number(count)}</td>
      <td class="error">${word('means', cause)}</td>
    </tr>`)}
  <//>`;

const versionOf = (is, version) => is ? version === null ? t('answer.found') : number(version) : t('answer.absent');

/** Those that persist come first. Of an older one it is known to have ended if all that persist are listed. */
function rowsOf({ persisting, last, known: count }) {
  const ids = new Set(persisting.map(one => one.id));
  const ended = count === persisting.length ? 'ended' : null;
  return [...persisting.map(one => ({ ...one, state: 'persists' })),
    ...last.filter(one => !ids.has(one.id)).map(one => ({ ...one, state: ended }))];
}

const Violations = ({ listener, report, at }) => html`<${Table} label=${t('violations')} head=${[t('id'), t('state'), { text: t('wrong.for'), end: true }, t('cause'),
    { text: t('source.has'), end: true }, { text: t('projection.has'), end: true }, t('found.by'), t('found.at'), t('repair')]}>
    ${rowsOf(report).map((one, i) => html`<tr key=${i}>
      <th scope="row"><a href=${to('id', { listener, id: one.id })}>${one.id}</a></th>
      <td>${one.state ? html`<${Badge} kind=${one.state === 'ended' ? 'good' : 'warn'}>${t(`violation.${one.state}`)}<//>` : '–'}</td>
      <td class="end nowrap">${span(seconds(one.age) + (one.state === 'persists' ? (Date.parse(at) - Date.parse(one.foundAt)) / 1000 : 0))}</td>
      <td>${word('violation', one.cause)}</td>
      <td class="end">${versionOf(one.answer === 'found', one.answered)}</td>
      <td class="end">${versionOf(one.projected !== null, one.projected)}</td>
      <td>${word('measure', one.check)}</td>
      <td class="nowrap">${time(one.foundAt)}</td>
      <td>${word('repair', one.repair)}</td>
    </tr>`)}
  <//>`;

function Report({ listener, report, at }) {
  const found = sum(report.violations, one => one.count);
  return html`
    <${Trouble} error=${report.error} />
    <${Shares} measures=${report.measures} />
    <h2>${t('violations')}</h2>
    ${found === 0 ? html`<${Empty}>${t('violations.none')}<//>` : html`
      <p>${report.known ? t('violations.known', { n: known([report.known]), time: span(seconds(report.oldest)) }) : t('violations.known.none')}
        ${report.known > report.persisting.length && ` ${t('violations.more', { n: known([report.known], report.persisting.length) })}`}
        ${' '}${t('violations.found', { n: number(found), repairs: number(report.repairs) })}</p>
      <${Causes} causes=${report.violations} />
      <h3>${t('ids')}</h3>
      <${Violations} listener=${listener} report=${report} at=${at} />`}`;
}

function Elsewhere({ fleet }) {
  const others = fleet.instances.filter(one => one.status.violations && one.instance !== fleet.from.instance);
  return others.length > 0 && html`<p class="trouble">${t('violations.elsewhere', {
    instances: others.map(one => `${one.instance}: ${known([one.status.violations])}`).join(', '),
  })}</p>`;
}

export function Consistency({ listener }) {
  const newest = useStore(overview);
  const found = newest?.parts.consumer?.listeners.find(({ report }) => report.id === listener);
  return html`
    <h1>${t('page.consistency')} <span class="quiet">${listener}</span></h1>
    <${Tabs} listener=${listener} page="consistency" />
    ${!newest ? html`<${Empty}>${t('loading')}<//>`
      : !found ? html`<${Trouble} error=${t('listener.unknown', { listener })} />`
      : !found.consistency ? html`<${Empty}>${t('consistency.off')}<//>`
      : html`<p>${t('consistency.explained', { instance: found.fleet.from.instance })}</p>
        <${Elsewhere} fleet=${found.fleet} />
        <${Report} listener=${listener} report=${found.consistency} at=${newest.at} />`}`;
}
