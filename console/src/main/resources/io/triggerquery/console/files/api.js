// Requests to the console's own API, all relative to the page.
import { store } from './ui.js';
import { t } from './text.js';

export const session = store(null);
/** What happened to the last operation. */
export const notice = store(null);

const FAILED = 0;

/** Returns an address of the API; without the user and the password that the page's own address may have. */
export const api = path => `${location.origin}${location.pathname}api/${path}`;

async function answer(response) {
  let body = null;
  try {
    body = await response.json();
  } catch { /* a page of a proxy or of a login */ }
  if (response.ok && body !== null) return body;
  const { redirected } = response; // to the page of a login
  const error = new Error(redirected ? t('live.refused') : body?.error ?? `${response.status} ${response.statusText}`.trim());
  error.status = redirected ? 401 : response.status;
  throw error;
}

async function request(address, options) {
  let response;
  try {
    response = await fetch(address, { credentials: 'same-origin', redirect: 'follow', ...options });
  } catch (unreachable) {
    unreachable.status = FAILED;
    throw unreachable;
  }
  return answer(response);
}

const query = parameters => new URLSearchParams(
  Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== ''));

export const view = (part, parameters, options) => request(api(`${part}?${query(parameters)}`), options);

export async function openSession() {
  session.set(await request(api('session')));
  return session.get();
}

export const hasPart = name => !!session.get()?.parts.find(part => part.name === name);

/** Returns why the user may not operate a part, or null. */
export const mayNot = part =>
  session.get()?.mayNotOperate ?? session.get()?.parts.find(one => one.name === part)?.readOnlyBecause ?? null;

export async function operate(part, parameters) {
  const { token, csrf } = await openSession(); // the user may have signed in again, in another tab
  const headers = { 'Content-Type': 'application/json', [token.name]: token.value };
  if (csrf) headers[csrf.name] = csrf.value;
  const texts = Object.fromEntries([...query(parameters)]);
  return request(api(part), { method: 'POST', headers, body: JSON.stringify(texts) });
}
