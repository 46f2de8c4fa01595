/** Auto-configures the kit in tests with a Spring application context. */
@NullMarked
package io.triggerquery.consumer.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
