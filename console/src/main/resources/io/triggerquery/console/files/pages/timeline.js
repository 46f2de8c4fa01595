// The way of an id from the change to the commit, as far as this instance knows it.
import { html } from '../ui.js';
import { Badge, Empty } from '../parts.js';
import { number, seconds, span, t, time, word } from '../text.js';

const GOOD = ['applied', 'unconfirmed'];

function position({ topic, partition, offset }) {
  return topic === undefined ? t('delivery.by.hand') : `${topic}-${partition}@${offset}`;
}

/** Returns what happened, the earliest first. Times of this instance are counted back from when the story was read. */
function events(story, now) {
  const happened = [];
  if (story.trigger) {
    happened.push({ at: Date.parse(story.trigger.sentAt), what: t('event.sent'), version: story.trigger.version });
  }
  for (const delivery of story.deliveries) {
    happened.push({ at: now - seconds(delivery.age) * 1000, what: t('event.received'), detail: position(delivery) });
  }
  for (const round of story.rounds) {
    const end = Date.parse(round.at);
    const details = [
      round.ids > 1 && t('event.together', { n: number(round.ids) }),
      round.failedStep && t('event.failed.step', { step: word('reason', round.failedStep) }),
      round.traceId && t('event.trace', { id: round.traceId }),
    ].filter(Boolean).join(' · ');
    happened.push({ at: end - seconds(round.lasted) * 1000, what: t('event.queried'), version: round.triggerVersion, detail: '' });
    happened.push({
      at: end, what: word('outcome', round.outcome), took: seconds(round.lasted), version: round.answeredVersion,
      detail: details, error: round.error, kind: GOOD.includes(round.outcome) ? 'good' : 'warn',
    });
  }
  happened.sort((a, b) => a.at - b.at);
  return happened;
}

const isDone = story => story.deliveries.length === 0 && ['applied', 'deferred', 'dead-lettered'].includes(story.state);

export function Timeline({ story, now }) {
  const happened = events(story, now);
  if (happened.length === 0) return html`<${Empty}>${t('timeline.none')}<//>`;
  return html`<ol class="timeline">
    ${happened.map((event, i) => html`<li class=${event.kind ?? ''}>
      <time datetime=${new Date(event.at).toISOString()}>${time(event.at)}</time>
      <span class="since">${i > 0 ? `+${span((event.at - happened[i - 1].at) / 1000)}` : ''}</span>
      <div><strong>${event.what}</strong>
        ${event.version !== undefined && html` <${Badge} kind="plain">${t('version.n', { n: number(event.version) })}<//>`}
        ${event.took !== undefined && html` <span class="quiet">${t('took', { time: span(event.took) })}</span>`}
        ${event.detail && html` <span class="quiet">${event.detail}</span>`}
        ${event.error && html`<pre>${event.error}</pre>`}</div>
    </li>`)}
    <li class=${isDone(story) ? 'good' : 'open'}><time>${isDone(story) ? '' : t('now')}</time><span class="since"></span>
      <div><strong>${t(isDone(story) ? 'event.settled' : 'event.open')}</strong></div></li>
  </ol>`;
}
