/** The HTTP interface for other services. */
@NullMarked
package io.triggerquery.relayservice.web;

import org.jspecify.annotations.NullMarked;
