// Who has requested which operation.
import { html, useStore } from '../ui.js';
import { filter } from '../address.js';
import { view } from '../api.js';
import { overview } from '../live.js';
import { Badge, Empty, Table, Trouble, useRead } from '../parts.js';
import { t, time } from '../text.js';

function Records({ listener }) {
  const { value, error, again } = useRead(options => view('consumer', { listener, view: 'audit' }, options), [listener]);
  if (error) return html`<${Trouble} error=${error} />`;
  if (!value) return html`<${Empty}>${t('loading')}<//>`;
  if (value.length === 0) return html`<${Empty}>${t('audit.none')}<//>`;
  return html`<p><button type="button" class="small" onClick=${again}>${t('read.again')}</button></p>
    <${Table} label=${t('page.audit')} head=${[t('time'), t('user'), t('operation'), t('parameters'), t('state'), t('result')]}>
      ${value.map((one, i) => html`<tr key=${i}>
        <td class="nowrap">${time(one.time)}</td>
        <th scope="row">${one.user}</th>
        <td>${one.operation}</td>
        <td class="error">${Object.entries(one.parameters).map(([name, text]) => `${name}=${text}`).join(', ') || '–'}</td>
        <td><${Badge} kind=${one.executed ? 'good' : 'warn'}>${t(one.executed ? 'audit.executed' : 'audit.refused')}<//></td>
        <td class="error">${one.result}</td>
      </tr>`)}
    <//>`;
}

export function Audit({ listener }) {
  const listeners = useStore(overview)?.parts.consumer?.listeners.map(({ report }) => report.id) ?? [];
  const chosen = listener ?? listeners[0];
  return html`
    <h1>${t('page.audit')}</h1>
    <p>${t('audit.explained')}</p>
    ${listeners.length > 1 && html`<label class="field"><span>${t('listener')}</span>
      <select value=${chosen} onChange=${event => filter({ listener: event.target.value })}>
        ${listeners.map(one => html`<option value=${one} selected=${one === chosen}>${one}</option>`)}</select></label>`}
    ${chosen && html`<${Records} key=${chosen} listener=${chosen} />`}`;
}
