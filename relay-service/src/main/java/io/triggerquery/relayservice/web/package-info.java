/** The calls of other services, and what is wrong with a bad one. */
@NullMarked
package io.triggerquery.relayservice.web;

import org.jspecify.annotations.NullMarked;
