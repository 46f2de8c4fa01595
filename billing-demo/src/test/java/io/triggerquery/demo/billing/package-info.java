/** Tests on a real PostgreSQL; triggers are recorded instead of sent. */
@NullMarked
package io.triggerquery.demo.billing;

import org.jspecify.annotations.NullMarked;
