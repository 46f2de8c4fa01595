// Words and numbers in the language of the user.
import en from './texts/en.js';
import enOfConsistency from './texts/en-consistency.js';
import zh from './texts/zh.js';
import zhOfConsistency from './texts/zh-consistency.js';
import { language } from './preferences.js';

const dictionaries = { en: { ...en, ...enOfConsistency }, zh: { ...zh, ...zhOfConsistency } };

/** Returns a text with its parameters filled in. A text that is missing shows as its key. */
export function t(key, parameters = {}) {
  const text = dictionaries[language.get()][key] ?? dictionaries.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => parameters[name] ?? whole);
}

/** Returns the word for a value of the endpoint, or the value if there is none. */
export const word = (group, value) => dictionaries.en[`${group}.${value}`] ? t(`${group}.${value}`) : value;

const locale = () => language.get() === 'zh' ? 'zh-CN' : 'en-GB';

export const number = value => value === null || value === undefined ? '–' : value.toLocaleString(locale());

/** Returns a share in percent, rounded down: one that is not whole never looks so. */
export const percent = share => share === null || share === undefined ? '–'
  : `${(Math.floor(share * 1e5 + 1e-6) / 1e3).toLocaleString(locale(), { maximumFractionDigits: 3 })} %`;

/** Returns the seconds of a duration such as PT44M47.808S, or null. */
export function seconds(duration) {
  const parts = /^(-)?PT(?:(\d+)H)?(?:(-?\d+)M)?(?:(-?[\d.]+)S)?$/.exec(duration ?? '');
  if (!parts) return null;
  const value = (+parts[2] || 0) * 3600 + (+parts[3] || 0) * 60 + (+parts[4] || 0);
  return parts[1] ? -value : value;
}

/** Returns seconds as people write them: the two largest units. */
export function span(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (value === 0) return t('unit.s', { n: 0 });
  if (value < 1) return t('unit.ms', { n: Math.round(value * 1000) });
  if (value < 10) return t('unit.s', { n: Math.round(value * 10) / 10 });
  const whole = Math.round(value);
  const units = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];
  const first = units.findIndex(([, size]) => whole >= size);
  const [name, size] = units[first];
  const next = units[first + 1];
  const rest = next ? Math.floor(whole % size / next[1]) : 0;
  const text = t(`unit.${name}`, { n: Math.floor(whole / size) });
  return rest ? `${text} ${t(`unit.${next[0]}`, { n: rest })}` : text;
}

export function time(instant) {
  if (!instant) return '–';
  const at = new Date(instant);
  const today = at.toDateString() === new Date().toDateString();
  return today ? at.toLocaleTimeString(locale()) : at.toLocaleString(locale());
}
