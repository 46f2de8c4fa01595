/** Takes payments, projects whether they are billed, and searches by it. */
@NullMarked
package io.triggerquery.demo.payment;

import org.jspecify.annotations.NullMarked;
