// What a user has chosen for this browser. Without storage, choices last until the page is left.
import { store } from './ui.js';

function kept(name, initial) {
  let first = initial;
  try {
    first = localStorage.getItem(`triggerquery.${name}`) ?? initial;
  } catch { /* not permitted */ }
  const value = store(first);
  value.follow(next => {
    try {
      localStorage.setItem(`triggerquery.${name}`, next);
    } catch { /* not permitted */ }
  });
  return value;
}

export const theme = kept('theme', 'system');
export const language = kept('language', navigator.language.startsWith('zh') ? 'zh' : 'en');

function show() {
  document.documentElement.dataset.theme = theme.get();
  document.documentElement.lang = language.get() === 'zh' ? 'zh-CN' : 'en';
}
theme.follow(show);
language.follow(show);
show();
