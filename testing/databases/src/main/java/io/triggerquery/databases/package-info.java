/** Database servers for the tests of this build. */
@NullMarked
package io.triggerquery.databases;

import org.jspecify.annotations.NullMarked;
