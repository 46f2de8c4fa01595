/** The guarantees that a listener can break, as tests of any listener. */
@NullMarked
package io.triggerquery.consumer.test.guarantees;

import org.jspecify.annotations.NullMarked;
