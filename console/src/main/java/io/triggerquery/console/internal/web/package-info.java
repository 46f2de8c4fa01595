/** The addresses of the console. */
@NullMarked
package io.triggerquery.console.internal.web;

import org.jspecify.annotations.NullMarked;
