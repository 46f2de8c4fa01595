/** What open consoles show without being reloaded. */
@NullMarked
package io.triggerquery.console.internal.live;

import org.jspecify.annotations.NullMarked;
