// The dead letters of a listener: by reason, one by one, selected, replayed and discarded.
import { html, useEffect, useState } from '../ui.js';
import { filter, to } from '../address.js';
import { notice, operate, view } from '../api.js';
import { Act, Badge, Confirm, Empty, Field, Table, Trouble, useRead } from '../parts.js';
import { number, t, time, word } from '../text.js';
import { Tabs } from './listener.js';

const ROWS = 50;

/** Counts all open letters by their reason, however many answers that takes. */
function useReasons(listener, round) {
  const [counted, setCounted] = useState({ reasons: null, left: 0, error: null });
  useEffect(() => {
    const stop = new AbortController();
    (async () => {
      const merged = new Map();
      let cursor;
      do {
        const answer = await view('consumer', { listener, view: 'dead-letters', entry: 'reasons', cursor }, { signal: stop.signal });
        for (const one of answer.reasons) {
          const before = merged.get(one.reason);
          merged.set(one.reason, before ? { ...one, count: before.count + one.count, first: before.first } : one);
        }
        cursor = answer.scanned.cursor;
        setCounted({ reasons: [...merged.values()].sort((a, b) => b.count - a.count), left: answer.scanned.left, error: null });
      } while (cursor);
    })().catch(error => error.name === 'AbortError' || setCounted({ reasons: null, left: 0, error }));
    return () => stop.abort();
  }, [listener, round]);
  return counted;
}

/** Repeats an operation until it has come to the end, and tells how far it is. */
async function runToEnd(listener, operation, selection, onProgress) {
  const done = { letters: 0, notReplayed: 0 };
  let cursor;
  do {
    const { run } = await operate('consumer', { ...selection, listener, operation, cursor });
    done.letters += run.letters;
    const not = run.notReplayed;
    done.notReplayed += not ? not.withoutId + not.undecodable + not.truncated : 0;
    cursor = run.scanned.cursor;
    onProgress({ ...done, left: cursor ? run.scanned.left : 0 });
  } while (cursor);
  return done;
}

function Reasons({ listener, counted, chosen, onRun }) {
  if (counted.error) return html`<${Trouble} error=${counted.error} />`;
  if (!counted.reasons) return html`<${Empty}>${t('counting')}<//>`;
  if (counted.reasons.length === 0) return html`<${Empty}>${t(counted.left ? 'counting' : 'letters.none')}<//>`;
  return html`<${Table} label=${t('reasons')} head=${[t('reason'), { text: t('count'), end: true }, t('newest'), t('last.error'), t('operations')]}>
    ${counted.reasons.map(one => html`<tr key=${one.reason} class=${one.reason === chosen ? 'chosen' : ''}>
      <th scope="row" class="error"><a href=${to('letters', { listener, reason: one.reason })}>${one.reason}</a></th>
      <td class="end">${counted.left ? '≥ ' : ''}${number(one.count)}</td>
      <td>${time(one.last)}</td>
      <td class="error">${one.cause ?? '–'}</td>
      <td class="nowrap">
        <${Act} kind="small" onClick=${() => onRun('replay', { reason: one.reason }, one.count)}>${t('replay.all')}<//>
        ${' '}<${Act} kind="small" onClick=${() => onRun('discard', { reason: one.reason }, one.count)}>${t('discard.all')}<//></td>
    </tr>`)}
  <//>`;
}

const local = instant => instant ? new Date(Date.parse(instant) - new Date(instant).getTimezoneOffset() * 60000).toISOString().slice(0, 16) : '';

function Filters({ reason, id, since, until, handled }) {
  const apply = event => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.target));
    const instant = text => text ? new Date(text).toISOString() : null;
    filter({ reason: given.reason, id: given.id.trim(), since: instant(given.since), until: instant(given.until),
      handled: given.handled ? 'true' : null, cursor: null, letter: null });
  };
  return html`<form class="filters" onSubmit=${apply} aria-label=${t('filters')}>
    <${Field} label=${t('reason')} name="reason" value=${reason ?? ''} />
    <${Field} label=${t('id')} name="id" value=${id ?? ''} />
    <${Field} label=${t('since')} name="since" type="datetime-local" value=${local(since)} />
    <${Field} label=${t('before.time')} name="until" type="datetime-local" value=${local(until)} />
    <label class="tick"><input type="checkbox" name="handled" checked=${handled === 'true'} /> ${t('handled.too')}</label>
    <button type="submit">${t('apply')}</button>
    <a href="?page=letters" onClick=${event => {
      event.preventDefault();
      event.stopPropagation();
      filter({ reason: null, id: null, since: null, until: null, handled: null, cursor: null, letter: null });
    }}>${t('clear')}</a>
  </form>`;
}

const KINDS = { open: 'warn', replayed: 'good', discarded: 'plain', passed: 'plain' };

