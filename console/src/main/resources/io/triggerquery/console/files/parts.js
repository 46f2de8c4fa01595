// The pieces of which the pages are made.
import { html, useEffect, useRef, useState } from './ui.js';
import { mayNot, notice, operate } from './api.js';
import { to } from './address.js';
import { sum, violationsOf, worstMeasure } from './status.js';
import { number, percent, t } from './text.js';

/** A monitor knows no more violations than this. */
const MOST_KNOWN = 100;

export const Badge = ({ kind, children, title }) => html`<span class="badge ${kind}" title=${title}>${children}</span>`;

export const Empty = ({ children }) => html`<p class="empty">${children}</p>`;

export const Trouble = ({ error }) => error && html`<p class="trouble" role="alert">${error.message ?? error}</p>`;

/** A table that scrolls inside the page when it is wider. */
export const Table = ({ label, head, children }) => html`
  <div class="scroll" role="region" aria-label=${label} tabindex="0">
    <table aria-label=${label}>
      <thead><tr>${head.map(one => html`<th scope="col" class=${one.end ? 'end' : ''}>${one.text ?? one}</th>`)}</tr></thead>
      <tbody>${children}</tbody>
    </table>
  </div>`;

/** A small chart of the last values. */
export function Sparkline({ values, label }) {
  if (values.length < 2) return html`<span class="quiet">–</span>`;
  const most = Math.max(...values, 1);
  const points = values
    .map((value, i) => `${(i / (values.length - 1) * 78 + 1).toFixed(1)},${(19 - value / most * 17).toFixed(1)}`)
    .join(' ');
  return html`<svg class="spark" viewBox="0 0 80 20" role="img" aria-label=${label}><polyline points=${points} /></svg>`;
}

/** Says whether values rise or fall, beyond a tenth. */
export function trend(values) {
  if (values.length < 5) return 'steady';
  const third = Math.ceil(values.length / 3);
  const mean = some => some.reduce((sum, value) => sum + value, 0) / some.length;
  const [before, now] = [mean(values.slice(0, third)), mean(values.slice(-third))];
  return now > before * 1.1 + 0.5 ? 'rising' : now < before * 0.9 - 0.5 ? 'falling' : 'steady';
}

/** Returns the sum of the numbers of violations that monitors know, without those that are listed. */
export const known = (counts, listed = 0) => (counts.some(one => one >= MOST_KNOWN) ? '≥ ' : '') + number(sum(counts, one => one) - listed);

/** Says in a few words how consistent a listener is, with a link to its page. */
export function ShareInShort({ listener }) {
  const { report: { id }, consistency } = listener;
  const violations = violationsOf(listener);
  if (!consistency) return html`<span class="quiet" title=${t('consistency.off')}>–</span>`;
  const worst = worstMeasure(consistency);
  const href = to('consistency', { listener: id });
  return html`<span title=${worst ? t(`measure.${worst.measure}`) : undefined}>
    ${worst ? html`<a href=${href}>${percent(worst.right)}</a>${worst.wrong > 0 && html` <span class="quiet">${t('consistency.wrong', { n: number(worst.wrong) })}</span>`}`
      : html`<a class="quiet" href=${href}>${t('consistency.few', { n: number(sum(consistency.measures, one => one.checked)) })}</a>`}
    ${sum(violations, one => one) > 0 && html` <${Badge} kind="warn">${t('consistency.persist', { n: known(violations) })}<//>`}</span>`;
}

/** A button that is disabled with a reason when the user may not use it. */
export function Act({ part = 'consumer', onClick, kind = '', disabled = null, children }) {
  const why = mayNot(part) ?? disabled;
  return html`<button type="button" class=${kind} aria-disabled=${why ? 'true' : undefined} title=${why ?? undefined}
    onClick=${() => why ? notice.set({ text: why, failed: true }) : onClick()}>${children}</button>`;
}

/** Executes an operation and shows its outcome. Returns the answer, or null if it failed. */
export async function perform(part, parameters) {
  try {
    const answer = await operate(part, parameters);
    notice.set({ text: answer.outcome ?? t('producer.done', { n: answer.triggers ?? 0 }) });
    return answer;
  } catch (error) {
    notice.set({ text: error.message, failed: true });
    return null;
  }
}

/** Asks before something happens. The title names what, and the button too. */
export function Confirm({ title, action, danger, children, onDone, onCancel }) {
  const dialog = useRef(null);
  useEffect(() => dialog.current.showModal(), []);
  const submit = event => {
    event.preventDefault();
    onDone(Object.fromEntries(new FormData(event.target)));
  };
  return html`<dialog ref=${dialog} aria-labelledby="dialog-title" onCancel=${onCancel} onClose=${onCancel}>
    <form onSubmit=${submit}>
      <h2 id="dialog-title">${title}</h2>
      ${children}
      <div class="actions">
        <button type="button" onClick=${onCancel}>${t('cancel')}</button>
        <button type="submit" class=${danger ? 'danger' : 'primary'}>${action}</button>
      </div>
    </form>
  </dialog>`;
}

export function Copy({ text, children }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      notice.set({ text, failed: false }); // only pages of a secure origin may write to the clipboard
    }
  };
  return html`<button type="button" class="small" onClick=${copy}>${copied ? t('copied') : children}</button>`;
}

export const Field = ({ label, ...input }) => html`<label class="field"><span>${label}</span><input ...${input} /></label>`;

/** Reads something when its parameters change; returns what was read, why not, and a way to read again. */
export function useRead(read, parameters) {
  const [result, setResult] = useState({ value: null, error: null, busy: true });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    setResult(before => ({ ...before, busy: true }));
    read({ signal: stop.signal }).then(
      value => setResult({ value, error: null, busy: false }),
      error => error.name === 'AbortError' || setResult({ value: null, error, busy: false }));
    return () => stop.abort();
  }, [...parameters, round]);
  return { ...result, again: () => setRound(round + 1) };
}
