/** A database for trying the service without one. */
@NullMarked
package io.triggerquery.relayservice.trial;

import org.jspecify.annotations.NullMarked;
