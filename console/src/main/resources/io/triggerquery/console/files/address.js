// The address of the page says what it shows, filters included, so that it can be sent to a colleague.
import { store } from './ui.js';

const read = () => Object.fromEntries(new URLSearchParams(location.search));

export const address = store(read());
window.addEventListener('popstate', () => address.set(read()));

/** Returns the relative address of a page; parameters without a value are left out. */
export function to(page, parameters = {}) {
  const query = new URLSearchParams({ page });
  Object.entries(parameters).forEach(([name, value]) => {
    if (value !== undefined && value !== null && value !== '') query.set(name, value);
  });
  return `?${query}`;
}

export function go(target, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', target);
  address.set(read());
}

/** Changes some parameters of the present page. */
export function filter(parameters, options) {
  const { page = 'overview', ...others } = address.get();
  go(to(page, { ...others, ...parameters }), options);
}

/** Follows links within the page without loading it again. */
document.addEventListener('click', event => {
  const link = event.target.closest?.('a[href^="?"]');
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (link && plain) {
    event.preventDefault();
    go(link.getAttribute('href'));
    window.scrollTo(0, 0);
  }
});
