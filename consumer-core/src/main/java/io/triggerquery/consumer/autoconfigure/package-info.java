/** Auto-configures listeners in a Spring Boot application: properties under {@code triggerquery}, beans, life cycle. */
@NullMarked
package io.triggerquery.consumer.autoconfigure;

import org.jspecify.annotations.NullMarked;
