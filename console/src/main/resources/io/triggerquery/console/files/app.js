// The frame of all pages.
import { html, render, useEffect, useState, useStore } from './ui.js';
import { address, to } from './address.js';
import { hasPart, notice, openSession, session } from './api.js';
import { connect, freeze, refusal, overview, state } from './live.js';
import { language, theme } from './preferences.js';
import { t, time } from './text.js';
import { Overview } from './pages/overview.js';
import { Listener } from './pages/listener.js';
import { Consistency } from './pages/consistency.js';
import { Letters } from './pages/letters.js';
import { Deferred } from './pages/deferred.js';
import { Id } from './pages/id.js';
import { Producer } from './pages/producer.js';
import { Audit } from './pages/audit.js';
import { Rights } from './pages/rights.js';

const PAGES = {
  overview: Overview, listener: Listener, consistency: Consistency, letters: Letters, deferred: Deferred,
  id: Id, producer: Producer, audit: Audit, rights: Rights,
};

function Navigation({ page }) {
  const link = (name, current = [name]) => html`
    <li><a href=${to(name)} aria-current=${current.includes(page) ? 'page' : undefined}>${t(`page.${name}`)}</a></li>`;
  return html`<nav aria-label=${t('navigation')}><ul>
    ${hasPart('consumer') && link('overview', ['overview', 'listener', 'consistency', 'letters', 'deferred', 'id'])}
    ${hasPart('producer') && link('producer')}
    ${link('audit')}
    ${link('rights')}
  </ul></nav>`;
}

const Choice = ({ label, value, options, onChange }) => html`
  <select aria-label=${label} title=${label} value=${value} onChange=${event => onChange(event.target.value)}>
    ${options.map(([name, text]) => html`<option value=${name} selected=${name === value}>${text}</option>`)}
  </select>`;

function Live() {
  const now = useStore(state);
  const newest = useStore(overview);
  const why = useStore(refusal);
  const frozen = now === 'frozen';
  const text = now === 'live' || frozen ? t(`live.${now}`, { time: time(newest?.at) }) : t(`live.${now}`);
  return html`<div class="live">
    <span class="dot ${now}" aria-hidden="true"></span>
    <span title=${why ?? undefined}>${text}</span>
    <button type="button" class="small" aria-pressed=${frozen ? 'true' : 'false'}
      onClick=${frozen ? connect : freeze}>${t('freeze')}</button>
  </div>`;
}

function Notice() {
  const current = useStore(notice);
  return html`<div class="notices" role="status" aria-live="polite">
    ${current && html`<div class="notice ${current.failed ? 'failed' : ''}">
      <span>${current.text}</span>
      <button type="button" class="small" aria-label=${t('close')} onClick=${() => notice.set(null)}>×</button>
    </div>`}
  </div>`;
}

function Console() {
  const current = useStore(address);
  const known = useStore(session);
  const chosenTheme = useStore(theme);
  const chosenLanguage = useStore(language);
  const [error, setError] = useState(null);
  const { page: name = hasPart('consumer') ? 'overview' : 'producer', ...parameters } = current;
  useEffect(() => {
    openSession().then(connect, setError);
  }, []);
  useEffect(() => {
    document.title = [parameters.id, parameters.listener, t(`page.${name}`), known?.application]
      .filter(Boolean).join(' · ');
  }, [current, known, chosenLanguage]);
  const Page = PAGES[name];
  return html`
    <a class="skip" href="#main">${t('skip')}</a>
    <header>
      <a class="brand" href=${to('overview')}><img src="icon.svg" alt="" width="28" height="28" />
        <span>${known?.application ?? 'trigger-query'}</span></a>
      ${known && html`<${Navigation} page=${name} />`}
      <div class="tools">
        ${known && html`<${Live} />`}
        <${Choice} label=${t('theme')} value=${chosenTheme} onChange=${theme.set}
          options=${['system', 'light', 'dark'].map(one => [one, t(`theme.${one}`)])} />
        <${Choice} label=${t('language')} value=${chosenLanguage} onChange=${language.set}
          options=${[['en', 'English'], ['zh', '中文']]} />
      </div>
    </header>
    <main id="main" tabindex="-1">
      ${error ? html`<p class="trouble" role="alert">${error.message}</p>
          <button type="button" onClick=${() => location.reload()}>${t('reload')}</button>`
        : !known ? html`<p class="empty">${t('loading')}</p>`
        : Page ? html`<${Page} key=${name + (parameters.listener ?? '') + (parameters.id ?? '')} ...${parameters} />`
        : html`<h1>${t('no.page')}</h1>`}
    </main>
    <${Notice} />`;
}

render(html`<${Console} />`, document.getElementById('app'));
