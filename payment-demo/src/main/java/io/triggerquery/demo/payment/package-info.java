/** Accepts payments, projects their billing, and searches by it. */
@NullMarked
package io.triggerquery.demo.payment;

import org.jspecify.annotations.NullMarked;
