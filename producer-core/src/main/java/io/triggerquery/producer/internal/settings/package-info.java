/** The check for settings that nothing reads. */
@NullMarked
package io.triggerquery.producer.internal.settings;

import org.jspecify.annotations.NullMarked;
