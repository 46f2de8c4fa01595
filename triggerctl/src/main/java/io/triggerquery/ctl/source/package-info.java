/** The places where triggers wait: the file of a disk queue, an outbox, a log. */
@NullMarked
package io.triggerquery.ctl.source;

import org.jspecify.annotations.NullMarked;
