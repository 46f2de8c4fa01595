/** Spring Boot's configuration of the console. */
@NullMarked
package io.triggerquery.console.autoconfigure;

import org.jspecify.annotations.NullMarked;
