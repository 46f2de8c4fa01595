// The triggers in the retry topic, which are tried again by themselves.
import { html } from '../ui.js';
import { filter, to } from '../address.js';
import { view } from '../api.js';
import { Act, Empty, Field, perform, Table, Trouble, useRead } from '../parts.js';
import { number, span, t, time } from '../text.js';
import { Tabs } from './listener.js';

const ROWS = 50;

const since = instant => span((Date.now() - Date.parse(instant)) / 1000);

export function Deferred({ listener, reason, id, cursor }) {
  const { value, error, busy, again } = useRead(options => view('consumer',
    { listener, view: 'deferred', reason, id, cursor, limit: ROWS }, options), [listener, reason, id, cursor]);
  const apply = event => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.target));
    filter({ reason: given.reason.trim(), id: given.id.trim(), cursor: null });
  };
  const trigger = async one => {
    await perform('consumer', { listener, operation: 'trigger', id: one });
    again();
  };
  return html`
    <h1>${t('page.deferred')} <span class="quiet">${listener}</span></h1>
    <${Tabs} listener=${listener} page="deferred" />
    <p>${t('deferred.explained')}</p>
    <form class="filters" onSubmit=${apply} aria-label=${t('filters')}>
      <${Field} label=${t('cause.part')} name="reason" value=${reason ?? ''} />
      <${Field} label=${t('id')} name="id" value=${id ?? ''} />
      <button type="submit">${t('apply')}</button>
      <button type="button" class="small" onClick=${again}>${t('read.again')}</button>
    </form>
    <${Trouble} error=${error} />
    ${!value && busy && html`<${Empty}>${t('loading')}<//>`}
    ${value && value.deferred.length === 0 && html`<${Empty}>${t('deferred.none')}<//>`}
    ${value && value.deferred.length > 0 && html`
      <${Table} label=${t('page.deferred')} head=${[t('id'), { text: t('failures'), end: true }, { text: t('failing.since'), end: true },
        t('deferred.at'), t('next.try'), t('last.error'), t('operations')]}>
        ${value.deferred.map(one => html`<tr key=${one.position}>
          <th scope="row"><a href=${to('id', { listener, id: one.id })}>${one.id}</a></th>
          <td class="end">${number(one.failures)}</td>
          <td class="end">${since(one.failingSince)}</td>
          <td class="nowrap">${time(one.deferredAt)}</td>
          <td class="nowrap">${time(one.nextTry)}</td>
          <td class="error">${one.cause ?? '–'}</td>
          <td><${Act} kind="small" onClick=${() => trigger(one.id)}>${t('try.now')}<//></td>
        </tr>`)}
      <//>`}
    <div class="pager">
      ${cursor && html`<button type="button" onClick=${() => filter({ cursor: null })}>${t('first')}</button>`}
      ${value?.scanned.cursor && html`<button type="button" onClick=${() => filter({ cursor: value.scanned.cursor })}>${t('next')}</button>`}
    </div>`;
}
