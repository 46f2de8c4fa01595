/** The sides of the mechanism that the console shows: listeners and publishers. */
@NullMarked
package io.triggerquery.console.internal.part;

import org.jspecify.annotations.NullMarked;
