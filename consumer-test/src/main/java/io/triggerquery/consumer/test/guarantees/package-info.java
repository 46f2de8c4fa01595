/** Tests the guarantees that a listener can break, for any listener. */
@NullMarked
package io.triggerquery.consumer.test.guarantees;

import org.jspecify.annotations.NullMarked;