function Rows({ listener, letters, chosen, setChosen, letter }) {
  const toggle = position => {
    const next = new Set(chosen);
    if (!next.delete(position)) next.add(position);
    setChosen(next);
  };
  const all = letters.length > 0 && letters.every(one => chosen.has(one.position));
  const toggleAll = () => setChosen(all ? new Set() : new Set(letters.map(one => one.position)));
  const everyRow = html`<input type="checkbox" aria-label=${t('select.page')} checked=${all} onChange=${toggleAll} />`;
  return html`<${Table} label=${t('page.letters')} head=${[everyRow, t('position'), t('ids'), t('state'), t('time'), t('reason'), t('last.error')]}>
    ${letters.map(one => html`<tr key=${one.position} class=${one.position === letter ? 'chosen' : ''}>
      <td><input type="checkbox" aria-label=${t('select', { what: one.position })} checked=${chosen.has(one.position)}
        onChange=${() => toggle(one.position)} /></td>
      <th scope="row"><button type="button" class="link" aria-expanded=${one.position === letter ? 'true' : 'false'}
        onClick=${() => filter({ letter: one.position === letter ? null : one.position }, { replace: true })}>${one.position}</button></th>
      <td>${one.ids.map((id, i) => html`${i > 0 && ', '}<a href=${to('id', { listener, id })}>${id}</a>`)}
        ${one.ids.length === 0 && '–'}${one.truncated && html` <${Badge} kind="bad">${t('truncated')}<//>`}</td>
      <td><${Badge} kind=${KINDS[one.state] ?? 'plain'}>${word('letter', one.state)}<//></td>
      <td class="nowrap">${time(one.at)}</td>
      <td class="error">${one.reason}</td>
      <td class="error">${one.cause ?? '–'}</td>
    </tr>`)}
  <//>`;
}

function Content({ listener, letter }) {
  const { value, error } = useRead(options => view('consumer', { listener, view: 'dead-letters', entry: letter }, options), [listener, letter]);
  if (error) return html`<${Trouble} error=${error} />`;
  if (!value) return html`<${Empty}>${t('loading')}<//>`;
  return html`<section class="answer"><h3>${letter}</h3>
    ${value.cause && html`<pre>${value.cause}</pre>`}
    <dl class="facts">${Object.entries(value.content?.headers ?? {}).map(([name, text]) => html`<div><dt>${name}</dt><dd>${text ?? t('hidden')}</dd></div>`)}</dl>
    ${value.content?.value ? html`<pre>${value.content.value}</pre>`
      : html`<p class="quiet">${t('value.hidden', { n: number(value.content?.valueBytes ?? 0) })}</p>`}
  </section>`;
}

export function Letters({ listener, reason, id, since, until, handled, cursor, letter }) {
  const [chosen, setChosen] = useState(new Set());
  const [asked, setAsked] = useState(null);
  const [progress, setProgress] = useState(null);
  const [round, setRound] = useState(0);
  const counted = useReasons(listener, round);
  const { value, error, again } = useRead(options => view('consumer',
    { listener, view: 'dead-letters', reason, id, since, until, handled, cursor, limit: ROWS }, options),
  [listener, reason, id, since, until, handled, cursor]);
  useEffect(() => setChosen(new Set()), [reason, id, since, until, handled, cursor]);

  const run = async () => {
    const { operation, selection } = asked;
    setAsked(null);
    try {
      const done = await runToEnd(listener, operation, selection, now => setProgress({ operation, ...now }));
      notice.set({ text: t(`${operation}.done`, { n: number(done.letters) })
        + (done.notReplayed ? ` ${t('not.replayed', { n: number(done.notReplayed) })}` : '') });
    } catch (failure) {
      notice.set({ text: failure.message, failed: true });
    }
    setProgress(null);
    setChosen(new Set());
    setRound(round + 1);
    again();
  };
  const ask = (operation, selection, count) => setAsked({ operation, selection, count });
  const nothing = chosen.size === 0 ? t('select.first') : null;
  const letters = value?.letters ?? [];
  const selected = operation => ask(operation, { letters: [...chosen].join(','), handled: handled ?? null }, chosen.size);
  return html`
    <h1>${t('page.letters')} <span class="quiet">${listener}</span></h1>
    <${Tabs} listener=${listener} page="letters" />
    <h2>${t('reasons')}</h2>
    <${Reasons} listener=${listener} counted=${counted} chosen=${reason} onRun=${ask} />
    <h2>${t('letters.each')}</h2>
    <${Filters} reason=${reason} id=${id} since=${since} until=${until} handled=${handled} />
    <${Trouble} error=${error} />
    ${progress && html`<p role="status" class="progress">${t('progress', { n: number(progress.letters), left: number(progress.left) })}</p>`}
    <div class="actions">
      <${Act} kind="primary" disabled=${nothing} onClick=${() => selected('replay')}>${t('replay.n', { n: number(chosen.size) })}<//>
      <${Act} disabled=${nothing} onClick=${() => selected('discard')}>${t('discard.n', { n: number(chosen.size) })}<//>
    </div>
    ${value && letters.length === 0 ? html`<${Empty}>${t(value.scanned.cursor ? 'letters.none.yet' : 'letters.none.match')}<//>`
      : html`<${Rows} listener=${listener} letters=${letters} chosen=${chosen} setChosen=${setChosen} letter=${letter} />`}
    <div class="pager">
      ${cursor && html`<button type="button" onClick=${() => filter({ cursor: null, letter: null })}>${t('first')}</button>`}
      ${value?.scanned.cursor && html`<button type="button" onClick=${() => filter({ cursor: value.scanned.cursor, letter: null })}>${t('next')}</button>`}
    </div>
    ${letter && html`<${Content} listener=${listener} letter=${letter} />`}
    ${asked && html`<${Confirm} title=${t(`${asked.operation}.title`, { n: number(asked.count) })} danger=${asked.operation === 'discard'}
      action=${t(`${asked.operation}.n`, { n: number(asked.count) })} onDone=${run} onCancel=${() => setAsked(null)}>
      <p>${t(`${asked.operation}.effect`)}</p>${asked.selection.reason && html`<p class="error">${asked.selection.reason}</p>`}<//>`}`;
}
