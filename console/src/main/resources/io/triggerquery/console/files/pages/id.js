// One id: what it waits for, what happened, and what the source says now.
import { html, useEffect, useState, useStore } from '../ui.js';
import { view } from '../api.js';
import { overview, state as live } from '../live.js';
import { Act, Badge, Copy, perform, Trouble, useRead } from '../parts.js';
import { number, seconds, span, t, time, word } from '../text.js';
import { PauseDialog, Tabs } from './listener.js';
import { Timeline } from './timeline.js';

const OPEN = ['ready', 'held', 'running', 'waiting'];

/** Changes every ten seconds. */
const tens = at => at && at.slice(0, 'yyyy-mm-ddThh:mm:s'.length);

/** Counts down from what was true when the story was read. */
function Countdown({ from, since }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  const left = from - (now - since) / 1000;
  return left > 0 ? t('in', { time: span(left) }) : t('now');
}

function Versions({ story, answer }) {
  const rows = [
    [t('version.trigger'), story.trigger?.version],
    [t('version.applied'), story.appliedVersion],
    [t('version.projection'), story.projection?.error ?? story.projection?.version],
    [t('version.source'), answer ? answer.version ?? word('answer', answer.answer) : t('ask.first')],
  ];
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt>
    <dd>${typeof value === 'number' ? number(value) : value ?? '–'}</dd></div>`)}</dl>`;
}

function Answer({ answer }) {
  return html`<section class="answer" aria-live="polite"><h2>${t('answer')}</h2>
    <p><${Badge} kind=${answer.answer === 'found' ? 'good' : 'warn'}>${word('answer', answer.answer)}<//>
      ${answer.version !== undefined && ` ${t('version.n', { n: number(answer.version) })}`}
      <span class="quiet"> ${t('took', { time: span(seconds(answer.took)) })}</span></p>
    ${answer.error && html`<pre>${answer.error}</pre>`}
    ${answer.state ? html`<pre>${answer.state}</pre>` : answer.answer === 'found' && html`<p class="quiet">${t('state.hidden')}</p>`}
  </section>`;
}

function Actions({ listener, id, paused, onAnswer, again }) {
  const [pausing, setPausing] = useState(false);
  const run = async operation => {
    const answer = await perform('consumer', { listener, operation, id });
    if (answer && operation === 'ask') onAnswer(answer);
    again();
  };
  return html`<div class="actions">
    <${Act} kind="primary" onClick=${() => run('retry')}>${t('retry')}<//>
    <${Act} onClick=${() => run('ask')}>${t('ask')}<//>
    <${Act} onClick=${() => run('trigger')}>${t('trigger')}<//>
    ${paused ? html`<${Act} onClick=${() => run('resume')}>${t('resume.id')}<//>`
      : html`<${Act} onClick=${() => setPausing(true)}>${t('pause.id')}<//>`}
    <${Copy} text=${location.href}>${t('copy.link')}<//>
    ${pausing && html`<${PauseDialog} listener=${listener} id=${id} onClose=${() => { setPausing(false); again(); }} />`}
  </div>`;
}

export function Id({ listener, id }) {
  const [answer, setAnswer] = useState(null);
  const newest = useStore(overview);
  const fleet = newest?.parts.consumer?.listeners.find(({ report }) => report.id === listener)?.fleet;
  const [readAt, setReadAt] = useState(Date.now());
  // without open work in this instance the others are asked, which takes up to 5 s
  const [here, setHere] = useState(false);
  const at = live.get() === 'live' ? newest?.at : null;
  const { value: story, error, again } = useRead(options => view('consumer', { listener, view: 'ids', id }, options)
    .then(value => {
      setReadAt(Date.now());
      setHere(OPEN.includes(value.state) && value.instance === fleet?.from.instance);
      return value;
    }), [listener, id, here ? at : tens(at)]);
  const paused = fleet?.pausedIds[id];
  return html`
    <h1><span class="id">${id}</span> ${story && html`<${Badge} kind=${story.failures ? 'warn' : 'plain'}>${word('state', story.state)}<//>`}</h1>
    <${Tabs} listener=${listener} page="id" />
    <${Trouble} error=${error} />
    ${story && html`
      <p class="lead">${story.reason ? t(`because.${story.reason}`) : t(`is.${story.state}`)}
        ${story.nextTryIn && html` <strong>${t('next.try')}: <${Countdown} from=${seconds(story.nextTryIn)} since=${readAt} /></strong>`}
        ${story.runningFor && ` ${t('running.for', { time: span(seconds(story.runningFor)) })}`}
        ${story.suspended && ` ${story.suspended}`}</p>
      <p class="quiet">${t('answered.by')}: ${story.instance}</p>
      ${story.missing && html`<p class="trouble">${story.missing}</p>`}
      ${paused && html`<p class="trouble">${t('paused.by', { by: paused.by, since: time(paused.since) })}
        ${paused.reason && html` <q>${paused.reason}</q>`} ${t('paused.until', { until: time(paused.until) })}</p>`}
      <${Actions} listener=${listener} id=${id} paused=${paused} onAnswer=${setAnswer} again=${again} />
      ${story.lastError && html`<div class="failure"><h2>${t('failing', { n: number(story.failures), time: span(seconds(story.failingFor)) })}</h2>
        <pre>${story.lastError}</pre><${Copy} text=${story.lastError}>${t('copy')}<//></div>`}
      ${answer && html`<${Answer} answer=${answer} />`}
      <h2>${t('versions')}</h2>
      <${Versions} story=${story} answer=${answer} />
      <h2>${t('timeline')}</h2>
      <${Timeline} story=${story} now=${readAt} />`}`;
}
