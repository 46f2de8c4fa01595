/** The table behind the calls, and what is told of it. */
@NullMarked
package io.triggerquery.relayservice.intake;

import org.jspecify.annotations.NullMarked;
