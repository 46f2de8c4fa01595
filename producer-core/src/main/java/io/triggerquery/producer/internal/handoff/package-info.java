/** Passes published triggers to the strategy of their destination, before or after the commit of their transaction. */
@NullMarked
package io.triggerquery.producer.internal.handoff;

import org.jspecify.annotations.NullMarked;
