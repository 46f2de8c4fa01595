// The newest overview, and the samples of this visit for the small charts.
import { store } from './ui.js';
import { api, openSession, view } from './api.js';
import { isRetry, partitionsOf } from './status.js';

const SAMPLES = 90;
const PAUSE = 5000;
const HIDDEN = 10000;
const SILENT = 6000;

/** connecting, live, frozen, lost or refused */
export const state = store('connecting');
export const overview = store(null);
/** Why the stream is refused. */
export const refusal = store(null);

const samples = new Map();
let stream = null;
let again = null;
let silent = null;

/** Returns the last values of something, the oldest first. */
export const history = key => samples.get(key) ?? [];

function sample(key, value) {
  if (typeof value !== 'number') return;
  const values = samples.get(key) ?? [];
  values.push(value);
  if (values.length > SAMPLES) values.shift();
  samples.set(key, values);
}

function remember({ parts }) {
  for (const listener of parts.consumer?.listeners ?? []) {
    const { id } = listener.report;
    let lag = 0;
    for (const partition of partitionsOf(listener)) {
      sample(`${id}/${partition.partition}`, partition.lag);
      if (!isRetry(listener.report, partition.partition)) lag += partition.lag ?? 0;
    }
    sample(id, lag);
  }
  for (const { strategy, pending } of parts.producer?.strategies ?? []) sample(`strategy/${strategy}`, pending);
}

function show(newest) {
  expect();
  remember(newest);
  refusal.set(null);
  state.set('live');
  overview.set(newest);
}

function failed(error) {
  refusal.set(error.message);
  state.set(error.status === 401 || error.status === 403 ? 'refused' : 'lost');
}

function expect() {
  clearTimeout(silent);
  silent = setTimeout(ask, SILENT);
}

/** Asks for an overview, since the stream brings none: a proxy or a filter of the application may keep it back. */
function ask() {
  expect();
  view('overview', {}).then(newest => silent && show(newest), error => silent && failed(error));
}

export function connect() {
  close();
  silent ?? expect();
  if (state.get() === 'frozen') state.set('connecting');
  const opened = new EventSource(api('events'));
  stream = opened;
  opened.onopen = () => openSession().catch(() => {}); // the user, or the rights of the user, may have changed
  opened.addEventListener('overview', event => show(JSON.parse(event.data)));
  opened.addEventListener('failure', event => {
    refusal.set(event.data);
    state.set('lost');
  });
  // each stream ends after a while, so that the rights of the user are checked again
  opened.addEventListener('renew', connect);
  opened.onerror = () => {
    if (stream !== opened) return;
    // the browser tries again by itself, unless the server has refused
    if (opened.readyState !== EventSource.CLOSED) {
      state.set('lost');
    } else {
      again = setTimeout(connect, PAUSE);
      ask();
    }
  };
}

export function freeze() {
  pause();
  state.set('frozen');
}

function close() {
  clearTimeout(again);
  stream?.close();
  stream = null;
}

function pause() {
  close();
  clearTimeout(silent);
  silent = null;
}

// A browser has six connections to a server for all its tabs. A page that is not seen must not keep one: neither in another
// tab, nor in the memory of the back button.
let hiding = null;
const leave = () => {
  pause();
  if (state.get() !== 'frozen') state.set('connecting');
};
const resume = () => {
  clearTimeout(hiding);
  if (state.get() !== 'frozen' && (!stream || stream.readyState === EventSource.CLOSED)) connect();
};
window.addEventListener('pagehide', leave);
window.addEventListener('pageshow', event => event.persisted && resume());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') resume();
  else hiding = setTimeout(leave, HIDDEN);
});
