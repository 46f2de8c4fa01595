/** The table of the relay service and its meters. */
@NullMarked
package io.triggerquery.relayservice.intake;

import org.jspecify.annotations.NullMarked;
