/** Sends triggers so that none is lost. */
@NullMarked
package io.triggerquery.producer;

import org.jspecify.annotations.NullMarked;
