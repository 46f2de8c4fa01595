/** Where triggers wait: a disk queue's file, an outbox, a log. */
@NullMarked
package io.triggerquery.ctl.source;

import org.jspecify.annotations.NullMarked;
