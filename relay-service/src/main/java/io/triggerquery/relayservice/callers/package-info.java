/** Who may call, and which destinations each of them may send to. */
@NullMarked
package io.triggerquery.relayservice.callers;

import org.jspecify.annotations.NullMarked;
