/** Bills payments: a consumer of payment triggers and a producer of billing triggers. */
@NullMarked
package io.triggerquery.demo.billing;

import org.jspecify.annotations.NullMarked;
