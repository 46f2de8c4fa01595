// Who has requested which operation.
import { html, useStore } from '../ui.js';
import { filter } from '../address.js';
import { view } from '../api.js';
import { overview } from '../live.js';
import { Badge, Empty, Table, Trouble, useRead } from '../parts.js';
import { t, time } from '../text.js';

/** Brings the records of both sides into one form. */
const flat = ({ request, ...one }) => request
  ? { ...one, ...request, parameters: { destination: request.destination, ...request.id && { id: request.id } } } : one;

function Records({ part, chosen }) {
  const { value, error, again } = useRead(options => view(part, { ...chosen, view: 'audit' }, options), [part]);
  if (error) return html`<${Trouble} error=${error} />`;
  if (!value) return html`<${Empty}>${t('loading')}<//>`;
  if (value.length === 0) return html`<${Empty}>${t('audit.none')}<//>`;
  return html`<p><button type="button" class="small" onClick=${again}>${t('read.again')}</button></p>
    <${Table} label=${t('page.audit')} head=${[t('time'), t('user'), t('operation'), t('parameters'), t('state'), t('result')]}>
      ${value.map(flat).map((one, i) => html`<tr key=${i}>
        <td class="nowrap">${time(one.time)}</td>
        <th scope="row">${one.user}</th>
        <td>${one.operation}</td>
        <td class="error">${Object.entries(one.parameters).map(([name, text]) => `${name}=${text}`).join(', ') || '–'}</td>
        <td><${Badge} kind=${one.executed ? 'good' : 'warn'}>${t(one.executed ? 'audit.executed' : 'audit.refused')}<//></td>
        <td class="error">${one.result}</td>
      </tr>`)}
    <//>`;
}

/** Returns what can be operated: the listeners, then the strategies. */
const subjects = parts => [
  ...(parts?.consumer?.listeners ?? []).map(({ report }) => ({ part: 'consumer', name: report.id, chosen: { listener: report.id } })),
  ...(parts?.producer?.strategies ?? []).map(({ strategy }) => ({ part: 'producer', name: strategy, chosen: { strategy } })),
];

export function Audit({ listener, strategy }) {
  const all = subjects(useStore(overview)?.parts);
  const [part, name] = strategy === undefined ? ['consumer', listener] : ['producer', strategy];
  const chosen = name === undefined ? all[0]
    : all.find(one => one.part === part && one.name === name) ?? { part, name, chosen: { listener, strategy } };
  const group = (label, options) => options.length > 0 && html`<optgroup label=${label}>
    ${options.map(one => html`<option value=${all.indexOf(one)} selected=${one === chosen}>${one.name}</option>`)}</optgroup>`;
  return html`
    <h1>${t('page.audit')}</h1>
    <p>${t('audit.explained')}</p>
    ${all.length > 1 && html`<label class="field"><span>${t('operations')}</span>
      <select value=${all.indexOf(chosen)}
        onChange=${event => filter({ listener: null, strategy: null, ...all[event.target.value].chosen })}>
        ${group(t('listeners'), all.filter(one => one.part === 'consumer'))}
        ${group(t('page.producer'), all.filter(one => one.part === 'producer'))}</select></label>`}
    ${chosen && html`<${Records} key=${chosen.part + chosen.name} ...${chosen} />`}`;
}
