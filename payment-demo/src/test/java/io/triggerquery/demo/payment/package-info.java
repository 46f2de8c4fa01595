/** Tests on a real PostgreSQL; triggers are recorded instead of sent. */
@NullMarked
package io.triggerquery.demo.payment;

import org.jspecify.annotations.NullMarked;
