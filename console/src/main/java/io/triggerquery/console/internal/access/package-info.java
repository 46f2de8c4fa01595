/** Who may read and who may operate. */
@NullMarked
package io.triggerquery.console.internal.access;

import org.jspecify.annotations.NullMarked;
