/** The callers of the relay service and the destinations that they may send to. */
@NullMarked
package io.triggerquery.relayservice.callers;

import org.jspecify.annotations.NullMarked;
