/** The operator's command. */
@NullMarked
package io.triggerquery.ctl;

import org.jspecify.annotations.NullMarked;
