// What the user may do, and why not more.
import { html, useStore } from '../ui.js';
import { session } from '../api.js';
import { Badge } from '../parts.js';
import { t } from '../text.js';

const Right = ({ name, refused }) => html`<div><dt>${name}</dt>
  <dd><${Badge} kind=${refused ? 'warn' : 'good'}>${t(refused ? 'no' : 'yes')}<//>${refused && html` ${refused}`}</dd></div>`;

export function Rights() {
  const { user, mayNotOperate, parts } = useStore(session);
  const consumer = parts.find(part => part.name === 'consumer');
  return html`
    <h1>${t('page.rights')}</h1>
    <dl class="facts wide">
      <div><dt>${t('user')}</dt><dd>${user ?? t('user.unknown')}</dd></div>
      <${Right} name=${t('right.read')} refused=${null} />
      ${parts.map(part => html`<${Right} key=${part.name} name=${t(`right.operate.${part.name}`)}
        refused=${mayNotOperate ?? part.readOnlyBecause} />`)}
      ${consumer && html`
        <${Right} name=${t('right.errors')} refused=${consumer.showsErrors ? null : 'triggerquery.endpoint.show-errors=false'} />
        <${Right} name=${t('right.states')} refused=${consumer.showsStates ? null : 'triggerquery.endpoint.show-states=false'} />`}
    </dl>
    <p>${t('rights.explained')}</p>`;
}
