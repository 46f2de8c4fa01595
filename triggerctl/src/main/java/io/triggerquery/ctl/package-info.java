/** The command {@code triggerctl} for operators. */
@NullMarked
package io.triggerquery.ctl;

import org.jspecify.annotations.NullMarked;
